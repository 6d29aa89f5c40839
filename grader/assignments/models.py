"""Exercises as the school knows them; what they ask and check lies in their folders."""

from django.db import models
from django.urls import reverse

from courses.catalog.models import Lecture
from courses.enrollment.access import Person, courses_open_to, is_admin, is_instructor


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    def open_to(self, person: Person) -> "ExerciseQuerySet":
        """Those whose lecture belongs to a course that the person may open."""
        if is_admin(person) or is_instructor(person):
            return self.filter(current=True)
        return self.filter(current=True, lecture__courses__in=courses_open_to(person)).distinct()


class Exercise(models.Model):
    """An exercise of the folder of this slug, as last loaded; `current` is False where the folder is gone."""

    slug = models.SlugField(unique=True, max_length=80)
    version = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    lecture = models.ForeignKey(Lecture, models.PROTECT, related_name="exercises")
    points = models.FloatField()
    flavor = models.CharField(max_length=20)
    wall_seconds = models.FloatField(help_text="what a student's code may run")
    statement = models.TextField()
    starter = models.TextField()
    current = models.BooleanField(default=True)

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        ordering = ["lecture__slug", "slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("exercise", args=[self.slug])
