"""manage.py validate [SLUG…]: prove exercises."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grader.errors import OurError
from grader.exercises import load, load_all
from grader.proof import prove


class Command(BaseCommand):
    """Exit status 1 where an exercise is not proven."""

    help = "Prove exercises: solution full marks, starter none, every mistake named."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="all exercises unless named")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            exercises = [load(slug) for slug in options["slugs"]] or load_all()
            proofs = [prove(exercise) for exercise in exercises]
        except OurError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps([asdict(proof) for proof in proofs]))
        else:
            for proof in proofs:
                verdict = "not proven" if proof.problems else f"proven, {proof.mistakes} mistakes named"
                self.stdout.write("\n  ".join([f"{proof.exercise}: {verdict}", *proof.problems]))
        if any(proof.problems for proof in proofs):
            raise SystemExit(1)
