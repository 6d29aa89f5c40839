"""How much one student may hand in, so that the queue stays everybody's."""

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

if TYPE_CHECKING:
    from grader.submissions.queue import SubmissionQuerySet

HOUR = datetime.timedelta(hours=1)


class LimitReached(Exception):
    """The student has as many as they may. `str(error)` says when to try again.

    wait_seconds : until then; None where it depends on what is being graded.
    """

    def __init__(self, message: str, wait_seconds: int | None = None) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds


def check(own: "SubmissionQuerySet") -> int:
    """How many of these, a student's, were handed in within the hour.

    Raises LimitReached where they may hand in no further one now.
    """
    most, hourly = settings.SUBMISSIONS_AT_ONCE, settings.SUBMISSIONS_AN_HOUR
    if own.first_gradings().count() >= most:
        raise LimitReached(
            f"{most} of your submissions wait or are being graded; more are not taken at once. "
            "Your code is kept. Hand it in when one of them is graded, or cancel one."
        )
    now = timezone.now()
    recent = own.filter(queued_at__gt=now - HOUR).order_by("-queued_at").values_list("queued_at", flat=True)[:hourly]
    if len(recent) == hourly:
        again = recent[hourly - 1] + HOUR
        seconds = max(1, int((again - now).total_seconds()) + 1)
        raise LimitReached(
            f"You have handed in {_counted(hourly, 'file')} within an hour; more are not taken. Your code is kept. "
            f"The next one is taken at {date_format(timezone.localtime(again), 'g:i A')} "
            f"({timezone.get_current_timezone_name()}), in {_counted(-(-seconds // 60), 'minute')}.",
            seconds,
        )
    return len(recent)


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"
