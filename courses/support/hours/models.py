"""Office hours: slots that staff of a session open, which its students book.

Whatever changes a slot or who has booked it locks the session first, as whatever moves seats does, and then the
people whose time it takes, the one of the lower key first.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from courses.enrollment.access import Person, sessions_attended_by, sessions_run_by, sessions_staffed_by
from courses.people import mail
from courses.people.audit import differences, record
from courses.people.models import User
from courses.sessions.models import Session
from courses.support.hours.bookings import Booking, HoursRefused, lock_people
from courses.support.hours.times import check_times
from courses.templatetags.dates import span_in

# A change of these is one that people have to know of.
TOLD = {"starts_at", "ends_at", "room", "join_url"}


def _host_still_staffs() -> Exists:
    """Of an office hour: whether its host is staff of its session now."""
    staffs = (
        Q(is_superuser=True) | Q(instructor__sessions=OuterRef("session")) | Q(assisted_sessions=OuterRef("session"))
    )
    return Exists(User.objects.filter(staffs, pk=OuterRef("host"), is_active=True))


class OfficeHourQuerySet(models.QuerySet["OfficeHour"]):
    def held(self) -> "OfficeHourQuerySet":
        """Those that take place."""
        return self.filter(canceled_at__isnull=True, session__canceled_at__isnull=True)

    def to_come(self) -> "OfficeHourQuerySet":
        """Those that have not begun, the next first."""
        return self.held().filter(starts_at__gt=timezone.now()).order_by("starts_at", "pk")

    def bookable(self) -> "OfficeHourQuerySet":
        """Those that somebody can book. No tables are joined, so that an update judges the row as it is then."""
        to_come = self.filter(canceled_at__isnull=True, starts_at__gt=timezone.now())
        return to_come.filter(_host_still_staffs(), booked__lt=F("capacity"))

    def left_by_host(self) -> "OfficeHourQuerySet":
        """Those whose host is no longer staff of the session; what is booked of them stays until it is canceled."""
        return self.exclude(_host_still_staffs())

    def managed_by(self, person: Person) -> "OfficeHourQuerySet":
        """Those that the person may move and cancel: their own, and those of sessions that they teach."""
        own = Q(host=person.pk, session__in=sessions_staffed_by(person))
        return self.filter(own | Q(session__in=sessions_run_by(person)))

    def visible_to(self, person: Person) -> "OfficeHourQuerySet":
        """All of sessions that the person staffs; of those that they attend what is free, and what they booked."""
        booked = Booking.objects.live().filter(student=person.pk).values("hour")
        free = OfficeHour.objects.bookable().values("pk")
        attended = Q(session__in=sessions_attended_by(person)) & (Q(pk__in=booked) | Q(pk__in=free))
        return self.filter(Q(session__in=sessions_staffed_by(person)) | attended)

    def with_people(self) -> "OfficeHourQuerySet":
        """With who has booked each, for `people`."""
        return self.prefetch_related(models.Prefetch("bookings", Booking.objects.live().select_related("student")))

    def at_once_with(self, hour: "OfficeHour") -> "OfficeHourQuerySet":
        """Others that take place at the same time."""
        return self.held().filter(starts_at__lt=hour.ends_at, ends_at__gt=hour.starts_at).exclude(pk=hour.pk)

    @transaction.atomic
    def open_row(self, first: "OfficeHour", number: int = 1) -> list["OfficeHour"]:
        """Open so many slots like the first, each beginning where the one before ends.

        Call it with the session locked. Raises ValidationError by field, and then none is open.
        """
        lock_people({first.host_id})
        made = []
        for place in range(number):
            hour = OfficeHour(
                session=first.session, host=first.host, room=first.room, join_url=first.join_url,
                capacity=first.capacity, starts_at=first.starts_at + place * first.length,
                ends_at=first.ends_at + place * first.length,
            )  # fmt: skip
            check_times(hour)
            hour.save()
            made.append(hour)
        when = span_in(first.starts_at, made[-1].ends_at, first.session.time_zone)
        slots = "1 office hour" if number == 1 else f"{number} office hours"
        record(first.host, f"opened {slots}: {when}", first.session)
        return made


class OfficeHour(models.Model):
    """A slot in which its host, of the session's staff, is there for who books it. `booked` counts them."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="office_hours")
    host = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="office_hours")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.CharField(max_length=200, blank=True)
    join_url = models.URLField(
        "join link",
        max_length=500,
        blank=True,
        help_text="WebEx, GoToMeeting, or any other; who has booked is shown it",
        validators=[URLValidator(["https", "http"])],
    )
    capacity = models.PositiveSmallIntegerField(
        "places", default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    booked = models.PositiveSmallIntegerField(default=0, editable=False)
    canceled_at = models.DateTimeField(null=True, blank=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfficeHourQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(name="hour_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="hour_booked_within_capacity", condition=Q(booked__gte=0, booked__lte=F("capacity"))
            ),
            models.CheckConstraint(name="hour_has_a_place", condition=~Q(room="", join_url="")),
            models.UniqueConstraint(
                name="hour_once_a_start", fields=["host", "starts_at"], condition=Q(canceled_at__isnull=True)
            ),
        ]
        indexes = [models.Index(name="hour_times", fields=["session", "starts_at"])]

    def __str__(self) -> str:
        return f"Office hour of {self.host}, {span_in(self.starts_at, self.ends_at, self.session.time_zone)}"

    def get_absolute_url(self) -> str:
        return reverse("office_hours", args=[self.session.course.slug, self.session.slug])

    @property
    def length(self) -> datetime.timedelta:
        return self.ends_at - self.starts_at

    @property
    def minutes(self) -> int:
        return int(self.length.total_seconds()) // 60

    @property
    def free(self) -> int:
        """How many places are left."""
        return self.capacity - self.booked

    @property
    def where(self) -> str:
        return self.room or "online"

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def people(self) -> list[Booking]:
        """The bookings that stand."""
        return [booking for booking in self.bookings.all() if booking.canceled_at is None]

    @transaction.atomic
    def keep(self, actor: User) -> None:
        """Save what was edited, note it, and tell who has booked it, and its host, where time or place has changed.

        Call it with the session locked. Raises ValidationError by field.
        """
        before = OfficeHour.objects.get(pk=self.pk)
        changed = differences(before, self, besides=["booked", "sequence", "changed_at"])
        if not changed:
            return
        lock_people({self.host_id, *Booking.objects.live().filter(hour=self).values_list("student", flat=True)})
        if before.canceled_at is not None or before.has_begun:
            raise ValidationError("It has begun, or is canceled. Open another one.")
        if self.capacity < before.booked:
            raise ValidationError({"capacity": f"{before.booked} have booked it. Leave room for them."})
        check_times(self)
        self.sequence, self.changed_at = before.sequence + 1, timezone.now()
        self.save(update_fields=[*changed, "sequence", "changed_at"])
        record(actor, f"changed the office hour of {self.host}", self.session, changed)
        if TOLD & set(changed):
            for booking in self.bookings.live().select_related("student"):
                self.tell({booking.student, self.host} - {actor}, "hours_moved", before=before, booking=booking)

    @transaction.atomic
    def cancel(self, actor: User, reason: str = "") -> None:
        """It does not take place; who has booked it is told, and its host. Call it with the session locked.

        Raises HoursRefused where it has begun.
        """
        now = timezone.now()
        to_come = OfficeHour.objects.filter(pk=self.pk, canceled_at__isnull=True, starts_at__gt=now)
        if not to_come.update(canceled_at=now, changed_at=now, sequence=F("sequence") + 1):
            raise HoursRefused("It has begun, or was canceled before.")
        self.refresh_from_db()
        record(actor, f"canceled the office hour of {self.host}", self.session, {"starts_at": (self.starts_at, None)})
        for booking in self.bookings.live().select_related("student"):
            booking.end()
            self.tell(
                {booking.student, self.host} - {actor}, "hours_canceled", booking=booking, by=actor, reason=reason
            )

    @transaction.atomic
    def book(self, student: User, about: str) -> Booking:
        """Give the student a place in it, in one conditional update, and tell both; again gives the same booking.

        Raises HoursRefused, which says why.
        """
        self.session.lock()
        lock_people({student.pk})
        if (booking := Booking.objects.live().filter(hour=self, student=student).first()) is not None:
            return booking
        if not sessions_attended_by(student).filter(pk=self.session_id).exists():
            raise HoursRefused("Office hours are for those who have a seat in this session, once it is paid.")
        now = timezone.now()
        bookable = OfficeHour.objects.bookable().filter(pk=self.pk)
        taken = bookable.update(booked=F("booked") + 1, sequence=F("sequence") + 1, changed_at=now)
        self.refresh_from_db()
        if not taken:
            raise HoursRefused(f"{self._why_not()} Choose another one.")
        others = OfficeHour.objects.at_once_with(self)
        if Booking.objects.live().filter(student=student, hour__in=others).exists():
            raise HoursRefused(
                "You have booked another office hour at this time. Cancel that first, or choose another."
            )
        booking = Booking.objects.create(hour=self, student=student, about=about)
        self.tell({student, self.host}, "hours_booked", booking=booking)
        return booking

    def _why_not(self) -> str:
        if self.canceled_at is not None:
            return "This office hour was canceled."
        if OfficeHour.objects.left_by_host().filter(pk=self.pk).exists():
            return f"{self.host} is no longer of this session's staff."
        return "This office hour has begun." if self.has_begun else "Somebody was quicker: this one is booked now."

    def give_back(self) -> None:
        """One place in it is free again."""
        OfficeHour.objects.filter(pk=self.pk).update(
            booked=F("booked") - 1, sequence=F("sequence") + 1, changed_at=timezone.now()
        )

    def tell(self, people: Iterable[User], template: str, **context: Any) -> None:
        """Write to each of them about it."""
        for person in people:
            mail.write(person, mail.Kind.HOURS, template, **{"hour": self, "session": self.session, **context})
