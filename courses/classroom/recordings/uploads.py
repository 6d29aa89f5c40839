"""Uploads that can break off and go on. How much of a file is there, its part file on the disk says.

Whoever works on a part file, a request that adds to it or the worker that checks it, holds its lock (flock); where
the process ends, the kernel lets go of it, so that nothing of this needs a clock.
"""

import contextlib
import datetime
import fcntl
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from courses import bell
from courses.classroom.recordings.models import Recording
from courses.outbox import due_after
from courses.people import audit
from courses.people.models import User
from courses.sessions.models import Session

CHECK = "courses.classroom.tasks.check_uploads"
VALID_FOR = datetime.timedelta(days=3)
BLOCK = 64 * 1024
# What stays free on the disk, which the database may lie on, too.
RESERVE = 512 * 2**20
VIDEO_ENDINGS = (".mp4", ".m4v", ".mov", ".webm")


class UploadRefused(Exception):
    """An upload, or a piece of it, is not taken; the message says why and what to do."""


class NoRoom(UploadRefused):
    """It is larger than what is left."""


class NoVideo(UploadRefused):
    """By its name or type it is no video."""


class NotWanted(UploadRefused):
    """The recording takes no file now."""


class WrongOffset(UploadRefused):
    """A piece does not begin where the part file ends."""


class Busy(UploadRefused):
    """Somebody else works on the part file."""


class Gone(UploadRefused):
    """The upload was given up, or has expired."""


class Source(Protocol):
    """What bytes are read from: a request, a file."""

    def read(self, size: int, /) -> bytes: ...


def expiry() -> datetime.datetime:
    return timezone.now() + VALID_FOR


class UploadQuerySet(models.QuerySet["Upload"]):
    @transaction.atomic
    def begin(
        self, owner: User, recording: Recording, *, length: int, file_name: str, content_type: str = "",
        metadata: str = "",
    ) -> "Upload":  # fmt: skip
        """Make room for a file of `length` bytes. Raises UploadRefused: NoVideo, NotWanted or NoRoom."""
        if not looks_like_video(file_name, content_type):
            raise NoVideo(f"“{file_name}” does not look like a video. Choose an MP4 or a WebM file.")
        # One after another: two uploads at once must not both take what is left.
        session = Session.objects.select_for_update().get(pk=recording.meeting.session_id)
        recording = Recording.objects.select_for_update().get(pk=recording.pk)
        if not recording.takes_upload:
            raise NotWanted(why_not(recording))
        check_room(session, length)
        upload = self.create(
            owner=owner, recording=recording, length=length, file_name=file_name[:200], metadata=metadata
        )
        recording.state, recording.refusal, recording.file_name = Recording.State.UPLOADING, "", upload.file_name
        recording.save(update_fields=["state", "refusal", "file_name"])
        audit.record(owner, f"began to upload “{upload.file_name}” for the recording “{recording}”", session)
        upload.part.parent.mkdir(parents=True, exist_ok=True)
        upload.part.touch(mode=0o600)
        return upload

    def for_person(self, person: User) -> "UploadQuerySet":
        """Those of recordings that the person may change."""
        return self.filter(recording__in=Recording.objects.run_by(person))

    def due(self) -> "UploadQuerySet":
        """Those that have arrived and are to be checked, the first to arrive first."""
        return self.filter(due_at__lte=timezone.now()).order_by("due_at")

    def arriving(self) -> "UploadQuerySet":
        return self.filter(due_at__isnull=True)


