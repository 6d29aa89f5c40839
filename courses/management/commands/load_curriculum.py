"""Brings the curriculum's files into the database; see courses.curriculum.loading for what it keeps."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError

from courses.curriculum import content
from courses.curriculum.loading import Changes, load


class Command(BaseCommand):
    help = (
        "Loads courses, lectures, instructors, questions and sessions from the product's own curriculum and "
        "from the folders in CURRICULUM_PATHS. May be run again at any time: what people edited is kept. "
        "With an error in any file nothing is loaded."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            curriculum = content.read([content.OWN_FOLDER, *settings.CURRICULUM_PATHS])
            changes = load(curriculum)
        except content.CurriculumError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(f"The database is not ready ({error}). Run manage.py migrate first.") from error
        self.stdout.write(summary(curriculum, changes))


def summary(curriculum: content.Curriculum, changes: Changes) -> str:
    """What was read and what became of it, in a few lines."""
    written = sum(bool(lecture.body) for lecture in curriculum.lectures)
    lines = [
        f"{len(curriculum.courses)} courses, {len(curriculum.lectures)} lectures ({written} written), "
        f"{len(curriculum.instructors)} instructors: "
        f"{changes.created} rows created, {changes.updated} updated, {changes.removed} removed."
    ]
    lines += [f"Kept as people left it: {kept}" for kept in changes.kept]
    return "\n".join(lines)
