"""A meeting of the session with a recording, small videos, and the site as a server of its own."""

import contextlib
import http.client
import os
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from rest_framework.authtoken.models import Token

from courses.classroom.recordings.specimen import make_video
from courses.models import Enrollment, Meeting, Recording, User
from tests.conftest import ROOT, environment_of_processes

HOUR = timezone.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _empty_folders() -> Iterator[None]:
    yield
    for folder in (settings.UPLOADS, settings.RECORDINGS):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def meeting(session) -> Meeting:
    """A meeting that was over an hour ago."""
    now = timezone.now()
    return Meeting.objects.create(session=session, title="Week 1", starts_at=now - 2 * HOUR, ends_at=now - HOUR)


@pytest.fixture
def new_recording(meeting, instructor) -> Callable[..., Recording]:
    def new(**values: Any) -> Recording:
        return Recording.objects.create(**{"meeting": meeting, "created_by": instructor, **values})

    return new


@pytest.fixture
def recording(new_recording) -> Recording:
    """A draft without a file."""
    return new_recording(title="Week 1, first half")


@pytest.fixture(scope="session")
def videos(tmp_path_factory) -> dict[str, Path]:
    """A minute of H.264, two of VP9."""
    folder = tmp_path_factory.mktemp("videos")
    made = {"week-1.mp4": 60, "week-1.webm": 120}
    for name, seconds in made.items():
        make_video(folder / name, seconds, "Week 1")
    return {name: folder / name for name in made}


@pytest.fixture
def video(videos) -> Path:
    return videos["week-1.mp4"]


def padded(video: bytes, mebibytes: int) -> bytes:
    """An MP4 that is so much larger, by a box that players pass over."""
    size = mebibytes * 2**20
    return video + struct.pack(">I4s", size, b"free") + bytes(size - 8)


def with_file(recording: Recording, video: Path, seconds: int = 60) -> Recording:
    """Lay a file where the worker would have put it."""
    name = f"{recording.pk}/{video.name}"
    (settings.RECORDINGS / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(video, settings.RECORDINGS / name)
    recording.file, recording.state, recording.seconds = name, Recording.State.READY, seconds
    recording.file_name, recording.size, recording.content_type = video.name, video.stat().st_size, "video/mp4"
    recording.save()
    return recording


@pytest.fixture
def ready(recording, video) -> Recording:
    """A draft with its file."""
    return with_file(recording, video)


@pytest.fixture
def published(ready) -> Recording:
    ready.published_at = timezone.now()
    ready.save()
    return ready


@pytest.fixture
def attendee(session, student) -> User:
    """A student with a seat in the session."""
    Enrollment.objects.create(user=student, session=session)
    return student


def token_of(person: User) -> dict[str, str]:
    return {"Authorization": f"Token {Token.objects.get_or_create(user=person)[0].key}"}


@dataclass
class Server:
    """The site, served by gunicorn in a process with one worker."""

    address: str
    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def peak_mib(self) -> float:
        """The most memory that its worker has held, in MiB."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        lines = Path(f"/proc/{children[0]}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024

    def ask(self, method: str, path: str, headers: dict[str, str], body: Any = None) -> http.client.HTTPResponse:
        """One request with its answer read; `body` is bytes, or blocks where the headers say how many."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        line.request(method, path, body, headers)
        answer = line.getresponse()
        answer.said = answer.read()
        line.close()
        return answer


@contextlib.contextmanager
def serving(**environment: str) -> Iterator[Server]:
    ready, tell_ready = os.pipe()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        port = listener.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "--bind", f"fd://{listener.fileno()}"],
            env={**environment_of_processes(), "WEB_WORKERS": "1", "GRADUS_READY_FD": str(tell_ready), **environment},
            pass_fds=(listener.fileno(), tell_ready), cwd=ROOT, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    os.close(tell_ready)
    with open(ready, "rb") as answers:
        assert answers.read(1), "gunicorn ended before it was ready"
    try:
        yield Server(f"http://127.0.0.1:{port}", port, process)
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def server(django_db_setup) -> Iterator[Server]:
    with serving() as running:
        yield running
