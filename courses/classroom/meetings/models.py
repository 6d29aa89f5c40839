"""A session's timetable: its meetings, and who was there."""

import datetime
import zoneinfo
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models import F, Prefetch, Q, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from courses.catalog.models import Lecture, SectionLecture
from courses.enrollment.access import Person, members_of, sessions_run_by
from courses.people.audit import differences, record
from courses.people.mail import Kind, write
from courses.people.models import User
from courses.sessions.models import Session, day
from courses.templatetags.dates import span_in

# A change of these is one that people have to know of.
TOLD = {"starts_at", "ends_at", "room"}


def wall_time(date: datetime.date, time: datetime.time, zone: str, *, later: bool | None = None) -> datetime.datetime:
    """The moment at which a clock in this time zone shows this date and time.

    later : which of both is meant in the hour that daylight saving repeats; None where nobody was asked.
    Raises ValidationError with code "skipped" for a time that the clocks leave out, and "repeated" for one that
    they show twice while `later` is None.
    """
    local = datetime.datetime.combine(date, time, zoneinfo.ZoneInfo(zone))
    first, second = local.replace(fold=0), local.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(datetime.UTC)
    city = zone.rpartition("/")[2].replace("_", " ")
    # In a gap the offset before it is the smaller one: the later reading comes out earlier.
    if first.astimezone(datetime.UTC) > second.astimezone(datetime.UTC):
        raise ValidationError(
            f"There is no {time:%H:%M} on {date:%B} {date.day}, {date.year} in {city}: the clocks are put forward "
            "over it. Choose an earlier or a later time.",
            code="skipped",
        )
    if later is None:
        raise ValidationError(
            f"The clocks in {city} show {time:%H:%M} twice on {date:%B} {date.day}, {date.year}: they are put back. "
            "Say which of both is meant.",
            code="repeated",
        )
    return (second if later else first).astimezone(datetime.UTC)


def names(of: str = "") -> list[Prefetch]:
    """What the names of many meetings are made of, to be fetched at once; `of` leads to them, such as "meeting__"."""
    return [
        Prefetch(f"{of}lectures", Lecture.objects.only("slug", "title")),
        Prefetch(f"{of}lectures__places", SectionLecture.objects.outline()),
    ]


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def named(self) -> "MeetingQuerySet":
        """With what their names are made of."""
        return self.select_related("session__course").prefetch_related(*names())

    def run_by(self, person: Person) -> "MeetingQuerySet":
        """Those of sessions that the person teaches."""
        return self.filter(session__in=sessions_run_by(person))

    def held(self) -> "MeetingQuerySet":
        """Those that take place."""
        return self.filter(canceled_at__isnull=True, session__canceled_at__isnull=True)

    def to_come(self) -> "MeetingQuerySet":
        """Those that are not over yet, the next first."""
        return self.held().filter(ends_at__gt=timezone.now()).order_by("starts_at")

    def begun(self) -> "MeetingQuerySet":
        """Those of which something can have been recorded."""
        return self.held().filter(starts_at__lte=timezone.now())

    def past(self) -> "MeetingQuerySet":
        return self.held().filter(ends_at__lte=timezone.now())

    def overlapping(self, meeting: "Meeting") -> "MeetingQuerySet":
        """Others of the same session that take place at the same time."""
        return self.filter(
            session=meeting.session_id,
            canceled_at__isnull=True,
            starts_at__lt=meeting.ends_at,
            ends_at__gt=meeting.starts_at,
        ).exclude(pk=meeting.pk)


