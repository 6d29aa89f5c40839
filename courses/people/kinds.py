"""What mail is about, and which of it people can do without."""

from django.db import models


class Kind(models.TextChoices):
    """What mail is about. People can do without all but what concerns their seat, money, account or office hours."""

    SEAT = "seat", "Your seats, payments and invitations"
    ANNOUNCEMENT = "announcement", "Announcements of your sessions"
    RECORDING = "recording", "New recordings of your sessions"
    QUESTION = "question", "Questions and answers"
    GRADES = "grades", "Due dates, scores, comments on your code and requests to look again"
    HOURS = "hours", "Office hours"
    REPORT = "report", "The week’s figures, on Mondays"


OPTIONAL = [Kind.ANNOUNCEMENT, Kind.RECORDING, Kind.QUESTION, Kind.GRADES]
# Sent to those alone who ask for it, which only whoever runs sessions, or the school, may.
ON_REQUEST = [Kind.REPORT]
