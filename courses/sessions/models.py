"""Sessions: dated batches of a course, in class or online, each with its seats and price."""

import datetime
import itertools
import zoneinfo
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from moneyed import CURRENCIES

from courses.catalog.models import Content, Course, Instructor
from courses.people.audit import differences, record
from courses.people.models import User, validate_time_zone

# An hour at least, a year at most.
HOURS = [MinValueValidator(1), MaxValueValidator(365 * 24)]


def validate_day(date: datetime.date) -> None:
    """Refuse years that nobody means, and with which clocks cannot reckon."""
    if not 2000 <= date.year < 2200:
        raise ValidationError(f"The year {date.year} is not one of this school. Write one between 2000 and 2199.")


class SessionRefused(Exception):
    """What staff ask of a session cannot be had as things stand; the message says why and what to do."""


def validate_currency(code: str) -> None:
    """Refuse what is no currency, such as "usd" or "Dollar"."""
    if code not in CURRENCIES:
        raise ValidationError(f"“{code}” is no currency. Write its three letters, such as USD.")


class SessionQuerySet(models.QuerySet["Session"]):
    def published(self) -> "SessionQuerySet":
        return self.filter(published=True, course__published=True)

    def upcoming(self) -> "SessionQuerySet":
        """Those that are not over yet, and take place."""
        return self.filter(ends_on__gte=timezone.now().date(), canceled_at__isnull=True)

    def taught_by(self, user: User) -> "SessionQuerySet":
        return self.filter(instructors__user=user)

    def assisted_by(self, user: User) -> "SessionQuerySet":
        return self.filter(assistants=user)

    def in_state(self, state: str) -> "SessionQuerySet":
        """Those of which `state` is what the property of this name says."""
        states = {
            Session.State.CANCELED: Q(canceled_at__isnull=False),
            Session.State.DRAFT: Q(canceled_at__isnull=True, published=False),
            Session.State.CLOSED: Q(canceled_at__isnull=True, published=True, closed_at__isnull=False),
            Session.State.PUBLISHED: Q(canceled_at__isnull=True, published=True, closed_at__isnull=True),
        }
        return self.filter(states[Session.State(state)])


