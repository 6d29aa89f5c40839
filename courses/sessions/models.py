"""Sessions: dated batches of a course, in class or online, each with its seats and price."""

import datetime
import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from courses.catalog.models import Content, Course, Instructor
from courses.people.models import User, validate_time_zone


class SessionQuerySet(models.QuerySet["Session"]):
    def published(self) -> "SessionQuerySet":
        return self.filter(published=True, course__published=True)

    def upcoming(self) -> "SessionQuerySet":
        """Those that one can still enroll in: not over yet."""
        return self.filter(ends_on__gte=timezone.now().date())

    def taught_by(self, user: User) -> "SessionQuerySet":
        return self.filter(instructors__user=user)

    def assisted_by(self, user: User) -> "SessionQuerySet":
        return self.filter(assistants=user)


class Session(Content):
    """A dated batch of a course. Dates are those of its own time zone."""

    class Modality(models.TextChoices):
        IN_CLASS = "in_class", "In class"
        ONLINE = "online", "Online"

    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions")
    slug = models.SlugField(max_length=80, help_text="unique within the course, such as new-york-2027-01-11")
    modality = models.CharField(max_length=10, choices=Modality.choices)
    place = models.CharField(max_length=120, blank=True, help_text="city or address; empty when online")
    time_zone = models.CharField(max_length=64, validators=[validate_time_zone])
    starts_on = models.DateField()
    ends_on = models.DateField()
    submissions_close_on = models.DateField(
        null=True, blank=True, help_text="last day on which new work is taken; empty: never closes"
    )
    seats = models.PositiveIntegerField()
    seats_taken = models.PositiveIntegerField(default=0, editable=False)
    price = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3, default="USD")
    published = models.BooleanField(default=False)
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
            models.CheckConstraint(name="session_in_class_has_place", condition=Q(modality="online") | ~Q(place="")),
        ]

    def __str__(self) -> str:
        return f"{self.course}, {self.where}, {self.starts_on}"

    def get_absolute_url(self) -> str:
        return reverse("session", args=[self.course.slug, self.slug])

    def clean(self) -> None:
        """The form's answer to what the database refuses."""
        if self.seats is not None and self.seats < self.seats_taken:
            raise ValidationError({"seats": f"{self.seats_taken} seats are taken. Offer at least as many."})

    @property
    def where(self) -> str:
        """The place, or "Online"."""
        return self.place or self.get_modality_display()

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

    def take_seat(self) -> bool:
        """Take one seat if one is left, in one conditional update. False when the session is full."""
        taken = Session.objects.filter(pk=self.pk, seats_taken__lt=F("seats")).update(seats_taken=F("seats_taken") + 1)
        return bool(taken)

    def release_seat(self) -> None:
        Session.objects.filter(pk=self.pk, seats_taken__gt=0).update(seats_taken=F("seats_taken") - 1)
