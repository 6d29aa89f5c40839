"""What the demo's sessions ask of their students: work due some days after each class, by rules that differ."""

import datetime
import itertools
import zoneinfo
from collections.abc import Sequence

from courses.models import Meeting
from grader.demo.school import School
from grader.demo.sessions import Batch
from grader.demo.submissions import exercises_of
from grader.models import Assignment, Exercise, Extension

DAY = datetime.timedelta(days=1)
END_OF_DAY = datetime.time(23, 59)
# Days from the class on, then grace, percent a day, and days on which late work counts: one rule a session.
RULES = ((4, 1, 5, 14), (5, 0, 20, 3), (3, 2, 10, 14), (6, 0, 0, 0))
# About one a class, with its weight: what else the classes have is for whoever wants to practice.
WEIGHTS = {
    "difference-quotient": 0, "chain-rule": 1, "saturation": 1, "perceptron-update": 1, "gradient-descent": 1,
    "backpropagation": 3, "xor-by-hand": 1, "cross-entropy-cost": 1, "tower": 2, "chain-gradient": 2,
}  # fmt: skip
FIRST_ATTEMPTS = {"saturation": 3, "xor-by-hand": 5}
# Scores of these are hidden until they are posted.
HIDDEN = ("backpropagation", "tower")
EXTENSIONS = 3


def assign(school: School, batches: Sequence[Batch]) -> None:
    """Give each session exercises of the classes that are not called off, and a few of its students more time."""
    exercises = {exercise.slug: exercise for exercise in Exercise.objects.filter(current=True)}
    found = [
        assignment_of(batch, meeting, exercises[slug], RULES[number % len(RULES)])
        for number, batch in enumerate(batches)
        for meeting, slug in first_classes(exercises_of([one for one in batch.meetings if one.canceled_at is None]))
        if slug in WEIGHTS
    ]
    Assignment.objects.bulk_create(found)
    Extension.objects.bulk_create(
        extension
        for batch in batches
        for extension in extensions_of(school, batch, [one for one in found if one.session == batch.session])
    )


def first_classes(asked: Sequence[tuple[Meeting, str]]) -> list[tuple[Meeting, str]]:
    """Each exercise with the first class that is about its lecture."""
    by_slug: dict[str, Meeting] = {}
    for meeting, slug in asked:
        by_slug.setdefault(slug, meeting)
    return [(meeting, slug) for slug, meeting in by_slug.items()]


def assignment_of(batch: Batch, meeting: Meeting, exercise: Exercise, rule: tuple[int, int, int, int]) -> Assignment:
    """The exercise, open from the class on, and due at the end of a day."""
    days, grace, percent, late_days = rule
    zone = zoneinfo.ZoneInfo(batch.session.time_zone)
    day = meeting.starts_at.astimezone(zone).date() + days * DAY
    day = min(day, batch.session.submissions_close_on or day)
    attempts = FIRST_ATTEMPTS.get(exercise.slug)
    return Assignment(
        session=batch.session, exercise=exercise, opens_at=meeting.starts_at,
        due_at=datetime.datetime.combine(day, END_OF_DAY, zone), weight=WEIGHTS[exercise.slug],
        attempts=attempts, counted=Assignment.Counted.LAST if attempts == 3 else Assignment.Counted.BEST,
        grace_days=grace, late_percent=percent, late_days=late_days, hidden=exercise.slug in HIDDEN,
    )  # fmt: skip


def extensions_of(school: School, batch: Batch, assignments: Sequence[Assignment]) -> list[Extension]:
    """More time for some students, each for another assignment that is due by now."""
    due = [(one, one.due_at) for one in assignments if one.due_at and one.due_at < school.now]
    students = sorted(batch.members, key=lambda one: one.email)[:EXTENSIONS]
    pairs = zip(due[2::2], students, itertools.cycle(["Was ill", "Travels for work", ""]))
    return [
        Extension(
            assignment=one, student=student, due_at=due_at + 3 * DAY, reason=reason,
            granted_by=school.teacher_of(batch.plan.teacher), granted_at=due_at - DAY,
        )
        for (one, due_at), student, reason in pairs
    ]  # fmt: skip
