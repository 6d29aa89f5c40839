"""Processes that end with the one that started them, however that one ends.

Two processes watch each other: a guard, which does nothing but wait, and its child, which works and starts
the rest. Both adopt orphans. When the work is killed, what it leaves comes to the guard, which ends it; when
the guard is killed, the kernel tells the work, which ends everything and itself.
"""

import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


class Stop(BaseException):
    """Somebody asked to stop: Ctrl-C, a signal, or the death of the guard."""


def run_guarded(work: Callable[[], int]) -> int:
    """Do the work in a child process and return its exit status; when this returns, nothing of it is left."""
    adopt_orphans()
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    child = os.fork()
    if child == 0:
        # A session of its own: Ctrl-C in the terminal reaches the guard alone, and the services none.
        os.setsid()
        end_with_parent(signal.SIGTERM)
        status = 1
        try:
            status = work()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    def pass_on(number: int, frame: FrameType | None) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGTERM)

    for number in STOP_SIGNALS:
        signal.signal(number, pass_on)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
    while True:
        pid, status = os.wait()
        if pid == child:
            break
    kill_descendants()
    return os.waitstatus_to_exitcode(status)


def stop_on_signals() -> None:
    """From here on a stop signal raises Stop."""

    def stop(number: int, frame: FrameType | None) -> None:
        ignore_signals()
        raise Stop

    for number in STOP_SIGNALS:
        signal.signal(number, stop)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)


def ignore_signals() -> None:
    """We are stopping already; a second Ctrl-C changes nothing."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def adopt_orphans() -> None:
    """Become the parent of what our descendants leave behind. Linux only; elsewhere process groups must do."""
    if _prctl is not None:
        _prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_with_parent(number: signal.Signals) -> None:
    """Have the kernel send us this signal when the thread that started us ends. Linux only."""
    if _prctl is not None:
        _prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)


def begin_service() -> None:
    """What a service does before it becomes the program that it runs: default signals, no life of its own."""
    end_with_parent(signal.SIGKILL)
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_DFL)


def reap() -> list[tuple[int, int]]:
    """(pid, exit status) of the children, born or adopted, that have ended since last asked."""
    ended = []
    with contextlib.suppress(ChildProcessError):
        while (result := os.waitpid(-1, os.WNOHANG))[0]:
            ended.append((result[0], os.waitstatus_to_exitcode(result[1])))
    return ended


def kill_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def kill_descendants() -> None:
    """Kill all that descends from us; returns when none is left."""
    while True:
        for pid in descendants(os.getpid()):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        try:
            os.wait()
        except ChildProcessError:
            return


def descendants(ancestor: int) -> list[int]:
    """Process ids of all that descends from a process, nearest first. Empty where there is no /proc."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The name, in parentheses, may hold anything; what follows its last parenthesis is the state, the parent.
            parent = int(stat.read_text(errors="replace").rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(stat.parent.name))
    found = list(children.get(ancestor, []))
    for pid in found:
        found += children.get(pid, [])
    return found
