"""manage.py new_exercise SLUG --lecture 3.8: the draft of an exercise."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.curriculum import content
from courses.curriculum.tables import SLUG
from grader import draft
from grader.exercises import folders
from grader.exercises.folder import OWN


class Command(BaseCommand):
    help = (
        "Write the draft of an exercise into the first folder of EXERCISE_PATHS, or into the product's own. "
        "Fill what is marked GAP, then prove it: manage.py validate SLUG."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="lower-case words joined by hyphens, such as backward-step")
        parser.add_argument("--lecture", required=True, help="a number of the outline, such as 3.8, or a slug")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["slug"]
        if not SLUG.fullmatch(slug):
            raise CommandError(f"“{slug}” is no slug; write one such as backward-step.")
        if (taken := folders().get(slug)) is not None:
            raise CommandError(f"The slug “{slug}” is taken by {taken}.")
        folder = (settings.EXERCISE_PATHS[0] if settings.EXERCISE_PATHS else OWN) / slug
        written = draft.write(folder, _lecture(options["lecture"]))
        self.stdout.write("\n".join([*map(str, written), *_next(slug, folder)]))


def _lecture(asked: str) -> str:
    """The slug of a lecture by its number or slug. Raises CommandError."""
    curriculum, _ = content.gather([content.OWN_FOLDER, *settings.CURRICULUM_PATHS])
    numbers = {
        f"{section_number}.{number}": slug
        for course in reversed(curriculum.courses)
        for section_number, section in enumerate((s for s in course.sections if not s.chapter), 1)
        for number, slug in enumerate(section.lectures, 1)
    }
    # The course that is listed first gives its numbers.
    slug = numbers.get(asked, asked)
    if slug not in {lecture.slug for lecture in curriculum.lectures}:
        raise CommandError(f"There is no lecture “{asked}”; name one by its number, such as 3.8, or by its slug.")
    return slug


def _next(slug: str, folder: Path) -> list[str]:
    return ["", f"Fill what is marked {draft.GAP[:-1]} in {folder}, then: manage.py validate {slug}"]
