"""manage.py build_examples [SLUG…] [--check]: run the lectures' worked examples, keep what they print and draw."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from courses.curriculum.content import OWN_FOLDER
from courses.curriculum.tables import ContentError
from grader.errors import OurError
from grader.examples import build, differs, write


class Command(BaseCommand):
    """Exit status 1 where an example fails, or where one differs and --check is given."""

    help = "Run the lectures' worked examples in the sandbox; put output and figures beside the text."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="all lectures unless named")
        parser.add_argument("--check", action="store_true", help="write nothing, and tell what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        built, problems = 0, []
        for lecture in tqdm(_lectures(options["slugs"]), desc="Examples", leave=False, disable=None):
            try:
                result = build(lecture)
            except ContentError as error:
                problems.append(str(error))
                continue
            except OurError as error:
                raise CommandError(str(error)) from error
            if result is not None:
                built += 1
                changed = differs(result, lecture)
                if changed and not options["check"]:
                    write(result, lecture)
                    self.stdout.write(f"{lecture.stem}: wrote {', '.join(changed)}")
                elif changed:
                    problems.append(f"{lecture}: differs: {', '.join(changed)}; run manage.py build_examples")
        self.stdout.write(f"{built} examples, {len(problems)} with problems.")
        if problems:
            raise CommandError("\n".join(problems))


def _lectures(slugs: list[str]) -> list[Path]:
    folders = [folder / "lectures" for folder in (OWN_FOLDER, *settings.CURRICULUM_PATHS)]
    files = {file.stem: file for folder in reversed(folders) for file in sorted(folder.glob("*.md"))}
    if unknown := [slug for slug in slugs if slug not in files]:
        raise CommandError(f"There is no lecture “{unknown[0]}”.")
    return [files[slug] for slug in slugs] if slugs else list(files.values())