class Session(Content):
    """A dated batch of a course. Dates are those of its own time zone."""

    class Modality(models.TextChoices):
        IN_CLASS = "in_class", "In class"
        ONLINE = "online", "Online"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        CLOSED = "closed", "Closed"
        CANCELED = "canceled", "Canceled"

    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions")
    slug = models.SlugField(max_length=80, help_text="unique within the course, such as new-york-2027-01-11")
    modality = models.CharField(max_length=10, choices=Modality.choices)
    place = models.CharField(max_length=120, blank=True, help_text="city or address; empty when online")
    time_zone = models.CharField(max_length=64, validators=[validate_time_zone])
    starts_on = models.DateField(validators=[validate_day])
    ends_on = models.DateField(validators=[validate_day])
    submissions_close_on = models.DateField(
        null=True,
        blank=True,
        validators=[validate_day],
        help_text="last day on which new work is taken; empty: never closes",
    )
    seats = models.PositiveIntegerField()
    seats_taken = models.PositiveIntegerField(default=0, editable=False)
    price = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3, default="USD", validators=[validate_currency])
    published = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="since when nobody can enroll")
    canceled_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="it does not take place")
    hold_hours = models.PositiveIntegerField(
        default=7 * 24, validators=HOURS, help_text="how long a seat is kept for who has not paid"
    )
    offer_hours = models.PositiveIntegerField(
        default=48, validators=HOURS, help_text="how long a free seat is offered to the next of the waiting list"
    )
    refund_full_days = models.PositiveSmallIntegerField(
        default=14, help_text="who withdraws so many days before the first one, or earlier, gets everything back"
    )
    refund_late_percent = models.PositiveSmallIntegerField(
        default=50, help_text="of the price, for who withdraws later, but before the first day; from then on nothing"
    )
    instructors = models.ManyToManyField(Instructor, blank=True, related_name="sessions")
    assistants = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="assisted_sessions")

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "modality", "place"]
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="session_slug_once_a_course"),
            models.CheckConstraint(
                name="seats_taken_within_seats", condition=Q(seats_taken__gte=0, seats_taken__lte=F("seats"))
            ),
            models.CheckConstraint(name="session_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="session_price_not_negative", condition=Q(price__gte=0)),
            models.CheckConstraint(name="refund_is_a_share", condition=Q(refund_late_percent__lte=100)),
            models.CheckConstraint(name="session_in_class_has_place", condition=Q(modality="online") | ~Q(place="")),
        ]

    def __str__(self) -> str:
        return f"{self.where}, {day(self.starts_on)}"

    def get_absolute_url(self) -> str:
        return reverse("session", args=[self.course.slug, self.slug])

    def clean(self) -> None:
        """The form's answer to what the database refuses, and to days on which something is planned."""
        if self.canceled_at is not None:
            raise ValidationError("This session is canceled. Nothing of it can be changed any more.")
        wrong: dict[str, str] = {}
        if self.seats is not None and self.seats < self.seats_taken:
            wrong["seats"] = f"{self.seats_taken} seats are taken. Offer at least as many."
        if self.price is not None and self.price < 0:
            wrong["price"] = "A price is not below zero."
        if self.refund_late_percent is not None and self.refund_late_percent > 100:
            wrong["refund_late_percent"] = "At most 100 percent can be paid back."
        if self.modality == self.Modality.IN_CLASS and not self.place:
            wrong["place"] = "Say where it is held: a city or an address."
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            wrong["ends_on"] = f"The last day is before the first one, {day(self.starts_on)}. Choose a later day."
        elif self.starts_on and self.ends_on:
            if self.submissions_close_on and self.submissions_close_on < self.starts_on:
                wrong["submissions_close_on"] = "This is before the first day. Choose a later day, or none."
            if self.pk and self.time_zone in zoneinfo.available_timezones():
                wrong |= self._left_out()
        if wrong:
            raise ValidationError(wrong)

    def _left_out(self) -> dict[str, str]:
        """The first meeting, or lecture to open, that the dates leave out, by the field that has to take it in."""
        zone = zoneinfo.ZoneInfo(self.time_zone)
        for meeting in self.meetings.filter(canceled_at__isnull=True).order_by("starts_at"):
            begins, ends = (at.astimezone(zone).date() for at in (meeting.starts_at, meeting.ends_at))
            if begins < self.starts_on:
                return {"starts_on": f"“{meeting}” is on {day(begins)}, before the first day. Move or cancel it first."}
            if ends > self.ends_on:
                return {"ends_on": f"“{meeting}” is on {day(ends)}, after the last day. Move or cancel it first."}
        last = self.releases.select_related("lecture").order_by("opens_at").last()
        if last is not None and (opens := last.opens_at.astimezone(zone).date()) > self.ends_on:
            said = f"“{last.lecture}” opens on {day(opens)}, after the last day. Let it open earlier first."
            return {"ends_on": said}
        return {}

    @property
    def state(self) -> State:
        """A draft is seen by staff alone; a closed session takes nobody new; a canceled one does not take place."""
        if self.canceled_at is not None:
            return self.State.CANCELED
        if not self.published:
            return self.State.DRAFT
        return self.State.CLOSED if self.closed_at is not None else self.State.PUBLISHED

    def get_state_display(self) -> str:
        return self.state.label

    @property
    def where(self) -> str:
        """The place, or "Online"."""
        return self.place or self.get_modality_display()

    @property
    def full_name(self) -> str:
        """With the course, for where it is not clear which one is meant."""
        return f"{self.course}, {self}"

    @property
    def seats_left(self) -> int:
        return self.seats - self.seats_taken

    @property
    def today(self) -> datetime.date:
        """The date it is now where the session is held."""
        return timezone.now().astimezone(zoneinfo.ZoneInfo(self.time_zone)).date()

    @property
    def is_over(self) -> bool:
        return self.today > self.ends_on

    @property
    def takes_submissions(self) -> bool:
        """False after the day that ends new submissions; what was handed in stays readable."""
        return self.submissions_close_on is None or self.today <= self.submissions_close_on

    @property
    def takes_enrollments(self) -> bool:
        return self.state == self.State.PUBLISHED and self.course.published and not self.is_over

    @property
    def refund_percent(self) -> int:
        """Which share of the price comes back to who withdraws today."""
        days = (self.starts_on - self.today).days
        if days <= 0:
            return 0
        return 100 if days >= self.refund_full_days else self.refund_late_percent

    @property
    def refund_in_full_until(self) -> datetime.date:
        """The last day on which who withdraws gets everything back."""
        return self.starts_on - datetime.timedelta(days=max(self.refund_full_days, 1))

    def lock(self) -> None:
        """Read the row anew, and keep others from changing it, or from moving seats, until the transaction ends.

        Whoever moves seats begins with this; where two sessions are concerned, the one of the lower key first.
        """
        rows = Session.objects.select_for_update(of=("self",), no_key=True).select_related("course")
        self.refresh_from_db(from_queryset=rows)

    def take_seats(self, number: int = 1) -> bool:
        """Take so many seats if they are left, in one conditional update. False, and none taken, where they are not."""
        left = Session.objects.filter(pk=self.pk, seats_taken__lte=F("seats") - number)
        return bool(left.update(seats_taken=F("seats_taken") + number))

    def release_seats(self, number: int = 1) -> None:
        Session.objects.filter(pk=self.pk, seats_taken__gte=number).update(seats_taken=F("seats_taken") - number)

    @transaction.atomic
    def set_up(self, actor: User, instructors: Iterable[Instructor] = ()) -> None:
        """Keep a new session as a draft, named by its place and first day; an instructor who makes it teaches it."""
        self.slug = self.free_slug()
        self.save()
        self.instructors.set([*instructors, *Instructor.objects.filter(user=actor)])
        record(actor, f"made {self}", self)

    @transaction.atomic
    def name_instructors(self, actor: User, instructors: Iterable[Instructor]) -> None:
        """Say who teaches it."""
        before = ", ".join(map(str, self.instructors.all()))
        self.instructors.set(instructors)
        after = ", ".join(map(str, self.instructors.all()))
        if before != after:
            record(actor, f"named who teaches {self}", self, {"instructors": (before, after)})

    def free_slug(self) -> str:
        """Place, or how it is held, and first day; numbered where another session of the course is called so.

        Call it in the transaction that takes it: until its end the course is kept from others who ask.
        """
        Course.objects.select_for_update(no_key=True).get(pk=self.course_id)
        others = Session.objects.filter(course=self.course_id, slug__startswith=self.stem).exclude(pk=self.pk)
        taken = set(others.values_list("slug", flat=True))
        numbered = (self.stem if number == 1 else f"{self.stem}-{number}" for number in itertools.count(1))
        return next(slug for slug in numbered if slug not in taken)

    @property
    def stem(self) -> str:
        return f"{slugify(self.where)[:60] or 'session'}-{self.starts_on}"

    @transaction.atomic
    def keep(self, actor: User, done: str = "changed") -> None:
        """Save what was edited, and note what each field held before. A draft is named anew by its place and day."""
        before = Session.objects.get(pk=self.pk)
        if before.state == self.State.DRAFT and before.slug.startswith(before.stem) and not self.loaded:
            self.slug = self.free_slug()
        # Seats are counted by those who take them, at the same time perhaps.
        changed = differences(before, self, besides=["seats_taken", "loaded"])
        if changed:
            self.save(update_fields=list(changed))
            record(actor, f"{done} {self}", self, changed)

    def obstacles(self) -> list[str]:
        """What keeps it from being published, each as a sentence that says what to do."""
        found = []
        if not self.course.published:
            found.append("Its course is not published. Ask an admin to publish it.")
        if self.is_over:
            found.append("Its last day is over. Choose later dates.")
        if not self.instructors.exists():
            found.append("Nobody teaches it. Ask an admin to name an instructor.")
        if not self.seats:
            found.append("It has no seats. Offer at least one.")
        return found

    @transaction.atomic
    def publish(self, actor: User) -> None:
        """Show it in the catalog and take enrollments. Raises SessionRefused."""
        self._lock_to("published", self.State.DRAFT)
        if obstacles := self.obstacles():
            raise SessionRefused(" ".join(obstacles))
        self.published = True
        self.keep(actor, "published")

    @transaction.atomic
    def take_back(self, actor: User) -> None:
        """Make it a draft again, while nobody has a seat or waits for one. Raises SessionRefused."""
        self._lock_to("taken back", self.State.PUBLISHED, self.State.CLOSED)
        if self.seats_taken or self.waiting.filter(ended_at__isnull=True).exists():
            raise SessionRefused("People are enrolled or wait for a seat. Close the session, or cancel it.")
        self.published, self.closed_at = False, None
        self.keep(actor, "took back")

    @transaction.atomic
    def close(self, actor: User) -> None:
        """Take nobody new. Raises SessionRefused."""
        self._lock_to("closed", self.State.PUBLISHED)
        self.closed_at = timezone.now()
        self.keep(actor, "closed")

    @transaction.atomic
    def reopen(self, actor: User) -> None:
        """Take people again. Raises SessionRefused."""
        self._lock_to("reopened", self.State.CLOSED)
        self.closed_at = None
        self.keep(actor, "reopened")

    def _lock_to(self, verb: str, *states: State) -> None:
        self.lock()
        if self.state not in states:
            raise SessionRefused(f"This session is {self.state.label.lower()}: it cannot be {verb}.")

    def cancel(self) -> bool:
        """Mark that it does not take place, for good. False where it was canceled before.

        What follows for seats, money and mail is the business of `courses.enrollment.seats.cancel_session`.
        """
        self.canceled_at = timezone.now()
        return bool(Session.objects.filter(pk=self.pk, canceled_at__isnull=True).update(canceled_at=self.canceled_at))


def day(date: datetime.date) -> str:
    """As people read it in a sentence: “July 17, 2027”."""
    return date_format(date, "F j, Y")
