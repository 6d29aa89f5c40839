"""`make run` as a person starts it, on a data folder and a port of the test's own."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, until, with_curriculum

# Without the demo school, which takes time; the test of it starts the site with one.
SUPERVISOR = [sys.executable, "-m", "config.supervisor", "--empty"]
# Guards against a test that hangs; no promise is measured by it.
HANG_SECONDS = 90


def processes() -> dict[int, tuple[int, str]]:
    """All processes: id → (parent's id, command line). A zombie is none."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, parent, *_ = (folder / "stat").read_text().rpartition(")")[2].split()
            if state != "Z":
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                found[int(folder.name)] = (int(parent), command)
    return found


def family(ancestor: int) -> dict[int, str]:
    """A process and all that descends from it, with their command lines."""
    everyone = processes()
    members = [ancestor]
    for member in members:
        members += [pid for pid, (parent, _) in everyone.items() if parent == member]
    return {pid: everyone[pid][1] for pid in members if pid in everyone}


class Site:
    """A supervisor that runs."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.port = int(environment["PORT"])
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        self.members: dict[int, str] = {}
        self.ready = 0

    def lines(self) -> Iterator[str]:
        """What it says from now on; workers that are ready are counted, whatever else is waited for."""
        for line in self.process.stdout:
            self.ready += " ready." in line
            yield line

    def await_line(self, text: str) -> str:
        """The next line that holds `text`."""
        timer = threading.Timer(HANG_SECONDS, self.process.kill)
        timer.start()
        try:
            return until(self.lines(), text)
        finally:
            timer.cancel()

    def await_workers(self) -> None:
        """Everything runs: the address was printed, all three workers take bells."""
        while self.ready < 3:
            self.await_line(" ready.")

    def remember_members(self) -> dict[int, str]:
        """Take down who runs now, so that one can ask later whether they all ended."""
        self.members = family(self.process.pid)
        return self.members

    def end(self) -> str:
        """Wait until the supervisor has ended and all that it started has let go of its output; the last lines."""
        return self.process.communicate(timeout=HANG_SECONDS)[0]

    def left(self) -> dict[int, str]:
        """Those of the members that run still, by process id and command."""
        now = processes()
        return {pid: command for pid, command in self.members.items() if pid in now and now[pid][1] == command}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A data folder that keeps between the starts of one module's tests."""
    path = Path(tempfile.mkdtemp(prefix="gradus-run-"))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def prepared(folder: Path) -> None:
    """The data folder holds the tables and the curriculum already, which a site's first start takes long to make."""
    database = folder / "data" / "gradus.sqlite3"
    if not database.exists():
        database.parent.mkdir(mode=0o700, exist_ok=True)
        shutil.copy(with_curriculum(), database)


@pytest.fixture
def environment(folder: Path) -> dict[str, str]:
    """The environment of a person who never ran the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GRADUS_", "DJANGO_", "REDIS_"))}
    kept.pop("DATABASE_URL", None)
    # Zygotes are shared by all who grade on this machine; this site has its own, which must end with it.
    sockets = folder / "sockets"
    sockets.mkdir(exist_ok=True)
    return {**kept, "GRADUS_ENV": "development", "GRADUS_DATA": str(folder / "data"),
            "GRADUS_RUNTIME": str(folder / "run"), "XDG_RUNTIME_DIR": str(sockets),
            "PORT": str(free_port())}  # fmt: skip


@pytest.fixture
def start_site(environment: dict[str, str]) -> Iterator[Callable[..., Site]]:
    sites = []

    def start(*arguments: str, command: list[str] = SUPERVISOR, **changes: str) -> Site:
        site = Site([*command, *arguments], {**environment, **changes})
        sites.append(site)
        return site

    yield start
    for site in sites:
        for pid in [*site.left(), *family(site.process.pid)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        site.process.wait()
        site.process.stdout.close()
