"""The faults. Each does its damage to a line that works; what a supervisor would start again is started again after."""

import datetime
import random
from collections.abc import Callable

from django.db import connection
from django.db.models import F

from grader.models import Submission
from tests.conftest import Broker
from tests.faults.line import Line, kill
from tests.postgresql import restart

HOUR = datetime.timedelta(hours=1)


def worker_killed(line: Line, broker: Broker, rng: random.Random) -> None:
    """The worker's whole process group."""
    kill(-line.services["worker"].pid)
    line.services["worker"].wait()


def worker_main_killed(line: Line, broker: Broker, rng: random.Random) -> None:
    """The worker's main process alone; the children find themselves without one."""
    kill(line.services["worker"].pid)
    line.services["worker"].wait()


def child_killed(line: Line, broker: Broker, rng: random.Random) -> None:
    """One process of the worker's pool."""
    kill(rng.choice(line.children()))


def zygote_killed(line: Line, broker: Broker, rng: random.Random) -> None:
    for pid in line.guests()[1]:
        kill(pid)


def bubblewrap_killed(line: Line, broker: Broker, rng: random.Random) -> None:
    """One of its two processes: the one outside, or the first one inside."""
    if walls := line.guests()[0]:
        kill(rng.choice(walls))


def student_killed(line: Line, broker: Broker, rng: random.Random) -> None:
    """Every student's process, from outside, as the machine's out-of-memory killer might."""
    for pid in line.guests()[2]:
        kill(pid)


def broker_killed(line: Line, broker: Broker, rng: random.Random) -> None:
    """And restarted empty."""
    broker.kill()
    broker.start()


def queue_flushed(line: Line, broker: Broker, rng: random.Random) -> None:
    broker.start()


def database_restarted(line: Line, broker: Broker, rng: random.Random) -> None:
    """As after a crash, or in good order."""
    restart(rng.choice(["immediate", "fast"]))
    connection.close()


def connections_cut(line: Line, broker: Broker, rng: random.Random) -> None:
    """Every connection to the database but our own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def clock_set_back(line: Line, broker: Broker, rng: random.Random) -> None:
    """By an hour: all times that were written lie an hour later than they did."""
    _shift(HOUR)


def clock_set_ahead(line: Line, broker: Broker, rng: random.Random) -> None:
    _shift(-HOUR)


def _shift(by: datetime.timedelta) -> None:
    times = ("queued_at", "not_before", "started_at", "lease_until", "finished_at")
    Submission.objects.update(**{name: F(name) + by for name in times})


Fault = Callable[[Line, Broker, random.Random], None]
ANYWHERE: list[Fault] = [
    worker_killed, worker_main_killed, child_killed, zygote_killed, bubblewrap_killed, student_killed, broker_killed,
    queue_flushed, clock_set_back, clock_set_ahead,
]  # fmt: skip
# What a quick run does on SQLite; the rest of the line is the same there.
FEW: list[Fault] = [worker_killed, child_killed, clock_set_back]
CLOCKS: list[Fault] = [clock_set_back, clock_set_ahead]
POSTGRESQL: list[Fault] = [database_restarted, connections_cut]
