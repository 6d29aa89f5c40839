"""What is done for seats and money: by beat, in its own process and often, and by the school's worker.

Each step looks for what is due and does it once.
"""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from celery import shared_task

from courses import bell
from courses.enrollment.orders import payments
from courses.enrollment.orders.models import Order
from courses.enrollment.orders.payouts import SEND, Payout
from courses.enrollment.seats import release_unpaid
from courses.enrollment.waiting.models import WaitingEntry

log = logging.getLogger(__name__)
Row = TypeVar("Row", Order, WaitingEntry)


@shared_task(name="courses.enrollment.tasks.tend_seats")
def tend_seats() -> None:
    """Remind of what is unpaid, release what was not paid in time, pass on offers that ran out."""
    _each(Order.objects.to_remind(), Order.remind)
    _each(Order.objects.overdue().select_related("session"), release_unpaid)
    _each(WaitingEntry.objects.run_out().select_related("session", "user"), WaitingEntry.lapse)


@shared_task(name=SEND)
def send_payouts() -> None:
    """What the school's worker does for money on its way back."""
    payments.send_payouts()


@shared_task(name="courses.enrollment.tasks.ring_for_payouts")
def ring_for_payouts() -> None:
    """Ring for refunds whose provider is to be told, whatever became of the first bell."""
    if Payout.objects.due().exists():
        bell.ring(SEND, queue="school")


def _each(rows: Iterable[Row], deed: Callable[[Row], None]) -> None:
    """One that fails, as where a provider cannot be reached, does not keep the others waiting."""
    for row in rows:
        try:
            deed(row)
        except Exception:
            log.exception("%s of %s failed and is tried again", deed.__name__, row)
