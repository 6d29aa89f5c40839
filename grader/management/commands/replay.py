"""manage.py replay SUBMISSION: grade it again, and say whether the report proves the same."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grader.errors import OurError
from grader.exercises import load
from grader.grading import grade
from grader.receipt import differences
from grader.submissions.models import Result


class Command(BaseCommand):
    """Changes nothing. Exit status 1 where something differs."""

    help = "Grade a submission again, with the seed of its report, and name what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("submission", type=int, help="its number, as its address shows it")
        parser.add_argument("--result", type=int, metavar="N", help="which of its results; the latest unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        results = Result.objects.filter(submission=options["submission"]).select_related("submission__exercise")
        if options["result"] is not None:
            results = results.filter(number=options["result"])
        result = results.order_by("number").last()
        if result is None:
            raise CommandError(
                f"Submission {options['submission']} has no such result. Look up its number in its page's address, "
                "and wait until it is graded."
            )
        submission, before = result.submission, result.report
        try:
            after = grade(load(submission.exercise.slug), submission.source, before.seed)
        except OurError as error:
            raise CommandError(str(error)) from error
        if said := differences(before, after):
            self.stdout.write("\n  ".join([f"Submission {submission.pk}, result {result.number}, differs:", *said]))
            raise SystemExit(1)
        assert after.receipt is not None
        self.stdout.write(
            f"Submission {submission.pk}, result {result.number}, is the same: {after.score:g} of {after.max_score:g} "
            f"points, {len(after.checks)} verdicts, {len(after.receipt.exchanges)} hashes of inputs."
        )
