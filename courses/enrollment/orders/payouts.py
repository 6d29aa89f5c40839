"""Money on its way back: a refund is in the books at once, and its provider is told afterwards, by a worker.

So nobody waits for a provider while seats are locked, and one that is down loses nothing: it is told again, with
the same reference, by which it knows what it has sent back already.
"""

import datetime
import logging

from django.db import models, transaction
from django.utils import timezone

from courses import bell
from courses.enrollment.orders.ledger import Transaction

log = logging.getLogger(__name__)
SEND = "courses.enrollment.tasks.send_payouts"
# How long a worker that has claimed one may take, and the waits after a failure, the last one again and again.
LEASE = datetime.timedelta(minutes=2)
WAITS = [datetime.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360)]


class PayoutQuerySet(models.QuerySet["Payout"]):
    def unsent(self) -> "PayoutQuerySet":
        return self.filter(sent_at__isnull=True)

    def due(self) -> "PayoutQuerySet":
        return self.unsent().filter(due_at__lte=timezone.now())

    @transaction.atomic
    def order(self, refund: Transaction) -> "Payout":
        """Have the money of a refund sent back, once it is booked."""
        transaction.on_commit(lambda: bell.ring(SEND, queue="school"))
        return self.create(refund=refund)

    def claim_next(self) -> "Payout | None":
        """The oldest that is due, kept from other workers for a while; None where none is."""
        for payout in self.due().select_related("refund__payment", "refund__order").order_by("due_at", "pk")[:20]:
            claimed = self.due().filter(pk=payout.pk, attempts=payout.attempts)
            if claimed.update(attempts=payout.attempts + 1, due_at=timezone.now() + LEASE):
                payout.attempts += 1
                return payout
        return None


class Payout(models.Model):
    """A refund whose provider is to be told, and whether it was."""

    refund = models.OneToOneField(Transaction, models.PROTECT, related_name="payout")
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = PayoutQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [models.Index(name="payout_due", fields=["due_at"], condition=models.Q(sent_at__isnull=True))]

    def __str__(self) -> str:
        return f"Payout of {self.refund}"

    def note_sent(self) -> None:
        self.sent_at, self.error = timezone.now(), ""
        self.save(update_fields=["sent_at", "error"])

    def put_off(self, error: Exception) -> None:
        """Try again later, and say why."""
        wait = WAITS[min(self.attempts, len(WAITS)) - 1]
        self.due_at, self.error = timezone.now() + wait, f"{type(error).__name__}: {error}"[:300]
        self.save(update_fields=["due_at", "error"])
        log.error("payout %s was not sent, it is tried again in %s: %s", self.pk, wait, error)
