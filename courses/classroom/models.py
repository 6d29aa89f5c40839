"""What those who belong to a course leave in it: which lectures they have read, and how sure they feel."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from courses.catalog.models import Lecture


class Reading(models.Model):
    """That a person has read a lecture, with their own judgment of what stayed. Nobody else sees it."""

    class Confidence(models.TextChoices):
        SURE = "sure", "I could explain it to somebody"
        FOLLOWED = "followed", "I followed it"
        AGAIN = "again", "I want to come back to it"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="readings")
    lecture = models.ForeignKey(Lecture, models.CASCADE, related_name="readings")
    confidence = models.CharField(max_length=10, choices=Confidence.choices)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-read_at"]
        constraints = [models.UniqueConstraint(name="read_once", fields=["person", "lecture"])]

    def __str__(self) -> str:
        return f"{self.person}: {self.lecture}, {self.get_confidence_display()}"
