"""An upload by an ordinary form, where there is no JavaScript: streamed to the disk, in one go."""

import os
import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from courses.classroom.recordings.models import Recording
from courses.classroom.recordings.uploads import NoVideo, Upload, check_room
from courses.people.models import User

# What a form adds around its file, at most.
AROUND = 64 * 1024


class ToDisk(FileUploadHandler):
    """Writes the form's file beside the part files, block after block; it goes when it is closed."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        settings.UPLOADS.mkdir(parents=True, exist_ok=True)
        self.file = tempfile.NamedTemporaryFile(dir=settings.UPLOADS, prefix="form-")  # noqa: SIM115

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        try:
            self.file.write(raw_data)
        except OSError as error:  # The disk is full.
            raise StopUpload(connection_reset=True) from error

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.flush()
        return UploadedFile(self.file, self.file_name, self.content_type, file_size)

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()


def announced(request: HttpRequest, recording: Recording) -> None:
    """Refuse what is too large before any of it is read. Raises NoRoom."""
    check_room(recording.session, int(request.META.get("CONTENT_LENGTH") or 0) - AROUND)


def take(request: HttpRequest, recording: Recording) -> Upload:
    """Take the form's file for the recording, and have it checked. Raises UploadRefused."""
    assert isinstance(request.user, User)
    file = request.FILES.get("file")
    if file is None or not file.size:
        raise NoVideo("Choose a video file first.")
    upload = Upload.objects.begin(
        request.user, recording, length=file.size, file_name=file.name or "", content_type=file.content_type or ""
    )
    with upload.locked():
        upload.part.unlink()
        os.link(str(file.file.name), upload.part)  # type: ignore[union-attr]
    upload.arrive()
    return upload
