"""The examiner's side of the zygotes: find or start the one of a flavor, and get student processes from it.

A zygote lives as long as anyone is connected to it. Every process that grades keeps one connection a
flavor; the socket lies in a folder that only this account may enter.
"""

import contextlib
import fcntl
import gc
import hashlib
import json
import os
import select
import socket
import subprocess
import tempfile
import threading
import time
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import SandboxFailed, SandboxUnavailable
from grader.sandbox.bubblewrap import GUEST, LAYERS, sandbox_environment, zygote_command
from grader.sandbox.bubblewrap import mode as best_mode
from grader.sandbox.workplaces import new_place, remove_if_free

START_SECONDS = 60.0
HAND_OVER_SECONDS = 30.0
ENDING_SECONDS = 2.0
# A zygote that has taken this much more than it had at its start makes way for a new one.
GROWTH_KIB = 64 << 10
# Unix sockets end at 107 bytes; their names here take up to 28 of them.
LONGEST_FOLDER = 79
# The flavor of the zygote that a kind of process comes from, where it has another name.
FLAVORS = {"keras": "tensorflow"}


@dataclass(frozen=True)
class Ending:
    """How a student process ended.

    status, peak_kib, cpu_seconds : what wait gives; the peak is of its memory.
    passed : "files" or "threads" where the zygote killed it for those.
    """

    status: int
    peak_kib: int
    cpu_seconds: float
    passed: str = ""


@dataclass
class Child:
    """A student process, ready behind its walls."""

    tag: int
    channel: socket.socket
    output: int
    pidfd: int


def runtime_folder() -> Path:
    """The folder of this account's sockets, closed to everyone else."""
    base = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
    folder = Path(base) / f"gradus-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    state = folder.lstat()
    if state.st_uid != os.getuid() or state.st_mode & 0o077 or folder.is_symlink():
        raise SandboxUnavailable(f"{folder} is not ours alone. Remove it, or set XDG_RUNTIME_DIR to a folder that is.")
    if len(os.fsencode(folder)) > LONGEST_FOLDER:
        raise SandboxUnavailable(
            f"{folder}, for the sandbox's sockets, has a path longer than {LONGEST_FOLDER} bytes. "
            "Set XDG_RUNTIME_DIR to a folder with a short one, such as /tmp."
        )
    return folder


def _packages_stamp() -> int | None:
    """When the environment's packages were put in; None while they are being changed, or where nothing tells."""
    try:
        return (sandbox_environment() / "lock-stamp").stat().st_mtime_ns
    except FileNotFoundError:
        return None


def _fingerprint(flavor: str, layers: tuple[str, ...], mode: str, stamp: int | None) -> str:
    """Names the socket: another checkout, environment, set of packages or of layers, or mode is another zygote."""
    of = [
        flavor,
        mode,
        *layers,
        str(sandbox_environment()),
        str(stamp),
        *sorted(f"{p}{p.stat().st_mtime_ns}" for p in GUEST.glob("*.py")),
    ]
    return hashlib.sha256("\0".join(of).encode()).hexdigest()[:16]


class Zygote:
    """A connection to the zygote of one flavor, by default in the best mode that the machine allows.

    It closes when nobody refers to it any more. packages : versions by name, as students' code sees them.
    """

    def __init__(self, flavor: str, layers: tuple[str, ...] = LAYERS, mode: str | None = None) -> None:
        self.flavor = flavor
        self.mode = mode or best_mode()
        self.layers = layers
        self.owner = os.getpid()
        self.lock = threading.Lock()
        self.tags = 0
        self.endings: dict[int, Ending] = {}
        self.stamp = _packages_stamp()
        self.path = runtime_folder() / f"{flavor}-{_fingerprint(flavor, layers, self.mode, self.stamp)}"
        with _locked(self.path.with_suffix(".lock")):
            self.connection, ready = _call(self.path) or _start(self.path, flavor, layers, self.mode)
            self.born = _born(self.path)
        weakref.finalize(self, self.connection.close)
        self.packages: Mapping[str, str] = ready["packages"]
        self.memory_kib = self.started_kib = int(ready["memory_kib"])

    def child(self, kind: str, cpu_seconds: float) -> Child:
        """A student process that nobody has used, warm for `kind`: numpy, tensorflow or keras.

        cpu_seconds : CPU time that it may use, after which the kernel ends it.

        Raises SandboxFailed where the zygote has died.
        """
        with self.lock:
            self.tags += 1
            tag = self.tags
            try:
                self.connection.send(json.dumps({"tag": tag, "kind": kind, "cpu_seconds": cpu_seconds}).encode())
                while True:
                    message, fds = self._receive(HAND_OVER_SECONDS)
                    if message.get("tag") == tag:
                        self.memory_kib = message["memory_kib"]
                        channel, output, pidfd = fds
                        os.set_blocking(output, False)
                        return Child(tag, socket.socket(fileno=channel), output, pidfd)
            except (OSError, EOFError) as error:
                raise SandboxFailed(f"the zygote of flavor {self.flavor} has died: {error}") from error

    def standbys(self) -> tuple[dict[str, list[bool]], int]:
        """The standbys of each kind, for each whether it is warm; and how many children were ever forked."""
        with self.lock:
            self.connection.send(json.dumps({"ask": "standbys"}).encode())
            while True:
                message, _ = self._receive(HAND_OVER_SECONDS)
                if "standbys" in message:
                    return message["standbys"], message["forked"]

    def ending(self, child: Child) -> Ending | None:
        """How the child ended; None where it lives. Raises SandboxFailed where the zygote has died."""
        if not select.select([child.pidfd], [], [], ENDING_SECONDS)[0]:
            return None
        end = time.monotonic() + HAND_OVER_SECONDS
        with self.lock:
            try:
                while child.tag not in self.endings:
                    self._receive(end - time.monotonic())
            except (OSError, EOFError) as error:
                raise SandboxFailed(f"the zygote of flavor {self.flavor} has died: {error}") from error
            return self.endings.pop(child.tag)

    def _receive(self, seconds: float) -> tuple[dict[str, Any], list[int]]:
        readable, _, _ = select.select([self.connection], [], [], max(seconds, 0))
        if not readable:
            raise TimeoutError(f"no answer for {seconds:.0f} s")
        data, fds, _, _ = socket.recv_fds(self.connection, 4096, 3)
        if not data:
            raise EOFError("it hung up")
        message = json.loads(data)
        if "exit" in message:
            used = {name: message[name] for name in ("status", "peak_kib", "cpu_seconds", "passed")}
            self.endings[message["exit"]] = Ending(**used)
            while len(self.endings) > 64:
                self.endings.pop(next(iter(self.endings)))
        return message, fds

    def outdated(self) -> bool:
        """Whether the packages have changed since it started, or its memory has grown."""
        stamp = _packages_stamp()
        return stamp not in (None, self.stamp) or self.memory_kib > self.started_kib + GROWTH_KIB

    def retire(self) -> None:
        """Have whoever connects from now on start a new one; those connected to this one keep it."""
        with _locked(self.path.with_suffix(".lock")):
            if _born(self.path) == self.born:
                self.path.unlink(missing_ok=True)

    def close(self) -> None:
        self.connection.close()


