"""Assignments: what a session's students are to do, when, for how much, and what lateness costs."""

import datetime
import zoneinfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Case, Count, Exists, F, FilteredRelation, OuterRef, Q, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from courses.enrollment.access import (
    Person,
    is_admin,
    members_of,
    sessions_run_by,
    sessions_seated_in,
    sessions_staffed_by,
)
from courses.enrollment.models import Enrollment
from courses.people.audit import differences, record
from courses.people.models import User
from courses.sessions.models import Session, day
from courses.sessions.releases import LectureRelease
from grader.assignments.lateness import LateRule
from grader.assignments.models import Exercise
from grader.assignments.wording import rule_in_words

MOST_DAYS = 365


class EditedMeanwhile(Exception):
    """Somebody else has changed the assignment since it was read; `current` is what they made of it."""

    def __init__(self, current: "Assignment") -> None:
        super().__init__("Somebody else has changed this assignment meanwhile.")
        self.current = current


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current(self) -> "AssignmentQuerySet":
        """Those that were not taken out of their sessions."""
        return self.filter(removed_at__isnull=True)

    def opened(self, at: datetime.datetime | None = None) -> "AssignmentQuerySet":
        """Those on which students work, or have worked, at that moment: their lecture is open then, too."""
        return self.current().filter(opened_by(at or timezone.now()))

    def posted(self) -> "AssignmentQuerySet":
        """Those whose scores students see."""
        return self.current().filter(Q(hidden=False) | Q(posted_at__isnull=False))

    def unposted(self) -> "AssignmentQuerySet":
        """Those whose scores are hidden from students as yet."""
        return self.current().filter(hidden=True, posted_at__isnull=True)

    def run_by(self, person: Person) -> "AssignmentQuerySet":
        """Those of sessions that the person teaches."""
        return self.filter(session__in=sessions_run_by(person))

    def of_student(self, person: Person) -> "AssignmentQuerySet":
        """Those of sessions in which the person has a seat."""
        return self.current().filter(session__in=sessions_seated_in(person).filter(canceled_at__isnull=True))

    def visible_to(self, person: Person) -> "AssignmentQuerySet":
        """All for admins; those of their sessions for staff; for students those on which they work, or have worked."""
        if is_admin(person):
            return self.due_for(person)
        working = self.opened().filter(session__in=sessions_seated_in(person))
        return self.due_for(person).filter(Q(session__in=sessions_staffed_by(person)) | Q(pk__in=working.values("pk")))

    def due_for(self, person: Person) -> "AssignmentQuerySet":
        """Each with `own_due_at`: when it is due for this person, by an extension or without."""
        extension = FilteredRelation("extensions", condition=Q(extensions__student=person.pk))
        later = Greatest("due_at", Coalesce("extension__due_at", "due_at"))
        found = self.annotate(extension=extension)
        return found.annotate(own_due_at=Case(When(due_at__isnull=False, then=later)))

    def listed(self) -> "AssignmentQuerySet":
        """With what a list shows of each: the texts stay in the database."""
        rows = self.select_related("session__course", "exercise__lecture")
        return rows.defer("exercise__statement", "exercise__starter", "exercise__hints", "exercise__lecture__body")

    def turnout(self, session: Session) -> dict[int, tuple[int, int]]:
        """By assignment of the session, how many of its students have handed in since it opened, and have a score."""
        since_open = Q(opens_at__isnull=True) | Q(exercise__submissions__queued_at__gte=F("opens_at"))
        since_open |= Q(exercise__submissions__student__in=_moved_to(session))
        rows = self.filter(
            since_open, ~Q(exercise__submissions__status="canceled"),
            session=session, exercise__submissions__student__in=members_of(session),
        ).order_by()  # fmt: skip
        who, scored = "exercise__submissions__student", Q(exercise__submissions__result__isnull=False)
        counted = rows.values("pk").annotate(
            handed_in=Count(who, distinct=True), graded=Count(who, distinct=True, filter=scored)
        )
        return {row["pk"]: (row["handed_in"], row["graded"]) for row in counted}


