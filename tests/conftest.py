"""Real parts for all tests: a broker, Celery workers, Chromium, started here from installed programs."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import psycopg
import pytest
import redis
from django.conf import settings
from django.db import connection

from config.broker import broker_command

ROOT = Path(__file__).resolve().parent.parent
RUN = Path(os.environ["GRADUS_TEST_DATA"])
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
# Debian has it where only root's PATH looks.
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
BROWSER_FIXTURES = {"page", "context", "browser", "new_context"}
DATABASE_FIXTURES = {"db", "transactional_db"}


# --- what is run, and what is left out ---------------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    if CHROMIUM is None and os.environ.get("CI"):
        raise pytest.UsageError("Chromium is missing. CI tests the pages in it: install the package chromium.")
    if NGINX is None and os.environ.get("CI"):
        raise pytest.UsageError("nginx is missing. CI tests recordings behind it: install the package nginx-light.")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by what a test uses, so that nobody forgets to."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & BROWSER_FIXTURES:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Chromium is missing"))
        elif "nginx" in fixtures:
            if NGINX is None:
                item.add_marker(pytest.mark.skip(reason="nginx is missing"))
        elif item.get_closest_marker("slow"):
            continue
        elif fixtures & DATABASE_FIXTURES or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    left_out = sum("browser" in report.keywords for report in skipped)
    behind_nginx = sum("nginx is missing" in str(report.longrepr) for report in skipped)
    if behind_nginx:
        terminalreporter.write_line(f"Missing: nginx. Left out: {behind_nginx} tests of recordings behind it.")
    if CHROMIUM is None and left_out:
        terminalreporter.write_line(
            f"Missing: Chromium (the program chromium or google-chrome on PATH). Left out: {left_out} tests of pages."
        )


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(RUN, ignore_errors=True)


# --- the database ------------------------------------------------------------------------------------


def migrated() -> Path:
    """A file of SQLite with all tables and nothing in them, to be copied: made once a run, for migrating takes long."""
    path = RUN / "migrated.sqlite3"
    with once(path.name) as first:
        if first:
            manage("migrate", "--verbosity", "0", database=f"sqlite:///{path}")
    return path


def with_curriculum() -> Path:
    """The same with the curriculum that ships, and its exercises."""
    path = RUN / "curriculum.sqlite3"
    with once(path.name) as first:
        if first:
            shutil.copy(migrated(), path)
            manage("load_curriculum", database=f"sqlite:///{path}")
            manage("load_exercises", database=f"sqlite:///{path}")
    return path


def migrated_on_postgresql() -> str:
    """The name of a database of the server that DATABASE_URL names, made alike."""
    name, url = "gradus_migrated", urlsplit(os.environ["DATABASE_URL"])
    with once(name) as first:
        if first:
            with psycopg.connect(**connection.get_connection_params(), autocommit=True) as server:
                server.execute(f"DROP DATABASE IF EXISTS {name}")
                server.execute(f"CREATE DATABASE {name}")
            manage("migrate", "--verbosity", "0", database=url._replace(path=f"/{name}").geturl())
    return name


@contextlib.contextmanager
def once(name: str) -> Iterator[bool]:
    """Whether nobody did it yet in this run of the tests; the run's other processes wait until the block is done."""
    mark = RUN / f"{name}.done"
    with (RUN / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not mark.exists()
        mark.touch()


def manage(*arguments: str, database: str) -> None:
    """Run a command of manage.py on a database."""
    environment = {**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "config.settings"}
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True
    )


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Each process's database begins as a copy of a migrated one; on SQLite it is there before the tests look for it."""
    test = connection.settings_dict["TEST"]
    if connection.vendor == "postgresql":
        test["TEMPLATE"] = migrated_on_postgresql()
        return False
    shutil.copy(migrated(), test["NAME"])
    return True


# --- the broker --------------------------------------------------------------------------------------


class Broker:
    """The run's own broker; a test may kill it, and start it again."""

    def __init__(self, socket: Path) -> None:
        self.socket = socket
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Have it run, if it does not, with nothing in it."""
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(
                broker_command(self.socket), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
            with redis.Redis(unix_socket_path=str(self.socket)) as client:
                until_answer(client.ping, self.process)
        with redis.Redis(unix_socket_path=str(self.socket)) as client:
            client.flushall()

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
            self.process = None


@pytest.fixture(scope="session")
def broker_of_run() -> Iterator[Broker]:
    broker = Broker(settings.RUNTIME_DIR / "broker.sock")
    yield broker
    broker.kill()


@pytest.fixture(autouse=True)
def broker(broker_of_run: Broker) -> Broker:
    """The broker and cache, running and empty."""
    broker_of_run.start()
    return broker_of_run


# --- workers -----------------------------------------------------------------------------------------


@pytest.fixture
def start_worker(transactional_db: None) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Start Celery workers on the test's database, each in a process group of its own; with `beat`, sweeping each second."""
    started = []

    def start(flavor: str = "numpy", *, beat: bool = False) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-c", "1", "-l", "info"]
        worker = subprocess.Popen(
            [*command, "-Q", flavor, *(["--beat"] if beat else [])],
            env={**environment_of_processes(), "GRADUS_SWEEP_SECONDS": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
            process_group=0,
        )
        started.append(worker)
        until(worker.stdout, "ready.")
        return worker

    yield start
    for worker in started:
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        worker.stdout.close()


def environment_of_processes() -> dict[str, str]:
    """The environment in which a process of ours works on the test's database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        url = f"sqlite:///{name}"
    else:
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}


def until(lines: Iterable[str] | IO[str], text: str) -> str:
    """Read a process's lines until one holds `text`; the process must not end before."""
    said = []
    for line in lines:
        said.append(line)
        if text in line:
            return line
    raise AssertionError(f"the process ended before it said {text!r}. It said:\n{''.join(said)}")


def until_answer(ask: Callable[[], object], process: "subprocess.Popen[str]") -> None:
    """Ask a server until it answers; it must not end before."""
    while process.poll() is None:
        with contextlib.suppress(redis.ConnectionError, OSError):
            ask()
            return
        # A pause between questions, not a wait for the answer.
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.01)
    raise AssertionError(f"the server ended: {process.stdout.read() if process.stdout else ''}")


# --- pages in a browser ------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium, quiet on the network; root has no sandbox to give it."""
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync"]
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": [*quiet, *(["--no-sandbox"] if os.geteuid() == 0 else [])],
    }
