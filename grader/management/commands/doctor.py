"""manage.py doctor: what is wrong with the site, and what to do about it."""

import json
from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand

from grader import health
from grader.exercises import FLAVORS


class Command(BaseCommand):
    """Exit status 1 where something is wrong."""

    help = "Say of each part of the site whether it is well, and grade a right solution of each flavor."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--without-grading", action="store_true", help="grade nothing, where no worker is to run")

    def handle(self, *args: Any, **options: Any) -> None:
        table = dict(health.ALL)
        if options["without_grading"]:
            del table["sandbox"]
        else:
            for flavor in FLAVORS:
                table[f"grading-{flavor}"] = (partial(health.canary, flavor), ("sandbox",))
        said = health.examine(table)
        if options["json"]:
            rows = [{"name": name, "ok": not sentence, "message": sentence} for name, sentence in said.items()]
            self.stdout.write(json.dumps({"ok": not any(said.values()), "checks": rows}))
        else:
            for name, sentence in said.items():
                self.stdout.write(f"{'wrong' if sentence else 'ok':<6}{name:<19}{sentence}".rstrip())
        if any(said.values()):
            raise SystemExit(1)
