"""Starts everything with one command and leaves nothing running: `python -m config.supervisor`.

Broker, web, a worker for the school and one for each flavor, and beat run side by side, each line that they print
under their name.
A service that ends is started again; one that cannot even start ends the whole, with its last words on the screen.
"""

import argparse
import contextlib
import errno
import fcntl
import io
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from config.processes import (
    Stop,
    adopt_orphans,
    begin_service,
    end_with_parent,
    ignore_signals,
    kill_descendants,
    kill_group,
    reap,
    run_guarded,
    stop_on_signals,
)

PROJECT = Path(__file__).resolve().parent.parent
# A service that ends sooner than this has not started at all.
START_SECONDS = 10.0
STOP_SECONDS = 3.0
BROKER_SECONDS = 10.0
# Celery warns root for the sake of pickled messages, which we have none of.
ROOT_WARNING = "ignore:You're running the worker with superuser privileges"


class Refusal(Exception):
    """What stands in the way of starting, and what to do about it."""


@dataclass
class Service:
    """A program that runs as long as we do. Its process group is its own, so that its children end with it."""

    name: str
    command: list[str]
    pass_fds: tuple[int, ...] = ()
    pid: int | None = None
    begun: float = 0.0
    output: io.FileIO | None = None
    line: bytes = field(default=b"", repr=False)

    def start(self) -> None:
        process = subprocess.Popen(
            self.command,
            cwd=PROJECT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            bufsize=0,
            pass_fds=self.pass_fds,
            process_group=0,
            preexec_fn=begin_service,
        )
        assert isinstance(process.stdout, io.FileIO)
        os.set_blocking(process.stdout.fileno(), False)
        self.pid, self.output, self.begun = process.pid, process.stdout, time.monotonic()
        process.returncode = 0  # We reap all children ourselves, adopted ones too.

    def show(self) -> bool:
        """Print what the service has written, by lines. False once it writes no more."""
        if self.output is None:
            return False
        try:
            while data := self.output.read(65536):
                *lines, self.line = (self.line + data).split(b"\n")
                for line in lines:
                    say(f"{self.name:<17} | {line.decode(errors='replace')}")
        except OSError:
            data = b""
        return data is None

    def end(self, number: signal.Signals) -> None:
        if self.pid is not None:
            kill_group(self.pid, number)


class Supervisor:
    """The services, in the order in which they start; they stop in the opposite one."""

    def __init__(self) -> None:
        self.services: list[Service] = []
        self.selector = selectors.DefaultSelector()

    def start(self, service: Service) -> None:
        if service not in self.services:
            self.services.append(service)
        service.start()
        assert service.output is not None
        self.selector.register(service.output, selectors.EVENT_READ, service)

    def attend(self, seconds: float) -> None:
        """Print what the services say for at most so long; start again what has ended. Raises Refusal."""
        self.show_output(seconds)
        for pid, status in reap():
            for service in self.services:
                if service.pid == pid:
                    self.restart(service, status)

    def show_output(self, seconds: float) -> None:
        """Print what the services say, waiting for at most so long that one says something."""
        for key, _ in self.selector.select(seconds):
            if isinstance(key.data, Service) and not key.data.show():
                self.selector.unregister(key.fileobj)

    def restart(self, service: Service, status: int) -> None:
        service.end(signal.SIGKILL)
        service.show()
        if service.output is not None and service.output in self.selector.get_map():
            self.selector.unregister(service.output)
        service.pid = None
        how = f"signal {-status}" if status < 0 else f"exit status {status}"
        if time.monotonic() - service.begun < START_SECONDS:
            raise Refusal(f"{service.name} does not start: it ended with {how}. What it said stands above.")
        say(f"{service.name} ended with {how}; it is started again.")
        self.start(service)

    def stop(self) -> None:
        """End all services in good order, the broker last, and within seconds; then whatever is left."""
        for batch in ([s for s in self.services if s.name != "broker"], self.services):
            deadline = time.monotonic() + STOP_SECONDS
            for service in batch:
                service.end(signal.SIGTERM)
            while any(s.pid for s in batch) and time.monotonic() < deadline:
                self.show_output(0.05)
                ended = {pid for pid, _ in reap()}
                for service in self.services:
                    service.pid = None if service.pid in ended else service.pid
            for service in batch:
                service.end(signal.SIGKILL)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m config.supervisor", description=__doc__)
    parser.add_argument("--end-with-parent", action="store_true", help="stop when the process that started this ends")
    parser.add_argument(
        "--without-grading", action="store_true", help="pages and mail only, where no sandbox can be built"
    )
    parser.add_argument("--empty", action="store_true", help="without the demo school")
    parser.add_argument("--people", type=int, default=600, help="of the demo school that the first start makes; or 600")
    options = parser.parse_args(arguments)
    if options.end_with_parent:
        end_with_parent(signal.SIGTERM)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    people = 0 if options.empty else options.people
    return run_guarded(lambda: supervise(without_grading=options.without_grading, people=people))


