"""Children forked ahead, walled in and warm: how many of a kind, by load and by the memory that is free."""

import os
import time
from dataclasses import dataclass, field
from typing import Any

# What one takes that the zygote does not hold already, measured.
COST_MIB = {"numpy": 3, "tensorflow": 20, "keras": 62}
# They may take this part of the memory that is free: most of it belongs to submissions at work.
PART_OF_MEMORY = 1 / 8
CORES = len(os.sched_getaffinity(0))
MOST = 2 * CORES
# Most submissions have ended by then.
REST_SECONDS = 0.1


def available_mib() -> int:
    with open("/proc/meminfo") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("MemAvailable:")) >> 10


@dataclass
class Standbys:
    """Those of one kind, oldest first. Each is given away once.

    A request that finds none warm makes room for one more; a quiet time takes one away, down to `least`.
    """

    kind: str
    least: int
    quiet_seconds: float
    kids: list[Any] = field(default_factory=list)
    asked: float = field(default_factory=time.monotonic)
    # One has died before it was warm. The machine may be unable to build the walls: none is made ahead
    # until somebody asks, who then hears of it.
    broken: bool = False

    def __post_init__(self) -> None:
        self.wanted = self.least

    def take(self) -> Any:
        """The oldest that is warm, else the one nearest to it, else None."""
        self.asked, self.broken = time.monotonic(), False
        taken = next((kid for kid in self.kids if kid.warm), None)
        if taken is None:
            self.wanted = min(self.wanted + 1, MOST)
            taken = self.kids[0] if self.kids else None
        if taken is not None:
            self.kids.remove(taken)
        return taken

    def short(self, busy: bool) -> bool:
        """Whether another is to be forked now: no more warm up at a time than there are cores.

        busy : children are at work. Where no more than the least are wanted, the next one waits a moment for them.
        """
        if self.broken or len(self.kids) >= self.wanted or sum(not kid.warm for kid in self.kids) >= CORES:
            return False
        if busy and self.rest_in() > 0:
            return False
        return (len(self.kids) + 1) * COST_MIB[self.kind] <= available_mib() * PART_OF_MEMORY

    def rest_in(self) -> float:
        """Seconds for which nothing is forked ahead, so that what was asked for last has the cores for itself."""
        if self.wanted > self.least or len(self.kids) >= self.wanted:
            return 0
        return max(self.asked + REST_SECONDS - time.monotonic(), 0)

    def lost(self, kid: Any) -> None:
        """One has died unused."""
        self.kids.remove(kid)
        self.broken = not kid.warm

    def quiet_in(self) -> float | None:
        """Seconds until nobody has asked for a while; None where there is nothing to take away then."""
        if self.wanted <= self.least:
            return None
        return max(self.asked + self.quiet_seconds - time.monotonic(), 0)

    def shrink(self) -> Any:
        """After a quiet time one fewer is wanted; the one too many, or None."""
        if self.quiet_in() != 0:
            return None
        self.wanted -= 1
        self.asked = time.monotonic()
        return self.kids.pop(0) if len(self.kids) > self.wanted else None
