"""The line as it runs for a school: a worker with two children, beat, the sandbox; each can be killed."""

import contextlib
import os
import re
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path

from config.supervisor import worker_services
from tests.conftest import ROOT

EXERCISES = Path(__file__).parent / "exercises"
# Guards against what hangs; no promise is measured by it.
HANG_SECONDS = 60
PAUSE_SECONDS = 0.005
ZYGOTE = "/venv/bin/python"


def until(happened: Callable[[], object], what: str, seconds: float = HANG_SECONDS) -> None:
    """Ask until it has happened. A pause between questions is no wait for the answer."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, f"within {seconds} s not: {what}"
        time.sleep(PAUSE_SECONDS)


class Line:
    """Services of one flavor, started as the supervisor starts them; `keep_up` starts again what has ended."""

    def __init__(self, folder: Path, environment: Mapping[str, str], flavor: str = "numpy") -> None:
        self.folder = folder
        self.mark = f"GRADUS_LINE={uuid.uuid4()}"
        sockets = folder / "sockets"
        sockets.mkdir(mode=0o700, exist_ok=True)
        name, _, value = self.mark.partition("=")
        paths = os.pathsep.join(filter(None, [str(EXERCISES), environment.get("EXERCISE_PATHS")]))
        self.environment = {
            "GRADUS_SWEEP_SECONDS": "1", "GRADUS_LEASE_MARGIN_SECONDS": "1", **environment, "EXERCISE_PATHS": paths,
            "PYTHONUNBUFFERED": "1", "XDG_RUNTIME_DIR": str(sockets), name: value,
        }  # fmt: skip
        services = {service.name: service.command for service in worker_services(without_grading=False)}
        worker = services[f"worker-{flavor}"]
        worker[worker.index("--concurrency") + 1] = "2"
        self.commands = {"worker": worker, "beat": services["beat"]}
        self.services: dict[str, subprocess.Popen[bytes]] = {}
        self.seen: dict[int, str] = {}

    def start(self, name: str) -> None:
        with self.log(name).open("ab") as log:
            self.services[name] = subprocess.Popen(
                self.commands[name], cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                process_group=0,
            )  # fmt: skip

    def start_all(self) -> None:
        for name in self.commands:
            self.start(name)
        until(lambda: "ready." in self.said("worker"), "the worker is ready")

    def keep_up(self) -> None:
        """What the supervisor does: of a service that has ended nothing is left, and it is started again."""
        for name, process in self.services.items():
            if process.poll() is not None:
                kill(-process.pid)
                self.start(name)

    def stop(self) -> None:
        """End the services as the supervisor does at last; what they leave is the test's to find."""
        self.remember()
        for process in self.services.values():
            process.terminate()
        for process in self.services.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            kill(-process.pid)
            process.wait()

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def said(self, name: str) -> str:
        return self.log(name).read_text(errors="replace")

    def recorded(self, submission: int) -> int:
        """How often a worker said that it had graded the submission; not counted where it died before saying so."""
        return len(re.findall(rf"submission {submission} graded\b", self.said("worker")))

    # --- its processes -------------------------------------------------------------------------------

    def members(self) -> dict[int, str]:
        """All that descends from what was started: id → command line. The mark is in their environment."""
        everyone = processes()
        marked = [pid for pid in everyone if self.mark.encode() in environment_of(pid)]
        for pid in marked:
            marked += [child for child, (parent, _) in everyone.items() if parent == pid and child not in marked]
        return {pid: everyone[pid][1] for pid in marked}

    def remember(self) -> dict[int, str]:
        """Take down who runs now, so that one can ask later whether they have ended."""
        members = self.members()
        self.seen.update({pid: birth(pid) for pid in members})
        return members

    def left(self) -> dict[int, str]:
        """Those that run still, though all that was started has been stopped."""
        old = {pid for pid, born in self.seen.items() if born and birth(pid) == born}
        return {pid: command for pid, (_, command) in processes().items() if pid in old} | self.members()

    def children(self) -> list[int]:
        """The processes of the worker's pool."""
        return [pid for pid, (parent, _) in processes().items() if parent == self.services["worker"].pid]

    def guests(self) -> tuple[list[int], list[int], list[int]]:
        """Process ids of bubblewrap, of the zygotes, and of the students' processes, standbys among them."""
        everyone, members = processes(), self.members()
        inside = [pid for pid, command in members.items() if command.startswith(ZYGOTE)]
        zygotes = [pid for pid in inside if pid in everyone and everyone[pid][0] not in inside]
        walls = [pid for pid, command in members.items() if Path(command.split(" ")[0]).name == "bwrap"]
        return walls, zygotes, [pid for pid in inside if pid not in zygotes]


def kill(pid: int, number: signal.Signals = signal.SIGKILL) -> None:
    """End a process, or with a negative number a group, if it is there."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def processes() -> dict[int, tuple[int, str]]:
    """All processes: id → (parent's id, command line). A zombie is none."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, parent, *_ = (folder / "stat").read_text().rpartition(")")[2].split()
            if state not in "ZX":
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                found[int(folder.name)] = (int(parent), command)
    return found


def environment_of(pid: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/environ").read_bytes()
    return b""


def birth(pid: int) -> str:
    """When a process began, in the kernel's ticks; empty where it has ended. Tells it from a later one of its number."""
    with contextlib.suppress(OSError):
        state, *rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return rest[18] if state not in "ZX" else ""
    return ""