class Assignment(models.Model):
    """An exercise of a session. One that is taken out keeps its scores, and comes back with them."""

    class Counted(models.TextChoices):
        BEST = "best", "The best"
        LAST = "last", "The last"

    session = models.ForeignKey(Session, models.PROTECT, related_name="assignments")
    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="assignments")
    opens_at = models.DateTimeField(null=True, blank=True, help_text="empty: with its lecture")
    due_at = models.DateTimeField(null=True, blank=True, help_text="empty: as long as the session takes work")
    weight = models.DecimalField(
        max_digits=6, decimal_places=2, default=1, validators=[MinValueValidator(0)],
        help_text="its share of the total, beside the other assignments; 0: practice",
    )  # fmt: skip
    attempts = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)],
        help_text="how many submissions count, the first ones; empty: all",
    )  # fmt: skip
    counted = models.CharField(max_length=4, choices=Counted.choices, default=Counted.BEST)
    grace_days = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(MOST_DAYS)], help_text="so many days late cost nothing"
    )
    late_percent = models.PositiveSmallIntegerField(
        default=10, validators=[MaxValueValidator(100)],
        help_text="of the marks earned, for each further day begun",
    )  # fmt: skip
    late_days = models.PositiveSmallIntegerField(
        default=7, validators=[MaxValueValidator(MOST_DAYS)],
        help_text="for so many days after it is due work still counts",
    )  # fmt: skip
    hidden = models.BooleanField(default=False, help_text="students see no score of it until it is posted")
    posted_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False, help_text="counts changes, so that none is lost")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = [F("due_at").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(name="assigned_once_a_session", fields=["session", "exercise"]),
            models.CheckConstraint(name="assignment_weight_not_negative", condition=Q(weight__gte=0)),
            models.CheckConstraint(name="assignment_attempts_at_least_one", condition=Q(attempts__gte=1)),
            models.CheckConstraint(name="late_percent_is_a_share", condition=Q(late_percent__lte=100)),
            models.CheckConstraint(name="grace_within_late_days", condition=Q(grace_days__lte=F("late_days"))),
            models.CheckConstraint(
                name="assignment_opens_before_due",
                condition=Q(opens_at__isnull=True) | Q(due_at__isnull=True) | Q(opens_at__lt=F("due_at")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.exercise.title

    def clean(self) -> None:
        """What the database refuses, in words, and dates that bring nobody anything. Raises ValidationError."""
        wrong: dict[str, str] = {}
        if self.grace_days is not None and self.late_days is not None and self.grace_days > self.late_days:
            wrong["grace_days"] = (
                f"Late work counts for {self.late_days} days only. Let it count longer, or give fewer days of grace."
            )
        if self.due_at is not None:
            if self.opens_at is not None and self.opens_at >= self.due_at:
                wrong["due_at"] = "It would be due before it opens. Choose a later moment, or let it open earlier."
            elif too_late := after_close(self.session, self.due_at):
                wrong["due_at"] = too_late
        if wrong:
            raise ValidationError(wrong)

    @property
    def late_rule(self) -> LateRule:
        """Of those without an extension."""
        return LateRule(self.due_at, self.grace_days, self.late_percent, self.late_days)

    @property
    def late_words(self) -> str:
        """The rule in a sentence."""
        return rule_in_words(self.late_rule)

    @property
    def own_rule(self) -> LateRule:
        """Of the person whom `due_for` was asked about."""
        return self.late_rule.extended(getattr(self, "own_due_at", None))

    @property
    def is_extended(self) -> bool:
        """Whether the person whom `due_for` was asked about has more time than the others."""
        return self.own_rule != self.late_rule

    @property
    def is_practice(self) -> bool:
        return not self.weight

    @property
    def is_posted(self) -> bool:
        """Whether students see its scores."""
        return not self.hidden or self.posted_at is not None

    @transaction.atomic
    def assign(self, actor: User) -> None:
        """Keep a new one. Call it with the session locked."""
        self.save()
        record(actor, f"assigned “{self}”", self.session, {"due_at": (None, self.due_at)})

    @transaction.atomic
    def keep(self, actor: User) -> None:
        """Save what was edited, and note it. Raises EditedMeanwhile unless `version` is what it is in the database."""
        before = (
            Assignment.objects.select_for_update(of=("self",)).select_related("exercise", "session").get(pk=self.pk)
        )
        if before.version != self.version:
            raise EditedMeanwhile(before)
        changed = differences(before, self)
        if changed:
            self.version += 1
            self.save(update_fields=[*changed, "version"])
            record(actor, f"changed the assignment “{self}”", self.session, changed)

    @property
    def scored(self) -> models.QuerySet[User]:
        """Students of the session who have a score for it, of the examiner's or of staff's."""
        moved = Q(student__in=_moved_to(self.session))
        since_open = Q(queued_at__gte=self.opens_at) | moved if self.opens_at else Q()
        graded = self.exercise.submissions.filter(since_open, result__isnull=False).values("student")
        decided = self.overrides.filter(points__isnull=False).values("student")
        return members_of(self.session).filter(Q(pk__in=graded) | Q(pk__in=decided))

    @property
    def is_touched(self) -> bool:
        """Whether anybody has a score for it, or staff have decided something about it."""
        kinds = [relation.get_accessor_name() for relation in self._meta.related_objects]
        return self.scored.exists() or any(getattr(self, str(kind)).exists() for kind in kinds)

    @transaction.atomic
    def take_out(self, actor: User) -> None:
        """It is no assignment of the session any more. What nobody has touched is deleted, all else can come back."""
        record(actor, f"took out the assignment “{self}”", self.session, {"due_at": (self.due_at, None)})
        if self.is_touched:
            self._set_removed(timezone.now())
        else:
            self.delete()

    @transaction.atomic
    def put_back(self, actor: User) -> None:
        """Have it in the session again, with its scores and extensions."""
        self._set_removed(None)
        record(actor, f"put back the assignment “{self}”", self.session, {"due_at": (None, self.due_at)})

    def _set_removed(self, at: datetime.datetime | None) -> None:
        self.removed_at, self.version = at, self.version + 1
        self.save(update_fields=["removed_at", "version"])


def _moved_to(session: Session) -> models.QuerySet[Enrollment, int]:
    """Who has come from another session of the course, by their keys: work from before it opened here counts, too."""
    seats = Enrollment.objects.left_for(session, session.course_id).filter(user__in=members_of(session))
    return seats.values_list("user", flat=True)


def opened_by(at: datetime.datetime) -> Q:
    """That students work on an assignment at a moment, or have worked, unless it was taken out."""
    later = LectureRelease.objects.later_than(at)
    held_back = later.filter(session=OuterRef("session"), lecture=OuterRef("exercise__lecture"))
    return (Q(opens_at__isnull=True) | Q(opens_at__lte=at)) & ~Q(Exists(held_back))


def after_close(session: Session, due_at: datetime.datetime) -> str:
    """Why nothing can be due then, in words; empty where it can: the session takes work on that day."""
    last = session.submissions_close_on
    if last is None or due_at.astimezone(zoneinfo.ZoneInfo(session.time_zone)).date() <= last:
        return ""
    return f"The session takes work until {day(last)}. Choose an earlier moment, or let it take work longer."
