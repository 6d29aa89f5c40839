"""Checking a file that has arrived whole, and putting it where recordings lie."""

import json
import subprocess
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files import File

from courses.classroom.recordings.models import Recording, recording_storage
from courses.classroom.recordings.uploads import Gone, Upload

PROBE = [sys.executable, "-m", "courses.classroom.recordings.probe"]
PROBE_SECONDS = 120
ENDINGS = {"video/mp4": ".mp4", "video/webm": ".webm"}


class NotPlayable(Exception):
    """The file is no video that browsers play; the message says why and what to do."""


@dataclass(frozen=True)
class Video:
    """What a file proved to be: its type, such as video/mp4, and its length in seconds."""

    content_type: str
    seconds: int


class PartFile(File):
    """A file that a storage on the same disk may move instead of copying it."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def settle(upload: Upload) -> None:
    """Check an upload that has arrived, and put its file in place; its recording is then ready, or refused.

    Stopped at any point, it is done again and comes to the same. Raises UploadRefused where somebody else is at it,
    and whatever the storage raises.
    """
    recording = upload.recording
    try:
        with upload.locked():
            try:
                video = examine(upload.part)
            except NotPlayable as refused:
                upload.end(Recording.State.REFUSED, refusal=str(refused)[:300])
            else:
                note(recording, upload, video)
                put_in_place(upload.part, str(recording.file.name))
                upload.end(Recording.State.READY)
            upload.part.unlink(missing_ok=True)
    except Gone:
        # Moved already, by a worker that ended before it could say so; or lost.
        recording.refresh_from_db()
        if recording.file and recording_storage().exists(str(recording.file.name)):
            upload.end(Recording.State.READY)
        else:
            upload.end(
                Recording.State.REFUSED, refusal="The file was lost on our side. Upload it again.", size=0, file=""
            )


def examine(path: Path) -> Video:
    """What the file is, found out in a process of its own that knows no secrets. Raises NotPlayable."""
    try:
        probe = subprocess.run(
            [*PROBE, str(path)], cwd=settings.BASE_DIR, env={"LANG": "C.UTF-8"}, capture_output=True, text=True,
            timeout=PROBE_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NotPlayable(
            f"The file could not be read within {PROBE_SECONDS} seconds. Export it as MP4 again."
        ) from error
    if probe.returncode < 0:
        raise NotPlayable("Reading the file broke off: something in it is damaged. Export it as MP4 again.")
    if probe.returncode:
        raise RuntimeError(f"the probe failed: {probe.stderr[-2000:]}")
    found = json.loads(probe.stdout)
    if "refusal" in found:
        raise NotPlayable(found["refusal"])
    return Video(found["content_type"], found["seconds"])


def note(recording: Recording, upload: Upload, video: Video) -> None:
    """Note what the file is and where it is going to lie, before it is moved there."""
    recording.content_type, recording.seconds, recording.size = video.content_type, video.seconds, upload.length
    recording.file = f"{recording.pk}/{uuid.uuid4().hex}{ENDINGS[video.content_type]}"
    recording.save(update_fields=["content_type", "seconds", "size", "file"])


def put_in_place(part: Path, name: str) -> None:
    """Move the part file to where recordings lie, or send it there in pieces."""
    with part.open("rb") as source:
        recording_storage().save(name, PartFile(source, name=str(part)))
