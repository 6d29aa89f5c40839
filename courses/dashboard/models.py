"""Figures of days that are over, counted once: roll-ups. What they are for, and how they stay exact: `rollups`."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from courses.sessions.models import Session


class RolledDay(models.Model):
    """A day that is over and whose figures stand in the roll-ups of `what`.

    Whatever changes the past deletes the row, by a trigger of the database (migration 0007): the day is counted live
    then, until it is rolled up anew. A trigger knows moments and no clocks, so the day's bounds stand here.
    """

    what = models.CharField(max_length=20)
    day = models.DateField(help_text="of the clock of `zone`")
    zone = models.CharField(max_length=64)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["what", "day"]
        constraints = [models.UniqueConstraint(name="day_rolled_up_once", fields=["what", "day"])]
        # For the triggers: what happens now lies in no day that is over, which the last entry tells.
        indexes = [models.Index(name="rolled_day_ends", fields=["what", "ends_at"])]

    def __str__(self) -> str:
        return f"{self.what} of {self.day}"


class Counted(models.Model):
    """Figures of a session, of a day or of a whole month, which is named by its first day."""

    day = models.DateField()
    session = models.ForeignKey(Session, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.session_id} on {self.day}"


class Enrolled(Counted):
    """Who enrolled, and who withdrew. Who came back counts as never having left."""

    enrolled = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class EnrollmentDay(Enrolled):
    class Meta:
        constraints = [models.UniqueConstraint(name="enrollment_day_once", fields=["day", "session"])]


class EnrollmentMonth(Enrolled):
    class Meta:
        constraints = [models.UniqueConstraint(name="enrollment_month_once", fields=["day", "session"])]


class Revenue(Counted):
    """What came in and what went back, both above zero, with how many payments and refunds these were."""

    currency = models.CharField(max_length=3)
    received = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    refunded = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    payments = models.PositiveIntegerField(default=0)
    refunds = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class RevenueDay(Revenue):
    class Meta:
        constraints = [models.UniqueConstraint(name="revenue_day_once", fields=["day", "session", "currency"])]


class RevenueMonth(Revenue):
    class Meta:
        constraints = [models.UniqueConstraint(name="revenue_month_once", fields=["day", "session", "currency"])]


class WeeklyReport(models.Model):
    """That a person was sent the report of a week, which begins on this Monday of the school's clock."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    week = models.DateField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-week", "pk"]
        constraints = [models.UniqueConstraint(name="reported_once_a_week", fields=["person", "week"])]

    def __str__(self) -> str:
        return f"{self.week} to {self.person}"
