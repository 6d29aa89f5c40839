"""The bell: a message that says only that something of a flavor waits. Losing one loses nothing."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)
GRADE_NEXT = "grader.submissions.tasks.grade_next"


def ring(flavor: str) -> bool:
    """Wake a worker of this flavor. False where the broker is down; beat rings again."""
    try:
        current_app.send_task(GRADE_NEXT, args=[flavor], queue=flavor, retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        log.warning("the broker cannot be reached, beat will ring again: %s", error)
        return False
    return True
