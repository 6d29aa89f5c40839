"""The examiner's side of the zygotes: find or start the one of a flavor, and get student processes from it.

A zygote lives as long as anyone is connected to it. Every process that grades keeps one connection a
flavor; the socket lies in a folder that only this account may enter.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import select
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import SandboxFailed, SandboxUnavailable
from grader.sandbox.bubblewrap import GUEST, LAYERS, sandbox_environment, zygote_command
from grader.sandbox.bubblewrap import mode as best_mode
from grader.sandbox.workplaces import new_place, remove_if_free

START_SECONDS = 60.0
HAND_OVER_SECONDS = 30.0


@dataclass(frozen=True)
class Ending:
    """How a student process ended: the status that wait gives, its peak memory, and the limit that it passed.

    passed : "files" or "threads" where the zygote killed it for those.
    """

    status: int
    peak_kib: int
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
    return folder


def _fingerprint(flavor: str, layers: tuple[str, ...], mode: str) -> str:
    """Names the socket: another checkout, environment, mode or set of layers is another zygote."""
    of = [
        flavor,
        mode,
        *layers,
        str(sandbox_environment()),
        *sorted(f"{p}{p.stat().st_mtime_ns}" for p in GUEST.glob("*.py")),
    ]
    return hashlib.sha256("\0".join(of).encode()).hexdigest()[:16]


class Zygote:
    """A connection to the zygote of one flavor, by default in the best mode that the machine allows."""

    def __init__(self, flavor: str, layers: tuple[str, ...] = LAYERS, mode: str | None = None) -> None:
        self.flavor = flavor
        self.mode = mode or best_mode()
        self.layers = layers
        self.owner = os.getpid()
        self.lock = threading.Lock()
        self.tags = 0
        self.endings: dict[int, Ending] = {}
        self.connection = self._connect()

    def child(self) -> Child:
        """A student process that nobody has used. Raises SandboxFailed where the zygote has died."""
        with self.lock:
            self.tags += 1
            tag = self.tags
            try:
                self.connection.send(json.dumps({"tag": tag}).encode())
                while True:
                    message, fds = self._receive(HAND_OVER_SECONDS)
                    if message.get("tag") == tag:
                        channel, output, pidfd = fds
                        os.set_blocking(output, False)
                        return Child(tag, socket.socket(fileno=channel), output, pidfd)
            except (OSError, EOFError) as error:
                raise SandboxFailed(f"the zygote of flavor {self.flavor} has died: {error}") from error

    def ending(self, tag: int, seconds: float) -> Ending | None:
        """How the child ended, waiting for at most `seconds`; None where that is not known."""
        end = time.monotonic() + seconds
        with self.lock:
            try:
                while tag not in self.endings:
                    self._receive(end - time.monotonic())
            except (OSError, EOFError):
                return None
            return self.endings.pop(tag)

    def _receive(self, seconds: float) -> tuple[dict[str, Any], list[int]]:
        readable, _, _ = select.select([self.connection], [], [], max(seconds, 0))
        if not readable:
            raise TimeoutError(f"no answer for {seconds:.0f} s")
        data, fds, _, _ = socket.recv_fds(self.connection, 4096, 3)
        if not data:
            raise EOFError("it hung up")
        message = json.loads(data)
        if "exit" in message:
            self.endings[message["exit"]] = Ending(message["status"], message["peak_kib"], message["passed"])
            while len(self.endings) > 64:
                self.endings.pop(next(iter(self.endings)))
        return message, fds

    def close(self) -> None:
        self.connection.close()

    def _connect(self) -> socket.socket:
        path = runtime_folder() / f"{self.flavor}-{_fingerprint(self.flavor, self.layers, self.mode)}"
        with _locked(path.with_suffix(".lock")):
            connection = _call(path) or _start(path, self.flavor, self.layers, self.mode)
        return connection


def _call(path: Path) -> socket.socket | None:
    """A connection to a zygote that is alive; None where there is none."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        connection.connect(str(path))
        _await_ready(connection)
    except (OSError, EOFError):
        connection.close()
        return None
    return connection


def _await_ready(connection: socket.socket) -> None:
    connection.settimeout(START_SECONDS)
    if not connection.recv(4096):
        raise EOFError("it hung up")
    connection.settimeout(None)


def _start(path: Path, flavor: str, layers: tuple[str, ...], mode: str) -> socket.socket:
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
                _await_ready(connection)
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
    return connection


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


def child_of(flavor: str) -> tuple[Zygote, Child]:
    """A student process of this flavor; a zygote that has died is started again, once."""
    with _lock:
        zygote = _zygotes.get(flavor)
        if zygote is not None and zygote.owner == os.getpid():
            with contextlib.suppress(SandboxFailed):
                return zygote, zygote.child()
            zygote.close()
        zygote = _zygotes[flavor] = Zygote(flavor)
    return zygote, zygote.child()
