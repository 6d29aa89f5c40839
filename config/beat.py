"""Beat's scheduler: it does what is due itself, by a clock that nobody sets."""

import logging
import time
from typing import Any

from celery.beat import ScheduleEntry, Scheduler
from django.db import connections

log = logging.getLogger(__name__)


class SteadyScheduler(Scheduler):
    """Runs each entry in beat's own process, every so many seconds of the monotonic clock.

    No message is sent and nothing is written to disk: a queue that is long or that nobody serves, a broker that is
    down, a full disk, a clock that is set back, none of them keeps what is due from being done.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.due: dict[str, float] = {}
        super().__init__(*arguments, **named)

    def tick(self, *_: Any) -> float:
        """Do what is due; the seconds until something is due again."""
        for name, entry in self.schedule.items():
            period: Any = entry.schedule
            if time.monotonic() >= self.due.setdefault(name, 0):
                self.due[name] = time.monotonic() + period.run_every.total_seconds()
                self.run(entry)
        return max(min(self.due.values()) - time.monotonic(), 0)

    def run(self, entry: ScheduleEntry) -> None:
        try:
            self.app.tasks[str(entry.task)](*(entry.args or ()))
        except Exception as error:
            log.error("%s failed and is due again soon: %s: %s", entry.name, type(error).__name__, error)
        finally:
            connections.close_all()
