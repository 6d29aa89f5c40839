"""Money on its way back: a refund is in the books at once, and its provider is told afterwards, by a worker.

So nobody waits for a provider while seats are locked, and one that is down loses nothing: it is told again, with
the same reference, by which it knows what it has sent back already.
"""

from django.db import models, transaction

from courses import bell
from courses.enrollment.orders.ledger import Transaction
from courses.outbox import Outgoing, OutgoingQuerySet

SEND = "courses.enrollment.tasks.send_payouts"


class Payout(Outgoing):
    """A refund whose provider is to be told."""

    refund = models.OneToOneField(Transaction, models.PROTECT, related_name="payout")

    objects = OutgoingQuerySet["Payout"].as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [models.Index(name="payout_due", fields=["due_at"], condition=models.Q(sent_at__isnull=True))]

    def __str__(self) -> str:
        return f"Payout of {self.refund}"


@transaction.atomic
def order_payout(refund: Transaction) -> Payout:
    """Have the money of a refund sent back, once it is booked."""
    transaction.on_commit(lambda: bell.ring(SEND, queue="school"))
    return Payout.objects.create(refund=refund)
