"""manage.py regrade: grade again what was graded, behind everything else, and show what changes."""

import time
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from courses.models import Session, User
from grader.errors import OurError
from grader.exercises import load
from grader.grading import grade
from grader.models import Exercise, Result, Submission
from grader.results import Report
from grader.submissions.bell import ring
from grader.submissions.difference import difference

# So many wait at a time: the queue stays short for those who hand in meanwhile.
AT_ONCE = 50
LOOK_SECONDS = 0.2


class Command(BaseCommand):
    """Every result stays: a regrade adds one. Stopped and started again, it goes on where it was."""

    help = "Grade again submissions that an older version of their exercise graded."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--submission", type=int, metavar="ID")
        parser.add_argument("--exercise", metavar="SLUG")
        parser.add_argument("--session", type=int, metavar="ID", help="of this session's students")
        parser.add_argument("--all", action="store_true", help="of every exercise and session")
        parser.add_argument("--again", action="store_true", help="those too that the exercise as it is now has graded")
        parser.add_argument("--reason", default="the exercise has changed", help="shown to the students")
        parser.add_argument("--by", metavar="EMAIL", help="who asks for it")
        parser.add_argument("--dry-run", action="store_true", help="grade here, record nothing, show what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        asked_by = self.person(options["by"])
        try:
            pks = list(due(options))
        except OurError as error:
            raise CommandError(str(error)) from error
        if not pks:
            self.stdout.write("Nothing is due: every result is by its exercise as it is now. --again takes these too.")
        elif options["dry_run"]:
            self.show("would be", [tried(pk) for pk in tqdm(pks, unit="submission", disable=None)])
        else:
            self.show("is now", self.regraded(pks, options["reason"], asked_by))

    def person(self, email: str | None) -> User | None:
        found = User.objects.filter(email__iexact=email).first() if email else None
        if email and found is None:
            raise CommandError(f"Nobody has the address {email}. Name a person who can sign in, or leave --by out.")
        return found

    def regraded(self, pks: list[int], reason: str, asked_by: User | None) -> "list[Row]":
        """Have the workers grade them, a few at a time, and wait."""
        rows: list[Row] = []
        waiting: dict[int, Result] = {}
        rest = iter(pks)
        with tqdm(total=len(pks), unit="submission", disable=None) as bar:
            try:
                while len(rows) < len(pks):
                    for pk in islice(rest, AT_ONCE - len(waiting)):
                        if before := asked(pk, reason, asked_by):
                            waiting[pk] = before
                        else:
                            rows.append(Row(pk, failure="it was no longer graded when its turn came"))
                    for row in settled(waiting):
                        del waiting[row.submission]
                        rows.append(row)
                    bar.update(len(rows) - bar.n)
                    if waiting:
                        time.sleep(LOOK_SECONDS)
            except KeyboardInterrupt:
                self.stderr.write(
                    f"Stopped. {len(rows)} of {len(pks)} are done, {len(waiting)} wait and will be. "
                    "Run it again for the rest."
                )
        return rows

    def show(self, verb: str, rows: "list[Row]") -> None:
        """The table of what changes, and how many do not."""
        changed = same = 0
        for row in rows:
            before, after = row.before, row.after
            if before is None or after is None:
                self.stdout.write(f"submission {row.submission:<8} could not be graded again: {row.failure}")
            elif changes := difference(before, after):
                changed += 1
                checks = "; ".join(f"{c.check}: {_points(c.before)} → {_points(c.after)}" for c in changes)
                self.stdout.write(
                    f"submission {row.submission:<8} was {before.score:g} of {before.max_score:g}, "
                    f"{verb} {after.score:g} of {after.max_score:g}   {checks}"
                )
            else:
                same += 1
        self.stdout.write(f"{changed} changed, {same} stayed as they were, of {len(rows)}.")


@dataclass(frozen=True)
class Row:
    """What became of one submission: the report that it had, the one that it gets, or why it gets none."""

    submission: int
    before: Report | None = None
    after: Report | None = None
    failure: str = ""


def due(options: dict[str, Any]) -> Iterator[int]:
    """The graded submissions that the options choose, oldest first."""
    if not (options["submission"] or options["exercise"] or options["session"] or options["all"]):
        raise CommandError("Say which: --submission ID, --exercise SLUG, --session ID, or --all.")
    chosen = Submission.objects.filter(status=Submission.Status.GRADED)
    if options["submission"]:
        chosen = chosen.filter(pk=options["submission"])
    if options["session"]:
        session = Session.objects.filter(pk=options["session"]).first()
        if session is None:
            raise CommandError(f"There is no session {options['session']}. The admin's list shows their numbers.")
        chosen = chosen.filter(student__enrollments__session=session, exercise__lecture__courses=session.course)
    exercises = Exercise.objects.filter(current=True, submissions__in=chosen).distinct()
    if options["exercise"]:
        if not Exercise.objects.filter(slug=options["exercise"]).exists():
            raise CommandError(f"There is no exercise “{options['exercise']}”.")
        exercises = exercises.filter(slug=options["exercise"])
    for exercise in exercises:
        of_exercise = chosen.filter(exercise=exercise)
        if not options["again"]:
            of_exercise = of_exercise.exclude(result__exercise_version=load(exercise.slug).version)
        yield from of_exercise.order_by("pk").values_list("pk", flat=True).distinct()


def tried(pk: int) -> Row:
    """A submission graded here and now, and recorded nowhere."""
    submission = Submission.objects.select_related("exercise", "result").get(pk=pk)
    assert submission.result is not None
    before = submission.result.report
    try:
        return Row(pk, before, grade(load(submission.exercise.slug), submission.source, submission.seed))
    except OurError as error:
        return Row(pk, before, failure=str(error))


def asked(pk: int, reason: str, asked_by: User | None) -> Result | None:
    """Queue a submission to be graded again; the result that it has, or None where it is not graded."""
    submission = Submission.objects.select_related("exercise", "result").get(pk=pk)
    before = submission.result
    if not submission.ask_regrade(reason, asked_by):
        return None
    ring(submission.exercise.flavor)
    return before


def settled(waiting: Mapping[int, Result]) -> Iterator[Row]:
    """Those that wait no more."""
    graded = Submission.objects.filter(pk__in=waiting, status=Submission.Status.GRADED).select_related("result")
    for submission in list(graded):
        before = waiting[submission.pk]
        assert submission.result is not None
        if submission.result == before:
            yield Row(submission.pk, before.report, failure=submission.failure)
        else:
            yield Row(submission.pk, before.report, submission.result.report)


def _points(points: float | None) -> str:
    return "none" if points is None else f"{points:g}"