class Meeting(models.Model):
    """One meeting of a session: when, where, and which lectures it covers.

    Moments are kept in UTC; people read and write them in the session's time zone. `sequence` counts changes, so
    that calendars take the newest.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="meetings")
    title = models.CharField(max_length=200, blank=True, help_text="empty: named by its lectures")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.CharField(max_length=200, blank=True)
    join_url = models.URLField(
        "join link",
        max_length=500,
        blank=True,
        help_text="WebEx, GoToMeeting, or any other",
        validators=[URLValidator(["https", "http"])],
    )
    lectures = models.ManyToManyField(Lecture, blank=True, related_name="meetings")
    canceled_at = models.DateTimeField(null=True, blank=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(name="meeting_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
        ]
        indexes = [models.Index(name="meeting_times", fields=["session", "starts_at"])]

    def __str__(self) -> str:
        """The title; where there is none, what is covered; else its day."""
        covered = "; ".join(str(place.lecture) for place in self.places)
        return self.title or covered or f"Meeting of {day(self.date)}"

    def get_absolute_url(self) -> str:
        return f"{self.session.get_absolute_url()}#meeting-{self.pk}"

    @property
    def join_address(self) -> str:
        """Where people join by way of Gradus, which leads on to the link."""
        return reverse("join", args=[self.pk])

    @property
    def places(self) -> list[SectionLecture]:
        """The lectures that it covers, where they stand in the course, in the order in which to take them."""
        if not self.pk:
            return []
        prefetch_related_objects([self], *names())
        course = self.session.course
        found = [place for lecture in self.lectures.all() for place in lecture.places.all()]
        return course.in_order(place for place in found if place.course_id == course.pk)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.session.time_zone)

    @property
    def date(self) -> datetime.date:
        """The day on which it begins where the session is held."""
        return self.starts_at.astimezone(self.zone).date()

    @property
    def is_canceled(self) -> bool:
        return self.canceled_at is not None or self.session.canceled_at is not None

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def can_be_joined(self) -> bool:
        return bool(self.join_url) and not self.is_canceled and not self.is_over

    def check_times(self) -> None:
        """Refuse times that cannot be. Raises ValidationError by field."""
        session = self.session
        if session.canceled_at is not None:
            raise ValidationError("This session is canceled. Nothing more can be planned in it.")
        if self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": "The end is not after the start. Choose a later end."})
        if not session.starts_on <= self.date <= self.ends_at.astimezone(self.zone).date() <= session.ends_on:
            from_to = f"{day(session.starts_on)} to {day(session.ends_on)}"
            said = f"The session runs from {from_to}, and this is outside of it. Choose another day."
            raise ValidationError({"starts_at": said})
        other = Meeting.objects.overlapping(self).first()
        if other is not None:
            when = span_in(other.starts_at, other.ends_at, session.time_zone)
            raise ValidationError({"starts_at": f"“{other}” is at the same time: {when}. Choose another time."})

    @transaction.atomic
    def plan(self, actor: User, lectures: Iterable[Lecture] = ()) -> None:
        """Keep a new meeting, with the lectures that it covers."""
        self.save()
        self.lectures.set(lectures)
        record(actor, f"planned “{self}”", self.session, {"starts_at": (None, self.starts_at)})

    @transaction.atomic
    def keep(self, actor: User, lectures: Iterable[Lecture] | None = None) -> None:
        """Save what was edited, note it, and tell members where time or room of a meeting to come has changed."""
        before = Meeting.objects.get(pk=self.pk)
        changed = differences(before, self, besides=["sequence", "changed_at"])
        if lectures is not None:
            covered = [", ".join(sorted(map(str, self.lectures.all())))]
            self.lectures.set(lectures)
            covered.append(", ".join(sorted(map(str, self.lectures.all()))))
            if covered[0] != covered[1]:
                changed["lectures"] = (covered[0], covered[1])
        if not changed:
            return
        self.sequence, self.changed_at = before.sequence + 1, timezone.now()
        self.save()
        record(actor, f"changed “{self}”", self.session, changed)
        if TOLD & set(changed) and max(before.ends_at, self.ends_at) > timezone.now():
            self._tell("meeting_moved", before=before)

    @transaction.atomic
    def cancel(self, actor: User) -> bool:
        """It does not take place; members are told where it was to come. False where it was canceled before."""
        now = timezone.now()
        canceled = Meeting.objects.filter(pk=self.pk, canceled_at__isnull=True).update(
            canceled_at=now, changed_at=now, sequence=F("sequence") + 1
        )
        self.refresh_from_db(fields=["canceled_at", "changed_at", "sequence"])
        if canceled:
            record(actor, f"canceled “{self}”", self.session)
            if not self.is_over:
                self._tell("meeting_canceled")
        return bool(canceled)

    def _tell(self, template: str, **context: Any) -> None:
        for person in members_of(self.session):
            write(person, Kind.ANNOUNCEMENT, template, meeting=self, session=self.session, **context)


class Attendance(models.Model):
    """Whether a person was at a meeting, as staff took it down; and when they followed the join link."""

    class Status(models.TextChoices):
        PRESENT = "present", "Present"
        LATE = "late", "Late"
        EXCUSED = "excused", "Excused"
        ABSENT = "absent", "Absent"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attendances")
    status = models.CharField(max_length=10, choices=Status.choices, blank=True, help_text="empty: not taken down")
    joined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "attendance"
        constraints = [models.UniqueConstraint(name="attendance_once_a_meeting", fields=["meeting", "person"])]

    def __str__(self) -> str:
        return f"{self.person}, {self.meeting}: {self.get_status_display() or 'not taken down'}"
