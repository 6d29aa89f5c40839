"""A school to look around in: a year of sessions with their people. Never in production."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from grader.demo.making import DemoRefused, is_made, make
from grader.demo.sessions import MOST
from grader.errors import OurError
from grader.sandbox import missing

T = TypeVar("T")
BAR = "{desc}{bar} {n_fmt:>5} of {total_fmt}"
FEWEST_PEOPLE, MOST_PEOPLE, FEWEST_SESSIONS = 30, 1000, 4


class Command(BaseCommand):
    help = (
        "Makes a school of invented people: sessions, enrollments, payments, meetings, recordings, and submissions "
        "graded in the sandbox. The same seed makes the same school on the same day. A second run changes nothing. "
        "Refused in production, and where people are enrolled already."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="what chance draws from; 1 unless given")
        parser.add_argument("--people", type=int, default=600, help=f"{FEWEST_PEOPLE} to {MOST_PEOPLE}; else 600")
        parser.add_argument("--sessions", type=int, default=MOST, help=f"{FEWEST_SESSIONS} to {MOST}; else {MOST}")
        parser.add_argument("--without-grading", action="store_true", help="no submissions; for where no sandbox runs")

    def handle(self, *args: Any, seed: int, people: int, sessions: int, without_grading: bool, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo school is not for production.")
        if not FEWEST_PEOPLE <= people <= MOST_PEOPLE:
            raise CommandError(f"--people {people}: choose from {FEWEST_PEOPLE} to {MOST_PEOPLE}.")
        if not FEWEST_SESSIONS <= sessions <= MOST:
            raise CommandError(f"--sessions {sessions}: choose from {FEWEST_SESSIONS} to {MOST}.")
        if is_made():
            self.stdout.write("The demo school is here already.")
            return
        lacks = [] if without_grading else missing()
        grading = not without_grading and not lacks
        try:
            make(seed, people, sessions, grading=grading, told=self.told)
        except (DemoRefused, OurError) as error:
            raise CommandError(str(error)) from error
        if not grading:
            self.stdout.write(" ".join(["Nobody has handed anything in: nothing is graded here.", *lacks]))
        self.stdout.write(f"The demo school is ready: {people} people, {sessions} sessions.")

    def told(self, phase: str, items: Sequence[T]) -> Iterator[T]:
        """The items, with a bar that shows how many are done; where nobody watches, a line when all are."""
        if self.stdout.isatty():
            yield from tqdm(items, desc=f"{phase:<30}", file=sys.stdout, ncols=90, nrows=24, bar_format=BAR)
            return
        yield from items
        self.stdout.write(f"{phase}: {len(items)}")
