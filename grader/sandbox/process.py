"""One student process as the examiner drives it: requests and replies under limits, killed at the first one passed."""

import array
import contextlib
import fcntl
import os
import select
import signal
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from grader.errors import Killed, MemoryLimit, OutputLimit, ProtocolError, SandboxFailed, TimeLimit
from grader.results import Memory
from grader.sandbox.bubblewrap import FILES_MIB
from grader.sandbox.guest import folders, wire
from grader.sandbox.limits import Limits
from grader.sandbox.memory import Watch, limit_memory
from grader.sandbox.zygotes import child_of

WATCH_SECONDS = 0.05
READY_SECONDS = 60.0
SEALS = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
NO_REPLY = "answered with something that is no reply"
K = TypeVar("K", bound=Killed)


class Process:
    """A student process. Every failure of it is a Killed; every failure of the sandbox is an OurError."""

    def __init__(self, flavor: str, seed: int, limits: Limits, files: Mapping[str, bytes] | None = None) -> None:
        self.limits = limits
        self.left_seconds = READY_SECONDS
        self.printed = bytearray()
        self.output_ended = False
        self.killed: Killed | None = None
        self.doing = "starting"
        self.zygote, self.child = child_of(flavor, limits.wall_seconds)
        self.pid = _pid_of(self.child.pidfd)
        self.next_look = 0.0
        self.memory: Watch | None = None
        # The process may keep the descriptors of what is sent to it in sealed files: memory that no limit of
        # its own counts. So all of them together may hold as much as it may take.
        self.sealed_left = limits.memory_mib << 20
        try:
            self._receive_ready()
            if limits.nice:
                _stand_back(self.pid, limits.nice)
            begin = {
                "do": "begin",
                "seed": seed,
                "memory_mib": limits.memory_mib,
                "files": dict(files or {}),
            }
            self.memory = limit_memory(self.pid, limits.memory_mib)
            answer = self.ask(begin, "starting")
            if "error" in answer:
                raise SandboxFailed(f"a submission cannot begin: {answer['error']}")
            # Until here no code of the student's has run, and what failed was ours.
            self.left_seconds = limits.wall_seconds
        except Killed as killed:
            self.close()
            raise SandboxFailed(f"a student process ended before it began: {killed}") from killed
        except BaseException:
            self.close()
            raise

    def _receive_ready(self) -> None:
        """Wait for the standby's word that all its walls stand."""
        try:
            with self._timed():
                ready = self._receive()
        except Killed as killed:
            self._drain()
            said = self.printed.decode(errors="replace")[-2000:]
            raise SandboxFailed(f"a student process could not be walled in: {said or killed}") from killed
        if ready != {"ready": True}:
            raise SandboxFailed("a student process did not say that it is ready")

    def ask(self, request: dict[str, Any], doing: str) -> dict[str, Any]:
        """The process's answer to one request. Raises Killed; then every later request raises the same."""
        if self.killed is not None:
            raise self.killed
        self.doing = doing
        frame = wire.encode(request)
        try:
            with self._timed():
                self._send(frame)
                answer = self._receive()
        except Killed as killed:
            self._end(killed)
            raise
        if not isinstance(answer, dict) or len(answer) != 1 or not set(answer) <= {"reply", "error"}:
            raise self.no_reply()
        return answer

    @contextlib.contextmanager
    def _timed(self) -> Iterator[None]:
        """What is done here takes from the time that the process has."""
        self.deadline = time.monotonic() + self.left_seconds
        try:
            yield
        finally:
            self.left_seconds = self.deadline - time.monotonic()

    def _check_limits(self) -> None:
        """Hold the process to its time and memory; to the latter by the clock, for a look costs."""
        now = time.monotonic()
        if now >= self.deadline:
            raise TimeLimit(
                f"`{self.doing}` was stopped: your code may run for {self.limits.wall_seconds:.3g} s in all. "
                "Look for a loop that does not end, or for work that one array operation could do."
            )
        if now >= self.next_look:
            self.next_look = now + WATCH_SECONDS
            if self.memory is not None and self.memory.passed():
                raise self.memory_error()

    def kill(self) -> None:
        try:
            signal.pidfd_send_signal(self.child.pidfd, signal.SIGKILL)
        except ProcessLookupError:
            return

    def take_output(self) -> str:
        """What was printed since last asked. Where it was too much, the process ends and later requests say so."""
        if self.killed is None:
            try:
                self._drain()
            except OutputLimit as killed:
                self._end(killed)
        text = self.printed.decode(errors="replace")
        self.printed.clear()
        return text

    def memory_used(self) -> Memory | None:
        """The memory limit and the peak, once the process has a submission."""
        return self.memory.report() if self.memory is not None else None

    def close(self) -> None:
        """End the process, whatever it is doing. The kernel cleans up behind it while we go on."""
        if self.child.channel.fileno() < 0:
            return
        if self.memory is not None:
            self.memory.close()
        self.kill()
        self.child.channel.close()
        os.close(self.child.output)
        os.close(self.child.pidfd)

    def _send(self, frame: Sequence[bytes | memoryview]) -> None:
        """Write a frame, its body as a sealed file where it is large."""
        head, *body = frame
        size = sum(map(len, body))
        if wire.SEALED_BYTES <= size <= self.sealed_left:
            self.sealed_left -= size
            with _sealed(body) as descriptor:
                self._write(head)
                self._write(b"\0", [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [descriptor]))])
        else:
            self._write(b"".join([head, *body]))

    def _write(self, content: bytes | memoryview, beside: Sequence[tuple[int, int, Any]] = ()) -> None:
        """Send bytes, never waiting past the limit for a process that does not read."""
        view = memoryview(content)
        while view:
            try:
                flags = socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL
                sent = self.child.channel.sendmsg([view[: 1 << 20]], beside, flags)
            except BlockingIOError:
                self._wait(writing=True)
                continue
            except OSError:
                raise self._ended() from None
            view = view[sent:]
            if view:
                self._check_limits()

    def _receive(self) -> Any:
        header_size, body_size = wire.HEAD.unpack(self._exactly(wire.HEAD.size))
        if header_size > wire.MAX_HEADER or body_size > self.limits.reply_mib << 20:
            raise OutputLimit(
                f"`{self.doing}` gave back more than {self.limits.reply_mib} MiB. "
                "Return only the arrays that the statement asks for, in its shapes."
            )
        header, body = self._exactly(header_size), self._exactly(body_size)
        try:
            return wire.decode(bytes(header), body)
        except wire.WireError:
            raise self._protocol_error(NO_REPLY) from None

    def _exactly(self, size: int) -> memoryview:
        buffer = view = np.empty(size, np.uint8).data
        while view:
            try:
                received = self.child.channel.recv_into(view, 0, socket.MSG_DONTWAIT)
            except BlockingIOError:
                self._wait(writing=False)
                continue
            except OSError:
                received = 0
            if received == 0:
                raise self._ended()
            view = view[received:]
            if view:
                self._check_limits()  # a reply that trickles in is always ready, and never done
        return buffer

    def _wait(self, writing: bool) -> None:
        """Wait until the channel is ready, meanwhile reading what is printed and watching the limits."""
        channel, output = self.child.channel, self.child.output
        while True:
            patience = min(max(self.deadline - time.monotonic(), 0), WATCH_SECONDS)
            # A pipe that was closed is readable at once, always.
            readers: list[Any] = [] if self.output_ended else [output]
            if not writing:
                readers.append(channel)
            readable, writable, _ = select.select(readers, [channel] if writing else [], [], patience)
            if output in readable:
                self.output_ended = not self._drain()
            if channel in readable or writable:
                return
            self._check_limits()

    def _drain(self) -> bool:
        """Read what was printed. False at its end."""
        while True:
            try:
                text = os.read(self.child.output, 65536)
            except BlockingIOError:
                return True
            except OSError:
                return False
            if not text:
                return False
            self.printed += text
            if len(self.printed) > self.limits.output_kib << 10:
                del self.printed[self.limits.output_kib << 10 :]
                raise OutputLimit(
                    f"`{self.doing}` printed more than {self.limits.output_kib} KiB. "
                    "Print a summary, such as shapes or the first rows, and nothing inside a loop."
                )

    def no_reply(self) -> ProtocolError:
        """End the process for an answer that no call gives."""
        return self._end(self._protocol_error(NO_REPLY))

    def out_of_memory(self) -> MemoryLimit:
        """End the process for having asked for more memory than there is."""
        return self._end(self.memory_error())

    def _end(self, killed: K) -> K:
        self.killed = killed
        if self.memory is not None:
            self.memory.close()
        self.kill()
        return killed

    def memory_error(self) -> MemoryLimit:
        return MemoryLimit(
            f"`{self.doing}` needed more than the {self.limits.memory_mib} MiB of memory that this exercise allows. "
            "Look for an array that is larger than it needs to be, or for a list that grows without end."
        )

    def _ended(self) -> Killed:
        """Why the process is gone, though nobody here killed it. Raises SandboxFailed where that is our fault."""
        ending = self.zygote.ending(self.child)
        if ending is None:
            return self._protocol_error("hung up")
        if self.memory is not None:
            self.memory.saw(0, ending.peak_kib)
        if os.WIFEXITED(ending.status):
            return self._protocol_error(f"ended itself with exit status {os.WEXITSTATUS(ending.status)}")
        number = os.WTERMSIG(ending.status)
        if number not in (signal.SIGKILL, signal.SIGXCPU):
            name = signal.strsignal(number) or f"signal {number}"
            return self._protocol_error(f"crashed ({name.lower()})")
        if killed := self._killed_by_zygote(ending.passed):
            return killed
        if ending.cpu_seconds >= self.limits.wall_seconds:
            return TimeLimit(f"`{self.doing}` used up its CPU time. Look for a loop that does not end.")
        if self.memory is not None and self.memory.nearly_full():
            return self.memory_error()
        # It cannot kill itself: it is the first process of its pid namespace.
        raise SandboxFailed(f"a student process was killed from outside in `{self.doing}`, within its limits")

    def _killed_by_zygote(self, passed: str) -> Killed | None:
        """The limit for which the zygote killed the process; None where it was not the zygote."""
        if passed == "files":
            return OutputLimit(
                f"`{self.doing}` left more than {FILES_MIB} MiB of files, or more than {folders.MAX_ENTRIES} of them. "
                "Write only the files that the statement asks for."
            )
        if passed == "threads":
            return MemoryLimit(f"`{self.doing}` started more than {folders.MAX_THREADS} threads. Start none in a loop.")
        return None

    def _protocol_error(self, what: str) -> ProtocolError:
        return ProtocolError(
            f"The process {what} in `{self.doing}`, so the examiner got no answer. Functions must return; "
            "take out calls such as os._exit() and anything that writes to the examiner's descriptors."
        )


@contextlib.contextmanager
def _sealed(pieces: Sequence[bytes | memoryview]) -> Iterator[int]:
    """The descriptor of a file in memory that holds these bytes, which nobody can change any more."""
    descriptor = os.memfd_create("argument", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        with open(descriptor, "wb", closefd=False) as file:
            file.writelines(pieces)
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, SEALS)
        yield descriptor
    finally:
        os.close(descriptor)


def _stand_back(pid: int, nice: int) -> None:
    """Let others go first, as far as the kernel lets us say so.

    It weighs threads against each other; where it groups processes by session (autogroup), sessions first, of which
    each student process has one.
    """
    with contextlib.suppress(OSError):
        for thread in os.listdir(f"/proc/{pid}/task"):
            os.setpriority(os.PRIO_PROCESS, int(thread), nice)
    with contextlib.suppress(OSError), open(f"/proc/{pid}/autogroup", "w") as file:
        file.write(str(nice))


def _pid_of(pidfd: int) -> int:
    """The process id, as this side of the namespaces sees it."""
    with open(f"/proc/self/fdinfo/{pidfd}") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pid:"))
