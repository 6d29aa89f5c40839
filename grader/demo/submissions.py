"""What students handed in, and what the examiner said of it.

The sources are those that the exercises bring: right ones, known mistakes, and what the editor opens with. Each is
graded once in the sandbox. The same version, source and seed give the same report, so that every submission of a
source with that seed has the report that it would have got.
"""

import ast
import datetime
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import OuterRef, Subquery

from courses.models import Meeting, User
from grader.demo.habits import Habit
from grader.demo.meetings import over
from grader.demo.school import School
from grader.demo.sessions import Batch
from grader.exercises import load
from grader.grading import grade
from grader.models import Assignment, Exercise, Finding, Result, Submission
from grader.results import Report
from grader.submissions.queue import WORKER

MINUTE = datetime.timedelta(minutes=1)
# From each part of the course; all are graded within a few hundredths of a second.
SLUGS = (
    "difference-quotient", "chain-rule", "matrix-product",
    "activations", "saturation", "perceptron-update", "averaged-perceptron", "binary-classifier", "bag-of-words",
    "perceptron-cycle", "gradient-descent", "logistic-neuron", "forward-pass", "keeping-the-layers",
    "backward-step", "backpropagation", "gradient-check", "xor-by-hand", "convex-region", "hopfield-network",
    "mini-batches", "cross-entropy-cost", "l2-regularization", "dropout", "momentum", "step-position", "bump", "tower",
    "chain-gradient",
)  # fmt: skip
# How many of an exercise's known mistakes students make.
MISTAKES = 4
# How likely somebody does what is not assigned; after how many tries they leave it; how many days late work comes.
PRACTICE = 0.05
MOST_TRIES = 12
LATEST = 4
# Submissions that are written at once.
PART = 200
T = TypeVar("T")
Told = Callable[[str, Sequence[T]], Iterable[T]]


@dataclass(frozen=True)
class Source:
    """A file that somebody hands in; `mistake` is empty for one that earns all points."""

    exercise: str
    text: str
    mistake: str = ""


@dataclass(frozen=True)
class Task:
    """An exercise of a class that is over; `assignment` is None for one that nobody has to do."""

    exercise: str
    taught_at: datetime.datetime
    assignment: Assignment | None

    @property
    def late_days(self) -> int:
        return self.assignment.late_days if self.assignment else 0

    def days_for(self, student: User) -> int:
        """How many whole days the student has for it."""
        if self.assignment is None or self.assignment.due_at is None:
            return 5
        given = (one.due_at for one in self.assignment.extensions.all() if one.student_id == student.pk)
        return (next(given, self.assignment.due_at) - self.taught_at).days


@dataclass(frozen=True)
class Attempt:
    """That a student hands a source in."""

    student: User
    source: Source
    at: datetime.datetime


def hand_in_and_grade(school: School, batches: Sequence[Batch], told: Told) -> None:
    """Everybody's work of the year: planned, its sources graded, and recorded."""
    attempts = plan(school, batches)
    sources = sorted({attempt.source for attempt in attempts}, key=lambda one: (one.exercise, one.mistake))
    exercises = {slug: load(slug) for slug in SLUGS}
    reports = {}
    for source in told("Grading in the sandbox", sources):
        reports[source] = grade(exercises[source.exercise], source.text, school.rng.randrange(2**31))
    record(school, attempts, reports, told)


def plan(school: School, batches: Sequence[Batch]) -> list[Attempt]:
    """Who hands in what and when, in the days after the class about it, as their habits are."""
    library: dict[str, list[Source]] = {}
    found: list[Attempt] = []
    for batch in batches:
        held = over(school, batch)
        tasks = tasks_of(batch, held)
        for student in batch.members:
            habit = school.habit_of(student)
            working = {meeting.ends_at for meeting in held[: math.ceil(habit.works_for * len(held))]}
            for task in tasks:
                chance = habit.hands_in if task.assignment else PRACTICE
                if task.taught_at in working and school.chance(chance):
                    if task.exercise not in library:
                        library[task.exercise] = sources_of(school, task.exercise)
                    found += work_on(school, student, task, library[task.exercise])
    return found


def tasks_of(batch: Batch, held: Sequence[Meeting]) -> list[Task]:
    """What there was to do after these classes, whether it is assigned or not."""
    assigned = batch.session.assignments.select_related("exercise").prefetch_related("extensions")
    by_slug = {one.exercise.slug: one for one in assigned}
    return [Task(slug, meeting.ends_at, by_slug.get(slug)) for meeting, slug in exercises_of(held)]


def exercises_of(held: Sequence[Meeting]) -> list[tuple[Meeting, str]]:
    """The exercises of the lectures of each of these classes."""
    covers = Meeting.lectures.through.objects.filter(meeting__in=held).order_by("meeting__starts_at", "pk")
    of_lecture: dict[int, list[str]] = {}
    for exercise in Exercise.objects.filter(slug__in=SLUGS, current=True).order_by("slug"):
        of_lecture.setdefault(exercise.lecture_id, []).append(exercise.slug)
    by_key = {meeting.pk: meeting for meeting in held}
    return [(by_key[one.meeting_id], slug) for one in covers for slug in of_lecture.get(one.lecture_id, [])]


