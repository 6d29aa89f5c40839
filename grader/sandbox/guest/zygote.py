"""The zygote: a warm process behind the outer wall that forks a fresh child for every submission.

It listens on a Unix socket that it inherits. Each connection asks for children and is told when they end;
when a connection closes, its children are killed, and when none is left the zygote ends. One standby is
always forked ahead, jailed and warm, and used once.

It imports TensorFlow for the `tensorflow` flavor and never runs it: an initialized context does not
survive a fork. It has one thread, which it checks, since a fork copies only one.
"""

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import child
import folders
import jail
import numpy as np

STANDBY_AGE_SECONDS = 1800.0
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
    born: float = field(default_factory=time.monotonic)


class Zygote:
    def __init__(self, listener: socket.socket, settings: dict[str, Any]) -> None:
        self.listener = listener
        self.settings = settings
        self.namespaces = settings["mode"] == "namespaces"
        self.connections: dict[int, socket.socket] = {}
        self.kids: dict[int, Kid] = {}
        self.standby: Kid | None = None
        self.pid_namespace = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
        self.poll = select.poll()
        self.wake, wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake_write)
        for fd in (listener.fileno(), self.wake):
            self.poll.register(fd, select.POLLIN)

    def serve(self) -> None:
        """Answer connections until the last one has closed."""
        while True:
            if self.standby is None:
                self.standby = self.fork()
            for fd, _ in self.poll.poll(self.watch()):
                if fd == self.listener.fileno():
                    self.accept()
                elif fd == self.wake:
                    self.reap()
                else:
                    self.answer(self.connections[fd])
            if not self.connections:
                return self.end()

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

    def watch(self) -> float | None:
        """Kill the children that take more than they may, where no namespace sees to it; ms until the next look."""
        used = [kid for kid in self.kids.values() if kid.connection is not None]
        if self.namespaces or not used:
            return None
        for kid in used:
            kid.passed = kid.passed or folders.passed_limit(kid.pid, kid.folder, self.settings["files_mib"])
            if kid.passed:
                os.kill(kid.pid, signal.SIGKILL)
        return WATCH_SECONDS * 1000

    def accept(self) -> None:
        connection, _ = self.listener.accept()
        self.connections[connection.fileno()] = connection
        self.poll.register(connection, select.POLLIN)
        # On connecting the host hears whether the machine let the sandbox be built at all.
        self.tell(connection, {"ready": os.getpid(), "flavor": self.settings["flavor"]})

    def answer(self, connection: socket.socket) -> None:
        try:
            message = connection.recv(4096)
        except OSError:
            message = b""
        if message:
            self.hand_over(connection, json.loads(message)["tag"])
        else:
            self.close(connection)

    def close(self, connection: socket.socket) -> None:
        self.poll.unregister(connection)
        del self.connections[connection.fileno()]
        connection.close()
        for kid in self.kids.values():
            if kid.connection is connection:
                kid.connection = None
                os.kill(kid.pid, signal.SIGKILL)

    def hand_over(self, connection: socket.socket, tag: int) -> None:
        """Give the standby to a connection: its socket, its output and a pidfd to kill it by."""
        kid = self.standby or self.fork()
        self.standby = None
        kid.tag, kid.connection = tag, connection
        pidfd = os.pidfd_open(kid.pid)
        message = json.dumps({"tag": tag}).encode()
        try:
            socket.send_fds(connection, [message], [kid.job.fileno(), kid.output, pidfd])
        except OSError:
            os.kill(kid.pid, signal.SIGKILL)
        os.close(pidfd)
        os.close(kid.output)
        kid.job.close()

    def fork(self) -> Kid:
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
            child.main(child_job.fileno(), child_output, settings)
        if self.namespaces:
            jail.setns(self.pid_namespace, jail.CLONE_NEWPID)
        child_job.close()
        os.close(child_output)
        kid = Kid(pid, host_job, output, folder)
        self.kids[pid] = kid
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
            if kid is self.standby:
                # It died before anyone used it: whoever comes next gets another one.
                self.standby = None
                kid.job.close()
                os.close(kid.output)
            elif kid.connection is not None:
                told = {"exit": kid.tag, "status": status, "peak_kib": usage.ru_maxrss, "passed": kid.passed}
                self.tell(kid.connection, told)

    def tell(self, connection: socket.socket, message: dict[str, Any]) -> None:
        """Send without waiting: a host that does not read must not stop the others' children."""
        try:
            connection.send(json.dumps(message).encode(), socket.MSG_DONTWAIT)
        except OSError:
            return


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
    gc.collect()
    gc.freeze()
    if threads() != 1:
        raise SystemExit(f"the zygote has {threads()} threads; a fork would copy one of them")
    Zygote(listener, settings).serve()


if __name__ == "__main__":
    main()