def supervise(*, without_grading: bool, people: int) -> int:
    """Check, prepare, start, attend until told to stop. The exit status: 0 when stopped, 1 when it could not start.

    people : of the demo school; 0 for a site without one.
    """
    guard = os.getppid()
    adopt_orphans()
    supervisor = Supervisor()
    try:
        stop_on_signals()
        run(supervisor, without_grading=without_grading, people=people)
    except Stop:
        if os.getppid() == guard:
            say("Stopping")
            supervisor.stop()
        status = 0
    except Refusal as refusal:
        ignore_signals()
        supervisor.stop()
        say(f"Gradus cannot start. {refusal}", sys.stderr)
        status = 1
    finally:
        ignore_signals()
        kill_descendants()
    return status


def run(supervisor: Supervisor, *, without_grading: bool, people: int) -> None:
    """The whole life of the site on this machine; ends with an exception, Stop or Refusal."""
    listener = listen(port_asked_for())
    check_settings()
    from django.conf import settings

    check_data_folder(settings.DATA)
    if not without_grading:
        check_sandbox()
    with sole_use_of(settings.DATA):
        if (broker := broker_service(settings.REDIS_URL)) is not None:
            supervisor.start(broker)
            await_broker(supervisor, settings.REDIS_URL)
        logins = prepare()
        if people and not settings.PRODUCTION:
            make_demo_school(people, without_grading=without_grading)
        ready, tell_ready = os.pipe()
        os.environ["GRADUS_READY_FD"] = str(tell_ready)
        supervisor.start(web_service(listener, tell_ready))
        for service in worker_services(without_grading=without_grading):
            supervisor.start(service)
        supervisor.selector.register(ready, selectors.EVENT_READ, "ready")
        attend(supervisor, ready, f"http://127.0.0.1:{listener.getsockname()[1]}/", logins)


def attend(supervisor: Supervisor, ready: int, address: str, logins: str) -> None:
    """Attend to the services for good; say once where the site is, as soon as it answers."""
    announced = False
    while True:
        supervisor.attend(1.0)
        readable = [] if announced else [key.fd for key, _ in supervisor.selector.select(0)]
        if ready in readable:
            announced = True
            supervisor.selector.unregister(ready)
            say(f"\nGradus is at {address}\n{logins}\nStop it with Ctrl-C.\n")


def port_asked_for() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise Refusal(f"PORT={text} is no port. Choose a number from 1024 to 65535: make run PORT=8001")
    return int(text)


def listen(port: int) -> socket.socket:
    """The listening socket, which outlives a restart of the web."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(256)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            why = f"Port {port} is taken by another program, perhaps another Gradus."
        else:
            why = f"Port {port} cannot be used ({error.strerror})."
        raise Refusal(f"{why} Stop that one, or choose another port: make run PORT={port % 65535 + 1}") from error
    return listener


def check_settings() -> None:
    """Load the settings; a missing value is named."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    try:
        settings.configured or settings.DEBUG  # noqa: B018
    except ImproperlyConfigured as error:
        raise Refusal(
            f"A setting is missing or wrong: {error}. Set it in the environment; docs/operators.md lists them."
        ) from error


def check_data_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Refusal(
            f"The data folder {folder} cannot be written ({error.strerror}). "
            "Make it writable, or name another one: GRADUS_DATA=/path/to/folder make run"
        ) from error


