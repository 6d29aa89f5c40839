"""What goes with a recording: captions, and chapters that point to lectures."""

from collections.abc import Iterable

from django.conf.locale import LANG_INFO
from django.db import models, transaction

from courses.catalog.models import Lecture
from courses.classroom.meetings.models import names
from courses.classroom.recordings.captions import Said, transcript
from courses.classroom.recordings.clock import clock
from courses.classroom.recordings.models import Recording
from courses.enrollment.access import Person
from courses.people import audit
from courses.people.models import User


class CaptionQuerySet(models.QuerySet["Caption"]):
    @transaction.atomic
    def put(self, actor: User, recording: Recording, language: str, text: str) -> "Caption":
        """Set the recording's captions in this language, whose text has been checked."""
        caption, _ = self.update_or_create(recording=recording, language=language, defaults={"text": text})
        audit.record(actor, f"gave the recording “{recording}” captions ({language})", recording.session)
        return caption


class Caption(models.Model):
    """Captions of a recording in one language, as WebVTT."""

    recording = models.ForeignKey(Recording, models.CASCADE, related_name="captions")
    language = models.CharField(max_length=10, default="en", help_text="such as en or pt-BR")
    text = models.TextField(help_text="WebVTT")

    objects = CaptionQuerySet.as_manager()

    class Meta:
        ordering = ["language"]
        constraints = [models.UniqueConstraint(name="captions_once_a_language", fields=["recording", "language"])]

    def __str__(self) -> str:
        return f"{self.recording}, {self.language}"

    @property
    def language_name(self) -> str:
        """The language in itself, such as “Deutsch”; its code where that is all we know."""
        known = LANG_INFO.get(self.language.lower()) or LANG_INFO.get(self.language.partition("-")[0].lower())
        return str(known["name_local"]).capitalize() if known and "name_local" in known else self.language

    @transaction.atomic
    def remove(self, actor: User) -> None:
        """Delete them."""
        recording = self.recording
        audit.record(actor, f"removed captions ({self.language}) of the recording “{recording}”", recording.session)
        self.delete()

    @property
    def transcript(self) -> list[Said]:
        return transcript(self.text)


class ChapterQuerySet(models.QuerySet["Chapter"]):
    @transaction.atomic
    def replace(self, recording: Recording, chapters: Iterable["Chapter"]) -> None:
        """Have these chapters in the recording and no others."""
        self.filter(recording=recording).delete()
        for chapter in chapters:
            chapter.recording = recording
            chapter.save(force_insert=True)

    def about(self, lecture: Lecture, person: Person) -> "ChapterQuerySet":
        """Where the lecture is spoken about in recordings that the person may watch, the newest first."""
        return (
            self.filter(lecture=lecture, recording__in=Recording.objects.open_to(person))
            .select_related("recording__meeting__session__course")
            .prefetch_related(*names("recording__meeting__"))
            .order_by("-recording__meeting__starts_at", "recording", "seconds")
        )


class Chapter(models.Model):
    """A place in a recording, with the lecture that it is about."""

    recording = models.ForeignKey(Recording, models.CASCADE, related_name="chapters")
    seconds = models.PositiveIntegerField(help_text="from the beginning")
    title = models.CharField(max_length=200)
    lecture = models.ForeignKey(Lecture, models.SET_NULL, null=True, blank=True, related_name="chapters")

    objects = ChapterQuerySet.as_manager()

    class Meta:
        ordering = ["recording", "seconds"]
        constraints = [models.UniqueConstraint(name="chapter_once_a_second", fields=["recording", "seconds"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The recording's page, playing from here."""
        return f"{self.recording.get_absolute_url()}?t={self.seconds}"

    @property
    def at(self) -> str:
        return clock(self.seconds)
