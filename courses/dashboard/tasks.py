"""What the school's worker does for dashboards: rolling up days that are over, and writing the weekly report."""

import logging

from celery import shared_task
from django.db import OperationalError

from courses import bell
from courses.dashboard import report, rollups

log = logging.getLogger(__name__)
ROLL_UP = "courses.dashboard.tasks.roll_up"


@shared_task(name=ROLL_UP)
def roll_up() -> None:
    """Roll up what is over and not rolled up. A bell too many finds nothing."""
    for rollup in rollups.registered():
        for _, days in rollup.missing():
            try:
                rollup.roll_up(days)
            except OperationalError as error:
                log.warning("%s of %s is not rolled up, it is tried again: %s", rollup.what, days[0], error)
                break


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
    if any(rollup.missing() for rollup in rollups.registered()):
        bell.ring(ROLL_UP, queue="school")
    if next(report.due(), None) is not None:
        bell.ring(report.SEND, queue="school")
