"""The site as `make run` starts it, for a bench: database, broker, web, workers and beat of its own; and its people."""

import contextlib
import datetime
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from bench.work import ROOT
from tests.postgresql import postgresql

DATABASES = ("PostgreSQL", "SQLite")
START_SECONDS = 180


class Site:
    """A running site. `lines` is what its services have said so far."""

    def __init__(self, environment: dict[str, str], *options: str) -> None:
        self.lines: list[str] = []
        self.ready = threading.Event()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.supervisor", "--end-with-parent", "--empty", *options],
            cwd=ROOT, env=environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.listener = threading.Thread(target=self.listen, daemon=True)
        self.listener.start()

    def listen(self) -> None:
        for line in self.process.stdout:
            self.lines.append(line)
            if "Gradus is at" in line:
                self.ready.set()

    def await_ready(self) -> None:
        end = time.monotonic() + START_SECONDS
        while not self.ready.wait(0.5):
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"the site does not start:\n{''.join(self.lines[-30:])}")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()
        self.listener.join()


@contextlib.contextmanager
def environment_on(database: str) -> Iterator[dict[str, str]]:
    """The environment of a site's processes, with an empty database of this kind and folders that go with the block."""
    folder = Path(tempfile.mkdtemp(prefix="gradus-bench-"))
    try:
        with postgresql() if database == "PostgreSQL" else contextlib.nullcontext(None) as url:
            environment = {
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "GRADUS_ENV": "development",
                "GRADUS_DATA": str(folder / "data"),
                "GRADUS_RUNTIME": str(folder / "run"),
                "DATABASE_URL": url or f"sqlite:///{folder / 'data' / 'gradus.sqlite3'}",
                "PORT": str(free_port()),
            }
            environment.pop("REDIS_URL", None)
            yield environment
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running(environment: dict[str, str], *options: str) -> Iterator[Site]:
    """A site, started with these options of the supervisor, too."""
    site = Site(environment, *options)
    try:
        site.await_ready()
        yield site
    finally:
        site.stop()


def on_each_database(module: str, *arguments: str) -> dict[str, dict]:
    """What a module prints as JSON when it runs on a site's environment, beside the site, on each kind of database."""
    answers = {}
    for database in DATABASES:
        with environment_on(database) as environment, running(environment):
            command = [sys.executable, "-m", module, *arguments]
            done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
            answers[database] = json.loads(done.stdout)
    return answers


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def enrolled_students(number: int, prefix: str) -> list:
    """Students of a session of every course; for a process that has set Django up on the site's database."""
    from django.utils import timezone

    from courses.models import Course, Enrollment, Session, User

    today = timezone.now().date()
    students = User.objects.bulk_create(
        User(email=f"{prefix}-{n}@example.org", name=f"{prefix} {n}", password="!") for n in range(number)
    )
    for course in Course.objects.all():
        session = Session.objects.create(
            course=course, slug=f"bench-{prefix}", modality="online", time_zone="UTC", seats=number, price=0,
            starts_on=today, ends_on=today + datetime.timedelta(days=9), published=True,
        )  # fmt: skip
        Enrollment.objects.bulk_create(Enrollment(user=student, session=session) for student in students)
    return students


def tokens_of(students: list) -> list[str]:
    from rest_framework.authtoken.models import Token

    tokens = Token.objects.bulk_create(Token(user=student, key=Token.generate_key()) for student in students)
    return [token.key for token in tokens]
