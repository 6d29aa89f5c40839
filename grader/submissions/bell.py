"""The bell: a message that says only that something of a flavor waits. Losing one loses nothing."""

import logging

from celery import current_app
from kombu.exceptions import ChannelError, OperationalError
from redis import RedisError

from courses import bell

log = logging.getLogger(__name__)
GRADE_NEXT = "grader.submissions.tasks.grade_next"
# The broker's priorities: 0 goes first. A person at the editor waits for a run, so runs go before all bells.
RUN_FIRST = 0


def ring(flavor: str) -> bool:
    """Wake a worker of this flavor. False where the broker is down; beat rings again."""
    return bell.ring(GRADE_NEXT, queue=flavor, args=[flavor])


def ring_up_to(flavor: str, wanted: int) -> None:
    """Ring until so many bells hang that no worker has heard yet; those that do already count."""
    for _ in range(wanted - rung(flavor)):
        if not ring(flavor):
            return


def rung(flavor: str) -> int:
    """How many bells of this flavor nobody has heard yet; 0 where the broker cannot say."""
    try:
        with current_app.connection_for_read() as connection:
            return int(connection.SimpleQueue(flavor).qsize())
    except ChannelError:
        # An empty queue is none.
        return 0
    except (OperationalError, RedisError, OSError) as error:
        log.warning("the broker cannot say what hangs: %s", error)
        return 0
