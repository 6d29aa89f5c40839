"""The bell: a message that says only that something waits. Losing one loses nothing: beat rings again."""

import logging
from collections.abc import Sequence

from celery import current_app
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)
# The broker's priorities: 0 goes first.
BELL = 6
# What takes long, and can wait for all else.
LATER = 9


def ring(task: str, *, queue: str, args: Sequence[str] = (), priority: int = BELL) -> bool:
    """Wake a worker of this queue. False where the broker is down; beat rings again."""
    try:
        current_app.send_task(task, args=list(args), queue=queue, priority=priority, retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        log.warning("the broker cannot be reached, beat will ring again: %s", error)
        return False
    return True