def _born(path: Path) -> tuple[int, int] | None:
    """Tells a socket from a later one of the same path."""
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    return state.st_ino, state.st_ctime_ns


def _call(path: Path) -> tuple[socket.socket, dict[str, Any]] | None:
    """A connection to a zygote that is alive, and its first message; None where there is none."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        connection.connect(str(path))
        return connection, _await_ready(connection)
    except (OSError, EOFError):
        connection.close()
        return None


def _await_ready(connection: socket.socket) -> dict[str, Any]:
    connection.settimeout(START_SECONDS)
    message = connection.recv(4096)
    if not message:
        raise EOFError("it hung up")
    connection.settimeout(None)
    ready: dict[str, Any] = json.loads(message)
    return ready


def _start(path: Path, flavor: str, layers: tuple[str, ...], mode: str) -> tuple[socket.socket, dict[str, Any]]:
    """Start a zygote and connect to it before it runs, so that it never waits alone."""
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener.bind(str(path))
    listener.listen(64)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    connection.connect(str(path))
    spare, held = new_place() if mode == "landlock" else (tempfile.mkdtemp(prefix="gradus-"), [])
    try:
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                zygote_command(flavor, spare, listener.fileno(), layers, mode),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                pass_fds=[listener.fileno(), *held],
                start_new_session=True,
                cwd="/",
            )
            listener.close()
            try:
                ready = _await_ready(connection)
            except (OSError, EOFError) as error:
                process.kill()
                process.wait()
                said.seek(0)
                reason = said.read().decode(errors="replace").strip()[-2000:]
                connection.close()
                raise SandboxUnavailable(
                    f"The sandbox does not start ({error}). It said: {reason or 'nothing'}"
                ) from error
            threading.Thread(target=_bury, args=(process, spare), daemon=True, name=f"zygote-{flavor}").start()
    finally:
        for fd in held:
            os.close(fd)
        remove_if_free(spare)
    return connection, ready


def _bury(process: "subprocess.Popen[bytes]", spare: str) -> None:
    """Wait for a zygote's end, and remove what its children may have left."""
    process.wait()
    remove_if_free(spare)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


_zygotes: dict[str, Zygote] = {}
_lock = threading.Lock()


def child_of(kind: str, cpu_seconds: float) -> tuple[Zygote, Child]:
    """A student process of this kind; a zygote that has died is started again, once."""
    flavor = FLAVORS.get(kind, kind)
    with _lock:
        zygote = _zygote_of(flavor)
        with contextlib.suppress(SandboxFailed):
            return zygote, zygote.child(kind, cpu_seconds)
        zygote.close()
        zygote = _zygotes[flavor] = Zygote(flavor)
    return zygote, zygote.child(kind, cpu_seconds)


def packages(flavor: str) -> Mapping[str, str]:
    """The versions that students' code of this flavor sees: python, numpy, tensorflow and keras where they are."""
    with _lock:
        return _zygote_of(FLAVORS.get(flavor, flavor)).packages


def renew() -> None:
    """Have later processes come from new zygotes where packages have changed or a zygote's memory has grown.

    For the time between submissions; costs a look at one file. A process that is open keeps its zygote, which
    ends when the last connection to it closes.
    """
    with _lock:
        outdated = [flavor for flavor, zygote in _zygotes.items() if zygote.outdated()]
        for flavor in outdated:
            _zygotes.pop(flavor).retire()
    if outdated:
        gc.collect()  # a process that was killed refers to itself, by way of its exception's traceback


def _zygote_of(flavor: str) -> Zygote:
    """This process's connection to the zygote of a flavor; one from before a fork is another process's."""
    zygote = _zygotes.get(flavor)
    if zygote is None or zygote.owner != os.getpid():
        zygote = _zygotes[flavor] = Zygote(flavor)
    return zygote