class Upload(models.Model):
    """A file on its way to a recording: bytes arrive in the part file, then the worker checks it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.OneToOneField(Recording, models.CASCADE, related_name="upload")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads")
    length = models.PositiveBigIntegerField(help_text="bytes of the whole")
    file_name = models.CharField(max_length=200)
    metadata = models.TextField(blank=True, help_text="as the program that uploads gave it")
    begun_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=expiry)
    due_at = models.DateTimeField(null=True, blank=True, help_text="when it is checked; empty until all is there")
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True, help_text="why our side could not take it yet")

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="upload_is_not_empty", condition=Q(length__gt=0))]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.length} bytes"

    @property
    def part(self) -> Path:
        return settings.UPLOADS / f"{self.pk}.part"

    @property
    def offset(self) -> int:
        """How many bytes are there. Raises Gone."""
        if self.due_at is not None:
            return self.length
        try:
            return self.part.stat().st_size
        except FileNotFoundError as error:
            raise Gone("The upload is not on our disk any more. Begin it again.") from error

    @property
    def percent(self) -> int:
        """The share that is there; 0 where the part file is lost."""
        return 100 * self.offset // self.length if self.part.exists() or self.due_at else 0

    @property
    def has_expired(self) -> bool:
        return self.due_at is None and self.expires_at <= timezone.now()

    @contextlib.contextmanager
    def locked(self) -> Iterator[BinaryIO]:
        """The part file, with nobody else at work on it. Raises Busy or Gone."""
        try:
            file = self.part.open("r+b", buffering=0)
        except FileNotFoundError as error:
            raise Gone("The upload was given up, or is finished.") from error
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Busy("Another request is adding to this upload. Ask again in a moment.") from error
            # Between opening and locking it may have been given up.
            if not self.part.exists():
                raise Gone("The upload was given up, or is finished.")
            yield file

    def receive(self, source: Source, offset: int, length: int) -> int:
        """Add up to `length` bytes of the source, block by block; the offset afterwards.

        Where the source breaks off, what came before stays. Raises UploadRefused: WrongOffset, NoRoom, Busy or Gone.
        """
        with self.locked() as part:
            here = part.seek(0, 2)
            if offset != here:
                raise WrongOffset(f"{here} bytes are here; a piece that begins at {offset} does not fit.")
            if offset + length > self.length:
                raise NoRoom(f"The upload was announced with {self.length} bytes; this piece goes beyond them.")
            while length and (block := read(source, min(BLOCK, length))):
                length -= len(block)
                while block:
                    block = block[part.write(block) :]
            here = part.tell()
        if here == self.length:
            self.arrive()
        else:
            self.expires_at = expiry()
            Upload.objects.filter(pk=self.pk).update(expires_at=self.expires_at)
        return here

    @transaction.atomic
    def arrive(self) -> None:
        """All bytes are here: have them checked. Doing it twice does it once."""
        if Upload.objects.arriving().filter(pk=self.pk).update(due_at=timezone.now()):
            Recording.objects.filter(pk=self.recording_id).update(state=Recording.State.CHECKING)
            transaction.on_commit(lambda: bell.ring(CHECK, queue="school"))

    def give_up(self, actor: User | None = None) -> None:
        """Delete what has arrived, so that the recording takes another upload; `actor` None: it has expired.

        Raises Busy where a piece is arriving, NotWanted where all has arrived.
        """
        try:
            with self.locked():
                self._forget(actor)
                self.part.unlink()
        except Gone:
            self._forget(actor)

    @transaction.atomic
    def _forget(self, actor: User | None) -> None:
        if not Upload.objects.arriving().filter(pk=self.pk).delete()[0]:
            raise NotWanted("The file has arrived whole and is being checked. Wait a moment.")
        Recording.objects.filter(pk=self.recording_id).update(state=Recording.State.EMPTY)
        if actor is not None:
            audit.record(actor, f"gave up uploading “{self.file_name}”", self.recording.session)

    @transaction.atomic
    def end(self, state: str, **values: object) -> None:
        """The upload is over, and this is what the recording has come to. Doing it twice does it once."""
        deleted, _ = Upload.objects.filter(pk=self.pk).delete()
        if deleted:
            Recording.objects.filter(pk=self.recording_id).update(state=state, **values)

    def postpone(self, error: str) -> None:
        """Our side could not take it: try again later, and say so."""
        Upload.objects.filter(pk=self.pk).update(
            attempts=F("attempts") + 1, due_at=due_after(self.attempts + 1), error=error[:300]
        )


def looks_like_video(file_name: str, content_type: str) -> bool:
    """By what the uploader's computer says; the bytes are looked at once they are here."""
    return file_name.lower().endswith(VIDEO_ENDINGS) and (
        content_type.startswith("video/") or content_type in ("", "application/octet-stream")
    )


def why_not(recording: Recording) -> str:
    """Why the recording takes no file now, and what to do."""
    if recording.external_url:
        return "This recording is a link to elsewhere. Remove the link first."
    if recording.state == Recording.State.READY:
        return "This recording has a file already. Delete that first, or add another recording."
    return f"“{recording.file_name}” is being uploaded here already. Go on with it, or give it up first."


def check_room(session: Session, length: int) -> None:
    """Raises NoRoom where so many bytes go beyond the session's quota or the disk."""
    left = settings.RECORDING_QUOTA - Recording.objects.bytes_of(session)
    if length > left:
        raise NoRoom(
            f"The file has {filesizeformat(length)}; {filesizeformat(max(left, 0))} are left of the "
            f"{filesizeformat(settings.RECORDING_QUOTA)} that a session's recordings may take. Upload a smaller one, "
            "or delete a draft that nobody needs."
        )
    settings.UPLOADS.mkdir(parents=True, exist_ok=True)
    others = [upload for upload in Upload.objects.arriving() if upload.part.exists()]
    coming = sum(upload.length - upload.part.stat().st_size for upload in others)
    if length > shutil.disk_usage(settings.UPLOADS).free - coming - RESERVE:
        raise NoRoom(
            f"The disk has too little room for {filesizeformat(length)}. It is not your fault: tell an administrator."
        )


def read(source: Source, size: int) -> bytes:
    """A block of the source; empty at its end, and where the connection broke."""
    try:
        return source.read(size)
    except OSError:
        return b""
