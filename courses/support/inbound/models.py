"""Mail that came in: each once, and what became of it."""

from django.db import models
from django.utils import timezone

from courses.support.messages import HOUR, Message


class ReceivedQuerySet(models.QuerySet["Received"]):
    def within_an_hour(self) -> "ReceivedQuerySet":
        return self.filter(at__gt=timezone.now() - HOUR)

    def taken(self) -> "ReceivedQuerySet":
        """Those that were added to a question or opened one."""
        return self.filter(fate__in=[Received.Fate.ADDED, Received.Fate.ASKED, Received.Fate.INQUIRED])

    def given_back(self) -> "ReceivedQuerySet":
        """Those put aside over an hour ago: where one is among the new mail again, a person wants it tried again."""
        aside = self.filter(fate__in=[Received.Fate.TOO_MANY, Received.Fate.FAILED])
        return aside.filter(at__lte=timezone.now() - HOUR)


class Received(models.Model):
    """A mail that came in. Its Message-ID, or else a sum of its bytes, keeps it from being taken twice."""

    class Fate(models.TextChoices):
        ADDED = "added", "Added to its question"
        ASKED = "asked", "Opened a question"
        INQUIRED = "inquired", "Opened an inquiry"
        AUTOMATIC = "automatic", "Written by a program, left alone"
        TOO_LARGE = "too_large", "Too large, put aside"
        TOO_MANY = "too_many", "One of too many, put aside"
        FAILED = "failed", "Could not be read, put aside"

    key = models.CharField(max_length=250, unique=True)
    sender = models.CharField(max_length=254, blank=True, db_index=True)
    subject = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    fate = models.CharField(max_length=10, choices=Fate.choices)
    reason = models.CharField(max_length=300, blank=True)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ReceivedQuerySet.as_manager()

    class Meta:
        verbose_name = "received mail"
        verbose_name_plural = "received mail"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.subject or 'without a subject'} from {self.sender or 'nobody'}"

    @property
    def is_put_aside(self) -> bool:
        """Whether it lies apart in the mailbox, for a person to look at."""
        return self.fate in (self.Fate.TOO_LARGE, self.Fate.TOO_MANY, self.Fate.FAILED)
