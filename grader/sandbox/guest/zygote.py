"""The zygote: a warm process behind the outer wall that forks a fresh child for every submission.

It listens on a Unix socket that it inherits. Each connection asks for children and is told when they end;
when a connection closes, its children are killed, and when none is left the zygote ends. Standbys are forked
ahead, walled in and warm, and used once; in the `tensorflow` flavor those of the kind `keras` too, once asked for.

It imports TensorFlow for the `tensorflow` flavor and never runs it: an initialized context does not
survive a fork. It has one thread, which it checks, since a fork copies only one.
"""

import contextlib
import gc
import json
import math
import os
import platform
import resource
import select
import signal
import socket
import sys
from dataclasses import dataclass
from typing import Any

import child
import folders
import jail
import numpy as np
from standbys import Standbys

# Kinds of standby by flavor, with how many are there at least.
KINDS = {"numpy": {"numpy": 1}, "tensorflow": {"tensorflow": 1, "keras": 0}}
WATCH_SECONDS = 0.05


@dataclass
class Kid:
    """A child: `job` and `output` are the host's ends of its socket and its printed output.

    folder : its working folder, as it sees it. passed : the limit for which it was killed here.
    """

    pid: int
    job: socket.socket
    output: int
    folder: str
    tag: int = 0
    passed: str = ""
    connection: socket.socket | None = None
    warm: bool = False


class Zygote:
    def __init__(self, listener: socket.socket, settings: dict[str, Any]) -> None:
        self.listener = listener
        self.settings = settings
        self.namespaces = settings["mode"] == "namespaces"
        self.connections: dict[int, socket.socket] = {}
        self.kids: dict[int, Kid] = {}
        self.standbys = {
            kind: Standbys(kind, least, settings["quiet_seconds"]) for kind, least in KINDS[settings["flavor"]].items()
        }
        self.warming: dict[int, Kid] = {}
        self.forked = 0
        self.started_kib = memory_kib()
        self.pid_namespace = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
        self.poll = select.poll()
        self.wake, wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake_write)
        for fd in (listener.fileno(), self.wake):
            self.poll.register(fd, select.POLLIN)

    def serve(self) -> None:
        """Answer connections until the last one has closed. Forking ahead comes after all who wait."""
        while True:
            watched = self.watch()
            busy = any(kid.connection is not None for kid in self.kids.values())
            short = next((standbys for standbys in self.standbys.values() if standbys.short(busy)), None)
            events = self.poll.poll(0 if short else self.patience_ms(watched))
            for fd, _ in events:
                self.attend(fd)
            if not self.connections:
                return self.end()
            if not events:
                self.forgo()
                if short:
                    self.fork_ahead(short)

    def end(self) -> None:
        """Take the children along, and what they wrote; with namespaces the kernel does."""
        for kid in self.kids.values() if not self.namespaces else ():
            os.kill(kid.pid, signal.SIGKILL)
            os.waitpid(kid.pid, 0)
            self.clear(kid)

    def clear(self, kid: Kid) -> None:
        """Remove an ended child's folder. What resists is left to whoever starts the next zygote."""
        if not self.namespaces:
            with contextlib.suppress(OSError):
                folders.remove(kid.folder)

    def patience_ms(self, watched: bool) -> float | None:
        """How long nothing is to be done if nobody asks; None where for ever."""
        waits = [wait for standbys in self.standbys.values() if (wait := standbys.quiet_in()) is not None]
        waits += [rest for standbys in self.standbys.values() if (rest := standbys.rest_in())]
        waits += [WATCH_SECONDS] if watched else []
        return min(waits) * 1000 + 1 if waits else None

    def attend(self, fd: int) -> None:
        if fd == self.listener.fileno():
            self.accept()
        elif fd == self.wake:
            self.reap()
        elif fd in self.connections:
            self.answer(self.connections[fd])
        elif fd in self.warming:
            self.warmed(self.warming[fd])

    def watch(self) -> bool:
        """Kill the children that take more than they may, where no namespace sees to it; whether any need a look."""
        used = [kid for kid in self.kids.values() if kid.connection is not None]
        if self.namespaces or not used:
            return False
        for kid in used:
            kid.passed = kid.passed or folders.passed_limit(kid.pid, kid.folder, self.settings["files_mib"])
            if kid.passed:
                os.kill(kid.pid, signal.SIGKILL)
        return True

    def accept(self) -> None:
        connection, _ = self.listener.accept()
        self.connections[connection.fileno()] = connection
        self.poll.register(connection, select.POLLIN)
        # On connecting the host hears whether the machine let the sandbox be built at all.
        self.tell(connection, {"packages": packages(), "memory_kib": self.started_kib})

    def answer(self, connection: socket.socket) -> None:
        try:
            message = connection.recv(4096)
        except OSError:
            message = b""
        if not message:
            self.close(connection)
            return
        request = json.loads(message)
        if "tag" in request:
            self.hand_over(connection, **request)
        else:
            warm = {kind: [kid.warm for kid in standbys.kids] for kind, standbys in self.standbys.items()}
            self.tell(connection, {"standbys": warm, "forked": self.forked})

    def close(self, connection: socket.socket) -> None:
        self.poll.unregister(connection)
        del self.connections[connection.fileno()]
        connection.close()
        for kid in self.kids.values():
            if kid.connection is connection:
                kid.connection = None
                os.kill(kid.pid, signal.SIGKILL)

    def hand_over(self, connection: socket.socket, tag: int, kind: str, cpu_seconds: float) -> None:
        """Give a standby to a connection: its socket, its output and a pidfd to kill it by."""
        kid = self.standbys[kind].take() or self.fork(kind)
        self.cooled(kid)
        kid.tag, kid.connection = tag, connection
        with contextlib.suppress(OSError):  # it has ended, as the host will see
            limit_cpu(kid.pid, cpu_seconds)
        pidfd = os.pidfd_open(kid.pid)
        message = json.dumps({"tag": tag, "memory_kib": memory_kib()}).encode()
        try:
            socket.send_fds(connection, [message], [kid.job.fileno(), kid.output, pidfd])
        except OSError:
            os.kill(kid.pid, signal.SIGKILL)
        os.close(pidfd)
        os.close(kid.output)
        kid.job.close()

    def fork_ahead(self, standbys: Standbys) -> None:
        kid = self.fork(standbys.kind)
        standbys.kids.append(kid)
        self.warming[kid.job.fileno()] = kid
        self.poll.register(kid.job, select.POLLIN)

    def warmed(self, kid: Kid) -> None:
        """It has said that it is ready, which stays in its socket for the host, or it has ended."""
        self.cooled(kid)
        kid.warm = bool(kid.job.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))

    def cooled(self, kid: Kid) -> None:
        """No longer listen for its word that it is warm."""
        if self.warming.pop(kid.job.fileno(), None) is not None:
            self.poll.unregister(kid.job)

    def forgo(self) -> None:
        """End the standbys that nobody has asked for in a long time."""
        for standbys in self.standbys.values():
            if (kid := standbys.shrink()) is not None:
                os.kill(kid.pid, signal.SIGKILL)
                self.bury(kid)

    def bury(self, kid: Kid) -> None:
        """Close what is left of a standby that nobody used."""
        self.cooled(kid)
        kid.job.close()
        os.close(kid.output)

    def fork(self, kind: str) -> Kid:
        """A new child, with namespaces in a pid namespace of its own: it is pid 1 there and takes all with it."""
        host_job, child_job = socket.socketpair()
        output, child_output = os.pipe2(os.O_CLOEXEC)
        folder = "/tmp" if self.namespaces else folders.new_folder(self.settings["place"])  # noqa: S108
        settings = {**self.settings, "folder": folder, "parent": os.getpid()}
        if self.namespaces:
            jail.unshare(jail.CLONE_NEWPID)
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            child.main(child_job.fileno(), child_output, settings, kind)
        if self.namespaces:
            jail.setns(self.pid_namespace, jail.CLONE_NEWPID)
        child_job.close()
        os.close(child_output)
        kid = Kid(pid, host_job, output, folder)
        self.kids[pid] = kid
        self.forked += 1
        return kid

    def reap(self) -> None:
        os.read(self.wake, 4096)
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            kid = self.kids.pop(pid, None)
            if kid is None:
                continue
            self.clear(kid)
            unused = next((standbys for standbys in self.standbys.values() if kid in standbys.kids), None)
            if unused is not None:
                unused.lost(kid)
                self.bury(kid)
            elif kid.connection is not None:
                used = {"peak_kib": usage.ru_maxrss, "cpu_seconds": usage.ru_utime + usage.ru_stime}
                self.tell(kid.connection, {"exit": kid.tag, "status": status, "passed": kid.passed, **used})

    def tell(self, connection: socket.socket, message: dict[str, Any]) -> None:
        """Send without waiting: a host that does not read must not stop the others' children."""
        try:
            connection.send(json.dumps(message).encode(), socket.MSG_DONTWAIT)
        except OSError:
            return


