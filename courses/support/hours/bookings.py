"""Who has booked an office hour, and what about."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from courses.people.models import User


class HoursRefused(Exception):
    """What is asked of office hours cannot be had as things stand; the message says why and what to do."""


class BookingQuerySet(models.QuerySet["Booking"]):
    def live(self) -> "BookingQuerySet":
        """Those that were not canceled."""
        return self.filter(canceled_at__isnull=True)


class Booking(models.Model):
    """That a student comes to an office hour, and what about."""

    hour = models.ForeignKey("courses.OfficeHour", models.CASCADE, related_name="bookings")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookings")
    about = models.CharField(max_length=300)
    booked_at = models.DateTimeField(default=timezone.now, editable=False)
    canceled_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["booked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="booked_once_an_hour", fields=["hour", "student"], condition=Q(canceled_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.about}"

    @transaction.atomic
    def cancel(self) -> None:
        """The student does not come, which the host is told; canceling twice does it once. Raises HoursRefused."""
        self.hour.session.lock()
        self.hour.refresh_from_db()
        if self.hour.has_begun:
            raise HoursRefused("It has begun: it can no longer be canceled.")
        if self.end():
            self.hour.tell([self.hour.host], "hours_canceled", booking=self, by=self.student, reason="")

    def end(self) -> bool:
        """Give the place back; False where it was. Call it with the session locked."""
        self.canceled_at = timezone.now()
        ended = bool(Booking.objects.live().filter(pk=self.pk).update(canceled_at=self.canceled_at))
        if ended:
            self.hour.give_back()
        return ended


def lock_people(keys: set[int]) -> None:
    """Keep the time of these people from others who plan it, until the transaction ends."""
    list(User.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
