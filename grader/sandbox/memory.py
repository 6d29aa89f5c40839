"""A student process's memory: its limit, its peak, and who sees to them, the kernel by a cgroup or we by watching.

Both count what the process takes beyond what it held when it took on the submission.
"""

import contextlib
import os
import secrets
from pathlib import Path

from grader.errors import SandboxFailed
from grader.results import Memory

# What a group of processes is charged with is not quite what is seen of one.
NEARLY = 0.9

_left: list[Path] = []  # cgroups whose processes may still be ending


def limit_memory(pid: int, limit_mib: int) -> "Watch":
    """Hold a process to `limit_mib` more than it has now.

    In a cgroup of its own where GRADUS_CGROUP names one that is delegated to us, else by watching it.
    Raises SandboxFailed where the cgroup cannot be made.
    """
    if not (parent := os.environ.get("GRADUS_CGROUP")):
        return Watch(pid, limit_mib)
    try:
        return Cgroup(pid, limit_mib, Path(parent))
    except OSError as error:
        raise SandboxFailed(f"a student process cannot be given a cgroup of its own: {error}") from error


def cgroup_lacks() -> str | None:
    """What keeps GRADUS_CGROUP from being used; None where nothing does, or it is not set."""
    if not (parent := os.environ.get("GRADUS_CGROUP")):
        return None
    controllers = Path(parent, "cgroup.controllers")
    try:
        if "memory" not in controllers.read_text().split():
            return f"{controllers} does not name memory. Delegate that controller to the worker."
    except OSError as error:
        return f"GRADUS_CGROUP={parent} is no cgroup of version 2 ({error.strerror}). Name one, or leave it out."
    if not os.access(parent, os.W_OK):
        return f"The worker may not write to {parent}. Delegate the cgroup to its account."
    return None


class Watch:
    """Real memory as /proc tells it. The kernel keeps the highest, so that no peak between two looks is missed."""

    by = "watched"

    def __init__(self, pid: int, limit_mib: int) -> None:
        self.pid = pid
        self.limit_mib = limit_mib
        self.peak_kib: float | None = 0
        self.start_kib, self.start_high_kib = _held_kib(pid)

    def passed(self) -> bool:
        """Whether the process has been past its limit until now."""
        self.saw(*_held_kib(self.pid))
        return self.peak_kib is not None and self.peak_kib > self.limit_mib * 1024

    def nearly_full(self) -> bool:
        """Whether a process that was killed may have been for its memory: its highest is near the limit, or unknown."""
        self.passed()
        return self.peak_kib is None or self.peak_kib >= NEARLY * self.limit_mib * 1024

    def saw(self, held_kib: float, highest_kib: float) -> None:
        """Take into account what the process held; the highest only if it came about after the start."""
        most = highest_kib if highest_kib > self.start_high_kib else held_kib
        self.peak_kib = max(self.peak_kib or 0, most - self.start_kib)

    def report(self) -> Memory:
        return Memory(self.limit_mib, None if self.peak_kib is None else round(self.peak_kib / 1024, 1), self.by)

    def close(self) -> None:
        """Take a last look; to be called while the process is there."""
        self.passed()


class Cgroup(Watch):
    """A cgroup of version 2: it counts from the moment that the process enters, and the kernel kills what passes it."""

    by = "cgroup"

    def __init__(self, pid: int, limit_mib: int, parent: Path) -> None:
        super().__init__(pid, limit_mib)
        for left in _left[:]:
            with contextlib.suppress(OSError):  # not quite ended
                left.rmdir()
                _left.remove(left)
        control = parent / "cgroup.subtree_control"
        if "memory" not in control.read_text().split():
            control.write_text("+memory")
        self.folder = parent / f"student-{os.getpid()}-{secrets.token_hex(4)}"
        self.folder.mkdir()
        _left.append(self.folder)
        for name, value in {
            "memory.max": limit_mib << 20,
            "memory.swap.max": 0,
            "memory.oom.group": 1,
            "cgroup.procs": pid,
        }.items():
            (self.folder / name).write_text(str(value))

    def passed(self) -> bool:
        """False: the kernel sees to the limit. Note the peak, which older kernels than 5.19 do not tell."""
        try:
            self.peak_kib = int((self.folder / "memory.peak").read_text()) / 1024
        except OSError:
            self.peak_kib = None
        return False

    def saw(self, held_kib: float, highest_kib: float) -> None:
        """The kernel has seen more."""


def _held_kib(pid: int) -> tuple[int, int]:
    """Real memory of a process now and at its highest; zeros once it has ended."""
    try:
        with open(f"/proc/{pid}/status") as file:
            told = dict(line.split(":", 1) for line in file if line.startswith(("VmRSS:", "VmHWM:")))
        return int(told["VmRSS"].split()[0]), int(told["VmHWM"].split()[0])
    except (OSError, KeyError):
        return 0, 0