def limit_cpu(pid: int, seconds: float) -> None:
    """Let a child use so much CPU time more, and two seconds: what its wall-clock limit misses is ended here.

    Set from outside, since it may not do so itself: one that was killed would look like one that we killed.
    """
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    used = sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
    most = math.ceil(used + seconds) + 1
    resource.prlimit(pid, resource.RLIMIT_CPU, (most, most + 1))


def packages() -> dict[str, str]:
    """The versions that students' code sees."""
    versions = {"python": platform.python_version(), "numpy": np.__version__}
    return versions | {name: sys.modules[name].__version__ for name in ("tensorflow", "keras") if name in sys.modules}


def memory_kib() -> int:
    """Memory of this process's own."""
    with open("/proc/self/statm") as file:
        _, resident, shared, *_ = map(int, file.read().split())
    return (resident - shared) * (os.sysconf("SC_PAGE_SIZE") >> 10)


def threads() -> int:
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Threads:"))


def main() -> None:
    settings = json.loads(sys.argv[1])
    sys.argv = ["submission.py"]
    listener = socket.socket(fileno=settings["listener"])
    # What numpy loads late is loaded once, here.
    np.linalg.inv(np.eye(2)) @ np.ones((2, 2))
    np.random.default_rng(0).normal()
    if settings["flavor"] == "tensorflow":
        import keras  # noqa: F401
        import tensorflow  # noqa: F401
    # Each child is process 1 of its namespace and finds its filter made.
    jail.seccomp_program(1, own_files=True)
    gc.collect()
    gc.freeze()
    if threads() != 1:
        raise SystemExit(f"the zygote has {threads()} threads; a fork would copy one of them")
    Zygote(listener, settings).serve()


if __name__ == "__main__":
    main()
