"""manage.py grade SLUG FILE: grade a file in the same sandbox and line, without the database."""

import json
import secrets
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grader.errors import OurError, SourceError
from grader.exercises import load
from grader.grading import grade
from grader.results import Phase, Report
from grader.submissions.source import read_upload


class Command(BaseCommand):
    """Exit status 0 when a report was made, whatever it says."""

    help = "Grade a Python file or a notebook against an exercise."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the exercise, such as backpropagation")
        parser.add_argument("file", type=Path, help="the student's file")
        parser.add_argument("--json", action="store_true", help="print the report as one JSON object")
        parser.add_argument("--seed", type=int, help="what the checks draw from; random unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        seed = options["seed"] if options["seed"] is not None else secrets.randbelow(2**31)
        try:
            exercise = load(options["slug"])
            source = read_upload(options["file"].name, options["file"].read_bytes())
            report = grade(exercise, source, seed, progress=self.progress)
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}. Name a file that can be read.") from error
        except (OurError, SourceError) as error:
            raise CommandError(str(error)) from error
        self.progress("")
        # As it is kept: nothing in it that a terminal would obey.
        kept = report.to_dict()
        self.stdout.write(json.dumps(kept, allow_nan=False) if options["json"] else in_words(Report.from_dict(kept)))

    def progress(self, phase: Phase | str) -> None:
        """The phase on one line of a terminal, wiped at the end."""
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{phase}")
            sys.stderr.flush()


def in_words(report: Report) -> str:
    """A report as a person reads it."""
    lines = [f"{report.exercise}: {report.score:g} of {report.max_score:g} points (seed {report.seed})"]
    if report.error is not None:
        lines.append(f"  {report.error.message}")
    for finding in report.findings:
        lines += ["", f"{finding.code}, in {finding.where}", f"  {finding.message}"]
    lines.append("")
    for check in report.checks:
        lines.append(f"{'pass' if check.passed else 'fail'}  {check.points:g}/{check.max_points:g}  {check.name}")
        if check.message:
            lines.append(f"      {check.message}")
    return "\n".join(lines)
