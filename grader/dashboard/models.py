"""What the dashboards keep: figures of days that are over, how students stood when last counted, and the watch list."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from courses.dashboard.ranges import school_today
from courses.enrollment.models import Enrollment
from courses.sessions.models import Session
from grader.assignments.models import Exercise
from grader.dashboard.risk import RISKS, Reason, any_of, reasons_of

# --- roll-ups: see grader/dashboard/load.py ----------------------------------------------------------


class OfExercise(models.Model):
    """Figures of an exercise, of a day or of a whole month, which is named by its first day."""

    day = models.DateField()
    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.exercise_id} on {self.day}"


class Graded(OfExercise):
    """What was handed in, what was graded for the first time and how that ended, and what was graded again."""

    handed_in = models.PositiveIntegerField(default=0)
    graded = models.PositiveIntegerField(default=0, help_text="for the first time; the outcomes add up to it")
    ok = models.PositiveIntegerField(default=0)
    error = models.PositiveIntegerField(default=0)
    time_limit = models.PositiveIntegerField(default=0)
    memory_limit = models.PositiveIntegerField(default=0)
    output_limit = models.PositiveIntegerField(default=0)
    protocol_error = models.PositiveIntegerField(default=0)
    regraded = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class GradingDay(Graded):
    class Meta:
        constraints = [models.UniqueConstraint(name="grading_day_once", fields=["day", "exercise"])]


class GradingMonth(Graded):
    class Meta:
        constraints = [models.UniqueConstraint(name="grading_month_once", fields=["day", "exercise"])]


class Timed(OfExercise):
    """How many first gradings waited, or took, so long: see `grader.dashboard.times.Bucket`."""

    measure = models.CharField(max_length=4, help_text="wait or took")
    bucket = models.SmallIntegerField()
    number = models.PositiveIntegerField()

    class Meta:
        abstract = True


class TimesDay(Timed):
    class Meta:
        constraints = [models.UniqueConstraint(name="times_day_once", fields=["day", "measure", "exercise", "bucket"])]


class TimesMonth(Timed):
    class Meta:
        constraints = [
            models.UniqueConstraint(name="times_month_once", fields=["day", "measure", "exercise", "bucket"])
        ]


# --- how students stand ------------------------------------------------------------------------------


class StandingQuerySet(models.QuerySet["Standing"]):
    def running(self) -> "StandingQuerySet":
        """Those of sessions that have begun, take place and are not over, by the school's clock."""
        today = school_today()
        return self.filter(
            session__starts_on__lte=today, session__ends_on__gte=today, session__canceled_at__isnull=True
        )

    def at_risk(self, code: str = "") -> "StandingQuerySet":
        """Those with this reason to look after them, or with any."""
        return self.filter(RISKS[code].met if code else any_of())


class Standing(models.Model):
    """How a student stands in a session: counted live for its staff, kept daily for what concerns all sessions.

    Of the assignments those with a weight are counted. Staff and admins alone are shown it.
    """

    enrollment = models.OneToOneField(Enrollment, models.CASCADE, related_name="standing")
    session = models.ForeignKey(Session, models.CASCADE, related_name="standings")
    assigned = models.PositiveSmallIntegerField(default=0, help_text="assignments in all")
    due = models.PositiveSmallIntegerField(default=0, help_text="assignments whose due date is past for the student")
    handed_in = models.PositiveSmallIntegerField(default=0, help_text="assignments with something graded or marked")
    missing = models.PositiveSmallIntegerField(default=0, help_text="assignments that are due, and nothing came")
    idle = models.PositiveSmallIntegerField(default=0, help_text="assignments that still take work, and nothing came")
    percent = models.FloatField(null=True, blank=True, help_text="the running total")
    last_handed_in_at = models.DateTimeField(null=True, blank=True)
    quiet_days = models.PositiveIntegerField(
        null=True, blank=True, help_text="days without work while there was some to do; empty: there is none"
    )
    absences = models.PositiveSmallIntegerField(default=0, help_text="from the last meetings, without excuse")
    stuck_attempts = models.PositiveIntegerField(default=0, help_text="graded attempts at `stuck_on`")
    stuck_on = models.ForeignKey(
        Exercise, models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="the exercise with most attempts and no full marks",
    )  # fmt: skip
    counted_at = models.DateTimeField(default=timezone.now)

    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering = ["session", "enrollment__user__name", "pk"]

    def __str__(self) -> str:
        return f"{self.enrollment}: {self.handed_in} of {self.assigned}"

    @property
    def has_completed(self) -> bool:
        """Whether there is something graded, or marked, for every assignment."""
        return self.assigned > 0 and self.handed_in >= self.assigned

    @property
    def reasons(self) -> list[Reason]:
        """Why to look after the student; empty where there is no reason to."""
        return reasons_of(self)

    @property
    def is_at_risk(self) -> bool:
        return bool(self.reasons)


class Completion(models.Model):
    """How many of a session's people had all done that was assigned, when their standings were last kept."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="completion")
    people = models.PositiveIntegerField(help_text="with a seat, where anything is assigned")
    completed = models.PositiveIntegerField(help_text="with something graded or marked for each assignment")
    counted_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.session}: {self.completed} of {self.people}"


# --- the watch list ----------------------------------------------------------------------------------


class WatchQuerySet(models.QuerySet["Watch"]):
    def current(self) -> "WatchQuerySet":
        """Those that staff have not ended."""
        return self.filter(ended_at__isnull=True)


class Watch(models.Model):
    """That staff put a student on a session's watch list by hand. The student is never shown it."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="watches")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "watches"
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="watched_once_at_a_time", fields=["session", "student"], condition=Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} in {self.session}"


class Note(models.Model):
    """What staff want to remember about a student of a session. The student is never shown it."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="notes")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(name="notes_of_student", fields=["session", "student"])]

    def __str__(self) -> str:
        return f"{self.author} about {self.student}, {self.written_at:%Y-%m-%d}"
