"""The bell: a message that says only that something of a flavor waits. Losing one loses nothing."""

import logging
from typing import Any

from celery import current_app
from kombu.exceptions import OperationalError
from redis import RedisError

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


def ring_up_to(flavor: str, wanted: int) -> None:
    """Ring until so many bells hang that no worker has heard yet; those that do already count."""
    try:
        # A kept connection would notice a broker's restart one sweep late.
        with current_app.connection_for_write() as connection:
            channel: Any = connection.default_channel
            unheard = channel.queue_declare(flavor).message_count
    except (OperationalError, RedisError, OSError) as error:
        log.warning("the broker cannot be reached, beat will ring again: %s", error)
        return
    for _ in range(wanted - unheard):
        if not ring(flavor):
            return
