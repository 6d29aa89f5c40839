"""What a worker does later: noted in the transaction that gives reason for it, done and tried again until it is done.

The other side, a mail server or a payment provider, may be down: nothing is lost, it is asked less and less often.
"""

import datetime
from typing import TypeVar

from django.db import models
from django.utils import timezone

# How long a worker that has claimed a row may take, and the waits after a failure, the last one again and again: the
# last attempt is four days after the first.
LEASE = datetime.timedelta(minutes=2)
WAITS = [datetime.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360)]
MOST_ATTEMPTS = 20

Row = TypeVar("Row", bound="Outgoing")


def due_after(attempts: int) -> datetime.datetime:
    """When to try again after so many attempts that failed, one at least."""
    return timezone.now() + WAITS[min(attempts, len(WAITS)) - 1]


class OutgoingQuerySet(models.QuerySet[Row]):
    def unsent(self) -> "OutgoingQuerySet[Row]":
        """Those that are still tried."""
        return self.filter(sent_at__isnull=True, attempts__lt=MOST_ATTEMPTS)

    def due(self) -> "OutgoingQuerySet[Row]":
        return self.unsent().filter(due_at__lte=timezone.now())

    def claim_next(self) -> Row | None:
        """The oldest that is due, kept from other workers for a while; None where none is."""
        for row in self.due().order_by("due_at", "pk")[:20]:
            claimed = self.due().filter(pk=row.pk, attempts=row.attempts)
            if claimed.update(attempts=row.attempts + 1, due_at=timezone.now() + LEASE):
                row.attempts += 1
                return row
        return None

    def try_again(self) -> int:
        """Have what was not sent, given up or not, be due now; how many they are."""
        return self.filter(sent_at__isnull=True).update(attempts=0, due_at=timezone.now())


class Outgoing(models.Model):
    """A row that is to be sent once, and what became of it."""

    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    def note_sent(self) -> None:
        """It left."""
        self.sent_at, self.error = timezone.now(), ""
        self.save(update_fields=["sent_at", "error"])

    def put_off(self, error: str, *, for_good: bool = False) -> None:
        """It did not leave: try again later, or never; and note why. Another worker's later attempt stays its own."""
        type(self)._default_manager.filter(pk=self.pk, attempts=self.attempts).update(
            attempts=MOST_ATTEMPTS if for_good else self.attempts, due_at=due_after(self.attempts), error=error[:300]
        )
