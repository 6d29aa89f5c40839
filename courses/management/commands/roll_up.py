"""Counts the days that are over for the dashboards."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from tqdm import tqdm

from courses.dashboard import rollups
from courses.dashboard.ranges import EARLIEST


class Command(BaseCommand):
    help = (
        "Counts each day that is over and not yet rolled up, so that dashboards need not count it again. "
        "Figures are exact without it, and slow. Beat does it daily."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="since", type=datetime.date.fromisoformat, metavar="DAY",
            help="roll up all days from this one on anew, such as 2026-11-01",
        )  # fmt: skip
        parser.add_argument(
            "--all", dest="since", action="store_const", const=EARLIEST,
            help="roll up all days anew, and how students stood in all sessions",
        )  # fmt: skip

    def handle(self, *args: Any, since: datetime.date | None, **options: Any) -> None:
        for rollup in rollups.registered():
            if since is not None:
                rollup.forget(since)
            pieces = rollup.pieces(since)
            try:
                for piece in tqdm(pieces, desc=rollup.what.capitalize(), unit="piece", leave=False, disable=None):
                    piece.roll_up()
            except OperationalError as error:
                raise CommandError(f"Others write for too long: run it again in a minute. {error}") from error
            number = sum(piece.number for piece in pieces)
            self.stdout.write(f"{rollup.what}: {number} {rollup.unit}{'' if number == 1 else 's'} rolled up")
