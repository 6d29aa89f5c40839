"""manage.py load_exercises: exercise folders into the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from courses.catalog.models import Lecture
from grader.assignments.models import Exercise
from grader.errors import ExerciseError
from grader.exercises import load_all


class Command(BaseCommand):
    """Idempotent. Every folder is read before anything is written."""

    help = "Load exercise folders into the database."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            exercises = load_all()
        except ExerciseError as error:
            raise CommandError(str(error)) from error
        lectures = {
            lecture.slug: lecture for lecture in Lecture.objects.filter(slug__in=[e.lecture for e in exercises])
        }
        for exercise in exercises:
            if exercise.lecture not in lectures:
                raise CommandError(
                    f"{exercise.folder / 'exercise.toml'}: there is no lecture “{exercise.lecture}”. "
                    "Run manage.py load_curriculum first, or correct the slug."
                )
        with transaction.atomic():
            for exercise in exercises:
                Exercise.objects.update_or_create(
                    slug=exercise.slug,
                    defaults={
                        "version": exercise.version,
                        "title": exercise.title,
                        "lecture": lectures[exercise.lecture],
                        "difficulty": Exercise.Difficulty[exercise.difficulty.upper()],
                        "points": exercise.points,
                        "flavor": exercise.flavor,
                        "wall_seconds": exercise.limits.wall_seconds,
                        "statement": exercise.statement,
                        "starter": exercise.starter,
                        "hints": list(exercise.hints),
                        "data": exercise.data,
                        "laboratory": exercise.laboratory,
                        "sample": exercise.sample,
                        "current": True,
                    },
                )
            Exercise.objects.exclude(slug__in=[e.slug for e in exercises]).update(current=False)
        self.stdout.write(f"{len(exercises)} exercises are current.")
