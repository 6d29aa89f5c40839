"""Recordings of meetings: a file that was uploaded, or a link to where it lies; drafts until published."""

from functools import partial

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from django.urls import reverse
from django.utils import timezone

from courses.classroom.meetings.models import Attendance, Meeting, names
from courses.classroom.recordings.clock import clock
from courses.enrollment.access import (
    Person,
    attendees_of,
    now_for,
    sessions_attended_by,
    sessions_run_by,
    sessions_staffed_by,
)
from courses.people import audit, mail
from courses.people.models import User
from courses.sessions.models import Session

# Watched to this share, a recording counts as finished: the end is thanks and good-byes.
FINISHED_SHARE = 0.95


class RecordingRefused(Exception):
    """What was asked cannot be done with this recording as it is; the message says why and what to do."""


def recording_storage() -> Storage:
    """Where files of recordings lie: the data folder, or what MEDIA_S3_BUCKET names."""
    return storages["recordings"]


class RecordingQuerySet(models.QuerySet["Recording"]):
    def published(self) -> "RecordingQuerySet":
        return self.filter(published_at__isnull=False)

    def run_by(self, person: Person) -> "RecordingQuerySet":
        """Those that the person may change."""
        return self.filter(meeting__session__in=sessions_run_by(person))

    def staffed_by(self, person: Person) -> "RecordingQuerySet":
        """Those of sessions that the person teaches or assists in, drafts too."""
        return self.filter(meeting__session__in=sessions_staffed_by(person))

    def open_to(self, person: Person) -> "RecordingQuerySet":
        """Those that the person may watch: published ones of sessions that they attend, all where they are staff."""
        attended = Q(meeting__session__in=sessions_attended_by(person), published_at__lte=now_for(person))
        return self.filter(attended | Q(meeting__session__in=sessions_staffed_by(person)))

    def missed_by(self, person: Person) -> "RecordingQuerySet":
        """What the person has yet to watch of meetings that they missed: were not at, and did not join by link."""
        if not isinstance(person, User):
            return self.none()
        there = Attendance.objects.filter(meeting=OuterRef("meeting"), person=person).filter(
            Q(status__in=[Attendance.Status.PRESENT, Attendance.Status.LATE]) | Q(joined_at__isnull=False)
        )
        finished = Viewing.objects.filter(recording=OuterRef("pk"), person=person, finished_at__isnull=False)
        return (
            self.published()
            .filter(meeting__in=Meeting.objects.past(), meeting__session__in=sessions_attended_by(person))
            .exclude(Exists(there))
            .exclude(Exists(finished))
        )

    def listed(self, person: Person) -> "RecordingQuerySet":
        """With what a list shows: `finished`, and `stopped_at`, the second at which it goes on for the person."""
        own = Viewing.objects.filter(recording=OuterRef("pk"), person=person.pk)
        found = self.select_related("meeting__session__course").prefetch_related(*names("meeting__"))
        return found.annotate(
            finished=Exists(own.filter(finished_at__isnull=False)), stopped_at=Subquery(own.values("seconds")[:1])
        )

    def bytes_of(self, session: Session) -> int:
        """What a session's recordings take, those on their way counted whole."""
        totals = self.filter(meeting__session=session).aggregate(
            kept=Sum("size", filter=Q(upload__isnull=True)), coming=Sum("upload__length")
        )
        return (totals["kept"] or 0) + (totals["coming"] or 0)