def sources_of(school: School, slug: str) -> list[Source]:
    """Of an exercise: what the editor opens with, some of its known mistakes, and last the solution."""
    exercise = load(slug)
    codes = school.rng.sample(sorted(exercise.misconceptions), min(MISTAKES, len(exercise.misconceptions)))
    mistakes = [Source(slug, undocumented(exercise.misconceptions[code].source), code) for code in codes]
    starter, solution = ((exercise.folder / name).read_text() for name in ("starter.py", "solution.py"))
    return [Source(slug, starter, "starter"), *mistakes, Source(slug, solution)]


def undocumented(source: str) -> str:
    """A file without the text at its top, which says what is wrong with it."""
    first = ast.parse(source).body[0]
    return "".join(source.splitlines(keepends=True)[first.end_lineno :]).lstrip()


def work_on(school: School, student: User, task: Task, sources: Sequence[Source]) -> list[Attempt]:
    """A student's attempts at an exercise, one after another on one evening, so far as it is past."""
    at, attempts = sits_down(school, student, task), []
    for source in tries(school, school.habit_of(student), sources):
        at += MINUTE * school.rng.uniform(4, 40)
        attempts.append(Attempt(student, source, at.replace(microsecond=0)))
    return [attempt for attempt in attempts if attempt.at < school.now - 5 * MINUTE]


def sits_down(school: School, student: User, task: Task) -> datetime.datetime:
    """About the hour of the class, on a day from it on: rather on the last ones before it is due, or even later."""
    rng, days = school.rng, task.days_for(student)
    if task.late_days and school.chance(school.habit_of(student).late):
        days += rng.randint(1, min(task.late_days, LATEST))
    else:
        days = round(days * rng.betavariate(2, 1))
    return task.taught_at + datetime.timedelta(days=days, minutes=rng.randint(-240 if days else 20, 60))


def tries(school: School, habit: Habit, sources: Sequence[Source]) -> list[Source]:
    """What a student hands in, one file after another, until one is right or they have had enough."""
    starter, *mistakes, solution = sources
    handed_in = [starter] if school.chance(0.05) else []
    # Some exercises are easier for somebody than others are.
    skill = habit.skill * school.rng.uniform(0.6, 1.3)
    while len(handed_in) < MOST_TRIES and not school.chance(skill):
        handed_in.append(school.rng.choice(mistakes))
        if school.chance(habit.gives_up):
            return handed_in
    return [*handed_in, solution]


def record(school: School, attempts: Sequence[Attempt], reports: dict[Source, Report], told: Told) -> None:
    """Write submissions with their results, in the form in which workers leave them; most waited for a moment only."""
    exercises = {exercise.slug: exercise for exercise in Exercise.objects.filter(slug__in=SLUGS)}
    verdicts = {source: verdict_of(report) for source, report in reports.items()}
    tried: set[tuple[int, str]] = set()
    lately: dict[int, list[datetime.datetime]] = {}
    results = []
    for attempt in sorted(attempts, key=lambda one: (one.at, one.student.pk)):
        key = attempt.student.pk, attempt.source.exercise
        hour = [at for at in lately.get(attempt.student.pk, []) if at > attempt.at - 60 * MINUTE]
        lately[attempt.student.pk] = [*hour, attempt.at]
        report = reports[attempt.source]
        waited, took = (
            school.rng.lognormvariate(-0.5, 1.2),
            report.timings.total_ms / 1000 * school.rng.uniform(0.9, 1.6),
        )
        started_at = attempt.at + datetime.timedelta(seconds=waited)
        finished_at = started_at + datetime.timedelta(seconds=took)
        submission = Submission(
            student=attempt.student, exercise=exercises[attempt.source.exercise], source=attempt.source.text,
            seed=report.seed, priority=Submission.Priority.REPEAT if key in tried else Submission.Priority.FIRST,
            turn=len(hour) + 1, queued_at=attempt.at, not_before=attempt.at, started_at=started_at,
            finished_at=finished_at, attempt=1, tries=1, worker=WORKER,
        )  # fmt: skip
        verdict = verdicts[attempt.source]
        results.append(
            Result(
                submission=submission, number=1, attempt=1, graded_at=finished_at, waited_seconds=waited,
                took_seconds=took, **verdict,
            )
        )  # fmt: skip
        tried.add(key)
    for part in told("Submissions", [results[first : first + PART] for first in range(0, len(results), PART)]):
        write(part)


def verdict_of(report: Report) -> dict[str, Any]:
    """What a result keeps of a report, as `Result.add` has it."""
    public = report.shown(due_passed=False)
    return {
        "exercise_version": report.version, "outcome": report.outcome, "data": report.to_dict(),
        "score": report.score, "max_score": report.max_score,
        "open_score": public.score, "open_max_score": public.max_score,
        "marks_by_check": [[c.name, c.points, c.max_points, c.visibility] for c in report.checks],
    }  # fmt: skip


def write(results: Sequence[Result]) -> None:
    """A submission is graded once its result is there: first they wait, then results come, then they have them."""
    submissions = Submission.objects.bulk_create([result.submission for result in results])
    Finding.objects.bulk_create(
        Finding(result=result, code=found["code"], check_name=found["check"])
        for result in Result.objects.bulk_create(results)
        for found in result.data["findings"]
    )
    mine = Result.objects.filter(submission=OuterRef("pk")).values("pk")
    Submission.objects.filter(pk__in=[row.pk for row in submissions]).update(
        status=Submission.Status.GRADED, result=Subquery(mine)
    )
