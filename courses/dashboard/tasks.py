"""What the school's worker does for dashboards: rolling up days that are over, and writing the weekly report."""

import logging
import time

from celery import shared_task
from django.db import OperationalError

from courses import bell
from courses.dashboard import report, rollups

log = logging.getLogger(__name__)
# Mail waits behind it no longer, and a piece more.
AT_A_TIME_SECONDS = 1.0
ROLL_UP = "courses.dashboard.tasks.roll_up"


@shared_task(name=ROLL_UP)
def roll_up() -> None:
    """Roll up some of what is over and not rolled up, and ring for the rest. A bell too many finds nothing."""
    ends = time.monotonic() + AT_A_TIME_SECONDS
    for rollup in rollups.registered():
        for piece in rollup.pieces():
            try:
                piece.roll_up()
            except OperationalError as error:
                log.warning("%s are not all rolled up, it is tried again: %s", rollup.what, error)
                break
            if time.monotonic() > ends:
                bell.ring(ROLL_UP, queue="school", priority=bell.LATER)
                return


@shared_task(name=report.SEND)
def write_reports() -> None:
    """Write the last week's report to each who asked for it, once; one that fails keeps nobody else waiting."""
    for person in report.due():
        try:
            report.write(person)
        except Exception:
            log.exception("the weekly report to %s failed and is tried again", person.pk)


@shared_task(name="courses.dashboard.tasks.ring_for_dashboard")
def ring_for_dashboard() -> None:
    """Ring for days that are over, or whose past was changed; and on Mondays for the report."""
    if any(rollup.pieces() for rollup in rollups.registered()):
        bell.ring(ROLL_UP, queue="school", priority=bell.LATER)
    if next(report.due(), None) is not None:
        bell.ring(report.SEND, queue="school")