class Recording(models.Model):
    """A recording of a meeting. A file is `ready` once it has arrived whole and proved to be a video."""

    class State(models.TextChoices):
        EMPTY = "empty", "Nothing uploaded yet"
        UPLOADING = "uploading", "Being uploaded"
        CHECKING = "checking", "Being checked"
        READY = "ready", "Ready"
        REFUSED = "refused", "Not a video"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="recordings")
    title = models.CharField(max_length=200, blank=True, help_text="empty: named by its meeting")
    external_url = models.URLField("link", max_length=500, blank=True, help_text="where it lies, if not here")
    file = models.FileField(storage=recording_storage, max_length=200, blank=True, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.EMPTY, editable=False)
    refusal = models.CharField(max_length=300, blank=True, editable=False, help_text="why the file was not taken")
    file_name = models.CharField(
        max_length=200, blank=True, editable=False, help_text="as the uploader's computer has it"
    )
    content_type = models.CharField(max_length=60, blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False, help_text="bytes")
    seconds = models.PositiveIntegerField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    announced_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="when people were told of it")

    objects = RecordingQuerySet.as_manager()

    class Meta:
        ordering = ["meeting__starts_at", "created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="what_is_published_can_be_watched",
                condition=Q(published_at__isnull=True) | Q(state="ready") | ~Q(external_url=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.meeting)

    def get_absolute_url(self) -> str:
        return reverse("recording", args=[self.pk])

    @property
    def session(self) -> Session:
        return self.meeting.session

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def can_be_watched(self) -> bool:
        return self.state == self.State.READY or bool(self.external_url)

    @property
    def takes_upload(self) -> bool:
        """A file can be uploaded where there is none, and no link in its place."""
        return self.takes_link and not self.external_url

    @property
    def takes_link(self) -> bool:
        """It has no file, nor is one on its way."""
        return self.state in (self.State.EMPTY, self.State.REFUSED)

    def link_refusal(self, link: str) -> str | None:
        """Why the recording cannot have this link, or none where `link` is empty; None where it can."""
        if link and not self.takes_link:
            return "This recording has a file. Delete the file first, or add another recording."
        if not link and self.is_published and self.takes_link:
            return "The recording is published. Make it a draft before you remove its link."
        return None

    @property
    def length(self) -> str:
        """How long it is, as people write it; empty where nobody knows."""
        return clock(self.seconds) if self.seconds else ""

    @transaction.atomic
    def publish(self, actor: User) -> None:
        """Show it to those who attend the session; the first time they are told by mail. Raises RecordingRefused."""
        drafts = Recording.objects.filter(pk=self.pk, published_at__isnull=True)
        ready = Q(state=self.State.READY) | ~Q(external_url="")
        if not drafts.filter(ready).update(published_at=timezone.now()):
            self.refresh_from_db()
            if self.is_published:
                return
            raise RecordingRefused("There is nothing to watch yet. Upload a video or give a link first.")
        self.refresh_from_db()
        audit.record(actor, f"published the recording “{self}”", self.session)
        if Recording.objects.filter(pk=self.pk, announced_at__isnull=True).update(announced_at=timezone.now()):
            for person in attendees_of(self.session):
                mail.write(person, mail.Kind.RECORDING, "recording", recording=self, session=self.session)

    @transaction.atomic
    def take_back(self, actor: User) -> None:
        """Make it a draft again, which staff alone see."""
        if Recording.objects.filter(pk=self.pk, published_at__isnull=False).update(published_at=None):
            audit.record(actor, f"made the recording “{self}” a draft again", self.session)
        self.refresh_from_db()

    @transaction.atomic
    def discard_file(self, actor: User) -> None:
        """Delete the file and keep the rest, so that another can be uploaded. Raises RecordingRefused."""
        name = self._draft().file.name
        if name:
            audit.record(actor, f"deleted the file of the recording “{self}”", self.session)
            transaction.on_commit(partial(recording_storage().delete, name))
        self.file, self.state, self.refusal = "", self.State.EMPTY, ""
        self.size, self.seconds, self.content_type, self.file_name = 0, None, "", ""
        self.save(
            update_fields=["file", "state", "refusal", "size", "seconds", "content_type", "file_name"]
        )  # fmt: skip

    @transaction.atomic
    def remove(self, actor: User) -> None:
        """Delete a draft with all that belongs to it. Raises RecordingRefused."""
        name = self._draft().file.name
        audit.record(actor, f"deleted the recording “{self}”", self.session)
        if name:
            transaction.on_commit(partial(recording_storage().delete, name))
        self.delete()

    def _draft(self) -> "Recording":
        """The row as it is now, kept from others until the transaction ends. Raises RecordingRefused."""
        now = Recording.objects.select_for_update().get(pk=self.pk)
        if now.is_published:
            raise RecordingRefused("The recording is published. Make it a draft first.")
        if now.state in (self.State.UPLOADING, self.State.CHECKING):
            raise RecordingRefused("A file is on its way. Give the upload up first, or wait until it is checked.")
        return now


class ViewingQuerySet(models.QuerySet["Viewing"]):
    def note(self, recording: Recording, person: User, seconds: int | None = None) -> "Viewing":
        """Note how far the person has come, where it goes on; None: that they have watched it elsewhere to its end.

        What was once finished stays so.
        """
        end = recording.seconds
        finished = seconds is None or (end is not None and seconds >= FINISHED_SHARE * end)
        seconds = min(seconds or 0, end or 0)
        viewing, _ = self.update_or_create(
            recording=recording, person=person, defaults={"seconds": seconds, "watched_at": timezone.now()}
        )
        if finished and viewing.finished_at is None:
            viewing.finished_at = timezone.now()
            viewing.save(update_fields=["finished_at"])
        return viewing


class Viewing(models.Model):
    """How far a person has watched a recording, so that it goes on there. Nobody else sees it."""

    recording = models.ForeignKey(Recording, models.CASCADE, related_name="viewings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="viewings")
    seconds = models.PositiveIntegerField(default=0, help_text="where it goes on")
    finished_at = models.DateTimeField(null=True, blank=True)
    watched_at = models.DateTimeField(default=timezone.now)

    objects = ViewingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="viewing_once_a_person", fields=["recording", "person"])]

    def __str__(self) -> str:
        return f"{self.person}, {self.recording}: {self.seconds} s"

    @property
    def at(self) -> str:
        return clock(self.seconds)
