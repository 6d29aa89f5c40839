"""Exercises as the school knows them; what they ask and check lies in their folders."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from courses.catalog.models import Lecture, SectionLecture
from courses.enrollment.access import (
    Person,
    is_admin,
    is_instructor,
    lectures_assisted_by,
    now_for,
    sessions_releasing_to,
)
from courses.sessions.models import Session


@dataclass(frozen=True)
class Data:
    """What an exercise may use where it was fetched: its name, and a file that is there then."""

    name: str
    file: str


DATA = {
    "mnist": Data("the full MNIST, 50,000 handwritten digits", "mnist.npz"),
    "texts": Data("Reuters news texts", "reuters-r8-train.tab"),
}


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    def open_to(self, person: Person) -> "ExerciseQuerySet":
        """Those that the person may work on, and samples.

        All for admins and instructors; for assistants those of their sessions' courses; for students those whose
        lecture one of the sessions in which they have a seat has released, unless it is assigned there for later.
        """
        if is_admin(person) or is_instructor(person):
            return self.filter(current=True)
        later = Session.objects.filter(
            pk=OuterRef("pk"), assignments__exercise=OuterRef("exercise"),
            assignments__removed_at__isnull=True, assignments__opens_at__gt=now_for(person),
        )  # fmt: skip
        released = sessions_releasing_to(person).annotate(exercise=F("course__places__lecture__exercises"))
        opened = Q(pk__in=released.exclude(Exists(later)).values("exercise"))
        samples = Q(sample=True, lecture__in=SectionLecture.objects.filter(course__published=True).values("lecture"))
        assisted = Q(lecture__in=lectures_assisted_by(person))
        return self.filter(samples | assisted | opened, current=True)


class Exercise(models.Model):
    """An exercise of the folder of this slug, as last loaded; `current` is False where the folder is gone."""

    class Difficulty(models.IntegerChoices):
        EASY = 1, "easy"
        MEDIUM = 2, "medium"
        HARD = 3, "hard"

    slug = models.SlugField(unique=True, max_length=80)
    version = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    lecture = models.ForeignKey(Lecture, models.PROTECT, related_name="exercises")
    difficulty = models.PositiveSmallIntegerField(choices=Difficulty.choices, default=Difficulty.MEDIUM)
    points = models.FloatField()
    flavor = models.CharField(max_length=20)
    wall_seconds = models.FloatField(help_text="what a student's code may run")
    statement = models.TextField()
    starter = models.TextField()
    hints = models.JSONField(default=list, help_text="a ladder, Markdown: each says more than the one before")
    data = models.CharField(max_length=20, blank=True, help_text="what its checks use where it was fetched")
    sample = models.BooleanField(default=False, help_text="visitors may open it, and run code in it")
    laboratory = models.SlugField(max_length=80, blank=True, help_text="in which an answer can be made without code")
    current = models.BooleanField(default=True)

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        ordering = ["lecture__slug", "difficulty", "slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("exercise", args=[self.slug])

    @property
    def data_name(self) -> str:
        """What its data is called."""
        return DATA[self.data].name

    @property
    def data_fetched(self) -> bool:
        """Whether the data lies where workers look for it."""
        return (settings.DATA / "datasets" / DATA[self.data].file).is_file()