def check_sandbox() -> None:
    from grader.sandbox import missing, mode

    if lacks := missing():
        raise Refusal(
            " ".join(["Students' code cannot be walled in here.", *lacks, "Pages alone run with: make run GRADING=no"])
        )
    say(f"Students' code is walled in; the sandbox's mode is {mode()}.")


@contextlib.contextmanager
def sole_use_of(folder: Path) -> Iterator[None]:
    with (folder / "running.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(
                f"Another Gradus runs on the data folder {folder}. Stop that one, or name another folder: "
                "GRADUS_DATA=/path/to/folder make run"
            ) from None
        yield


def broker_service(url: str) -> Service | None:
    """The embedded broker; None where REDIS_URL names a server that others run."""
    from config.broker import BrokerError, broker_command, socket_of

    path = socket_of(url)
    if path is None or "REDIS_URL" in os.environ:
        return None
    try:
        return Service("broker", broker_command(path))
    except BrokerError as error:
        raise Refusal(str(error)) from error


def await_broker(supervisor: Supervisor, url: str) -> None:
    import redis

    deadline = time.monotonic() + BROKER_SECONDS
    while True:
        supervisor.attend(0.05)
        try:
            redis.Redis.from_url(url).ping()
            return
        except redis.RedisError as error:
            if time.monotonic() > deadline:
                raise Refusal(f"The broker does not answer ({error}).") from error


def prepare() -> str:
    """Bring database and content up to date. What to tell people about signing in."""
    import django
    from django.conf import settings
    from django.core.management import CommandError, call_command
    from django.db import DatabaseError

    django.setup()
    try:
        say("Preparing the database and the course")
        settings.STATIC_ROOT.mkdir(exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_curriculum")
        call_command("load_exercises")
        if settings.PRODUCTION:
            call_command("collectstatic", verbosity=0, interactive=False)
            return "The first admin is made with: manage.py create_admin"
        logins = io.StringIO()
        call_command("create_demo_people", stdout=logins)
        return logins.getvalue()
    except CommandError as error:
        raise Refusal(str(error)) from error
    except DatabaseError as error:
        raise Refusal(f"The database cannot be used: {error}") from error


def make_demo_school(people: int, *, without_grading: bool) -> None:
    """Fill a school in which nobody is enrolled, once; by a process of its own, with which its memory goes."""
    from courses.models import Enrollment

    if Enrollment.objects.exists():
        return
    say("Making a demo school, this once; a site without one is started with: make run EMPTY=yes")
    command = [sys.executable, "manage.py", "create_demo_school", "--people", str(people)]
    if without_grading:
        command.append("--without-grading")
    made = subprocess.run(command, cwd=PROJECT, stdin=subprocess.DEVNULL, preexec_fn=begin_service, check=False)
    if made.returncode:
        raise Refusal("The demo school cannot be made; why, stands above. Without it: make run EMPTY=yes")


def web_service(listener: socket.socket, tell_ready: int) -> Service:
    command = ["-m", "gunicorn", "-c", "config/gunicorn.py", "--bind", f"fd://{listener.fileno()}"]
    return Service("web", [sys.executable, *command], pass_fds=(listener.fileno(), tell_ready))


def worker_services(*, without_grading: bool) -> list[Service]:
    """One worker for the school, one for each flavor where there is grading, and beat, which rings for what waits."""
    from django.conf import settings

    # The school's does one thing after another, so that mail leaves by one connection.
    processes = {"school": 1, **({} if without_grading else settings.GRADING_PROCESSES)}
    celery = [sys.executable, "-W", ROOT_WARNING, "-m", "celery", "-A", "config.celery", "--quiet"]
    workers = [
        Service(
            f"worker-{queue}",
            [
                *celery, "worker", "--queues", queue, "--hostname", f"{queue}@%h", "--loglevel", "INFO",
                "--concurrency", str(number), "--without-gossip", "--without-mingle",
            ],
        )
        for queue, number in processes.items()
    ]  # fmt: skip
    return [*workers, Service("beat", [*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""])]


def say(line: str, stream: TextIO | None = None) -> None:
    print(line, file=stream or sys.stdout, flush=True)


if __name__ == "__main__":
    sys.exit(main())
