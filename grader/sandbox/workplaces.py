"""Where the children of the Landlock mode keep their files: a place a zygote, in it a folder a child.

The zygote holds a lock on its place for as long as it lives; a place whose lock is free is nobody's.
"""

import contextlib
import fcntl
import os
import tempfile
from pathlib import Path

from grader.errors import SandboxUnavailable
from grader.sandbox.bubblewrap import UNPRIVILEGED_UID
from grader.sandbox.guest import folders


def new_place() -> tuple[str, list[int]]:
    """An empty place for a zygote, and the locked descriptor that it is to inherit.

    What dead zygotes left is removed on the way.
    """
    root = _root()
    # Held until the place is locked, so that nobody takes it for a dead zygote's.
    with contextlib.closing(_Lock(root)) as lock:
        fcntl.flock(lock.fd, fcntl.LOCK_EX)
        for left in root.iterdir():
            remove_if_free(str(left))
        place = tempfile.mkdtemp(dir=root)
        if os.geteuid() == 0:
            os.chown(place, UNPRIVILEGED_UID, UNPRIVILEGED_UID)
        held = _Lock(Path(place)).fd
        fcntl.flock(held, fcntl.LOCK_EX)
    return place, [held]


def remove_if_free(place: str) -> None:
    """Remove a place if its zygote has ended. What resists is left to whoever starts the next zygote."""
    with contextlib.suppress(OSError), contextlib.closing(_Lock(Path(place))) as lock:
        fcntl.flock(lock.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        folders.remove(place)


class _Lock:
    def __init__(self, folder: Path) -> None:
        self.fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def close(self) -> None:
        os.close(self.fd)


def _root() -> Path:
    """The folder of all places of this account. Others may pass through it: a zygote's account may not be ours."""
    root = Path(tempfile.gettempdir()) / f"gradus-work-{os.getuid()}"
    root.mkdir(mode=0o711, exist_ok=True)
    state = root.lstat()
    if state.st_uid != os.getuid() or state.st_mode & 0o066 or root.is_symlink():
        raise SandboxUnavailable(
            f"{root} is not ours alone. Remove it, or set TMPDIR to a folder where nobody else is."
        )
    return root
