"""What is due for a student: the assignments of their sessions, and how far they are with each."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from courses.enrollment.access import Person, now_for
from courses.enrollment.models import Enrollment
from grader.assignments.assignment import Assignment, AssignmentQuerySet, opened_by
from grader.assignments.models import Exercise
from grader.assignments.wording import cost_in_words
from grader.submissions.models import Submission
from grader.submissions.queue import Status

# What is due within this time stands at the top of every page.
SOON = datetime.timedelta(days=7)


class State(StrEnum):
    """How far a student is with an assignment."""

    NOTHING = "not handed in"
    HANDED_IN = "handed in"
    COUNTED = "counted"
    TOO_LATE = "handed in too late"


@dataclass(frozen=True)
class Due:
    """An assignment as it is due for a student at a moment.

    handed_in : when each of their submissions for it came, the first one first, and whether it has a score.
    moved : they came from another session of the course, and bring along what they handed in before it opened here.
    """

    assignment: Assignment
    handed_in: tuple[tuple[datetime.datetime, bool], ...]
    now: datetime.datetime
    opened: bool
    moved: bool

    @property
    def at(self) -> datetime.datetime | None:
        return self.assignment.own_rule.due

    @property
    def closes_at(self) -> datetime.datetime | None:
        """Until when late work counts, where it does."""
        rule = self.assignment.own_rule
        return rule.closes if rule.late_days else None

    @property
    def is_late(self) -> bool:
        return self.at is not None and self.now > self.at

    @property
    def attempts(self) -> list[tuple[datetime.datetime, bool]]:
        """Of the submissions those that count, or will once they have a score."""
        opens_at, rule = self.assignment.opens_at, self.assignment.own_rule
        since = [one for one in self.handed_in if self.moved or opens_at is None or one[0] >= opens_at]
        return [one for one in since if rule.counts(one[0])][: self.assignment.attempts]

    @property
    def used_up(self) -> bool:
        """Whether a further submission would be one too many to count."""
        return self.assignment.attempts is not None and len(self.attempts) >= self.assignment.attempts

    @property
    def state(self) -> State:
        if any(scored for _, scored in self.attempts):
            return State.COUNTED
        if self.attempts:
            return State.HANDED_IN
        return State.TOO_LATE if self.handed_in and self.is_closed else State.NOTHING

    @property
    def is_closed(self) -> bool:
        """Whether what is handed in now counts no more."""
        return not self.assignment.own_rule.counts(self.now) or not self.assignment.session.takes_submissions

    @property
    def is_past(self) -> bool:
        """Whether it was due, and nothing is left to do: it is handed in, or closed."""
        return self.is_late and (self.is_closed or self.state != State.NOTHING)

    @property
    def cost(self) -> str:
        """What it costs to hand in now, in words."""
        if not self.assignment.session.takes_submissions:
            return "This session no longer takes work."
        if self.used_up and not self.is_closed:
            return "All attempts that count are used: handed in now it will not count."
        return cost_in_words(self.assignment.own_rule, self.now)


def due_in(assignments: AssignmentQuerySet, person: Person) -> list[Due]:
    """These assignments as they are due for the person, the first one first; what has no due date comes last."""
    now = now_for(person)
    opened = ExpressionWrapper(opened_by(now), BooleanField())
    moved = Exists(Enrollment.objects.left_for(OuterRef("session"), OuterRef("session__course")).filter(user=person.pk))
    shown = list(assignments.due_for(person).listed().annotate(opened=opened, moved=moved))
    work = submitted(person, {one.exercise_id for one in shown})
    found = [Due(one, tuple(work[one.exercise_id]), now, one.opened, one.moved) for one in shown]
    never = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    return sorted(found, key=lambda due: (due.at or never, due.assignment.pk))


def submitted(person: Person, exercises: Iterable[int]) -> dict[int, list[tuple[datetime.datetime, bool]]]:
    """By exercise, when the person handed in and whether there is a score; what failed by our fault is no attempt."""
    own = Submission.objects.filter(student=person.pk, exercise__in=exercises)
    own = own.exclude(status__in=[Status.CANCELED, Status.FAILED]).order_by("queued_at", "pk")
    found = defaultdict(list)
    for exercise, at, result in own.values_list("exercise", "queued_at", "result"):
        found[exercise].append((at, result is not None))
    return found


def due_next(person: Person) -> list[Due]:
    """What the person can still earn marks with, or has handed in and is not due yet: the first one first."""
    opened = Assignment.objects.of_student(person).opened(now_for(person))
    return [
        due
        for due in due_in(opened, person)
        if due.at is not None and not due.is_closed and (not due.is_late or due.state == State.NOTHING)
    ]


def due_for_exercise(exercise: Exercise, person: Person) -> list[Due]:
    """The exercise in each session through which the person has it and in which it is assigned."""
    return due_in(Assignment.objects.of_student(person).filter(exercise=exercise), person)


def due_soon(person: Person) -> int:
    """How many assignments are due within a week that count and that the person has not handed in. One query."""
    now = now_for(person)
    handed_in = Submission.objects.filter(student=person.pk, exercise=OuterRef("exercise"))
    handed_in = handed_in.exclude(status=Status.CANCELED)
    opened = Assignment.objects.of_student(person).opened(now).due_for(person).filter(weight__gt=0)
    soon = Q(own_due_at__gte=now, own_due_at__lte=now + SOON)
    return opened.filter(soon).exclude(Exists(handed_in)).count()
