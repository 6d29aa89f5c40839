"""Working folders where there are no namespaces: one a child, watched while it runs, removed when it has ended.

With namespaces a child has an empty, sized /tmp instead, and the kernel does all of this. Here the zygote
does; what it meets in these folders was made by students' code.
"""

import os
import secrets
import stat

MAX_ENTRIES = 4096
MAX_THREADS = 128
LOOKS = 10


def new_folder(place: str) -> str:
    """An empty folder below the zygote's place, by a name that no other child can guess."""
    folder = f"{place}/{secrets.token_hex(16)}"
    os.mkdir(folder, 0o700)
    return folder


def passed_limit(pid: int, folder: str, files_mib: int) -> str:
    """Which limit a child is past: "files", "threads", or none.

    What cannot be looked at, because it is closed or lies too deep, counts as too much; so does what is
    moved about so quickly that no look ever catches it.
    """
    threads = _threads(pid)
    if threads is None or threads > MAX_THREADS:
        return "threads" if threads else ""
    for _ in range(LOOKS):
        try:
            return "files" if _size(folder) + _size_without_name(pid) > files_mib << 20 else ""
        except (FileNotFoundError, ProcessLookupError):
            if _threads(pid) is None:
                return ""
        except OSError:
            return "files"
    return "files"


def _threads(pid: int) -> int | None:
    """How many threads a process has; None where it has ended."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            state, *fields = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return None if state in "ZX" else int(fields[16])


def _size(folder: str) -> float:
    """Bytes of all files below a folder; infinite where there are too many."""
    entries, size, due = 0, 0, [folder]
    while due:
        with os.scandir(due.pop()) as found:
            for entry in found:
                entries += 1
                if entries > MAX_ENTRIES:
                    return float("inf")
                if entry.is_dir(follow_symlinks=False):
                    due.append(entry.path)
                else:
                    size += entry.stat(follow_symlinks=False).st_size
    return size


def _size_without_name(pid: int) -> int:
    """Bytes of the files that were removed but are held open."""
    states = [os.stat(f"/proc/{pid}/fd/{fd}") for fd in os.listdir(f"/proc/{pid}/fd")]
    return sum(s.st_size for s in states if stat.S_ISREG(s.st_mode) and s.st_nlink == 0)


def remove(folder: str) -> None:
    """Remove a folder, however deep or closed what lies in it: folders are moved up first, so that nothing recurses.

    Nobody may be at work in it any more. Raises OSError where something cannot be removed.
    """
    name, lifted = secrets.token_hex(8), 0
    while entries := os.listdir(folder):
        for entry in entries:
            path = f"{folder}/{entry}"
            if not _opened(path):
                os.unlink(path)
                continue
            for inner in os.listdir(path):
                if _opened(f"{path}/{inner}"):
                    lifted += 1
                    os.rename(f"{path}/{inner}", f"{folder}/{name}-{lifted}")
                else:
                    os.unlink(f"{path}/{inner}")
            os.rmdir(path)
    os.rmdir(folder)


def _opened(path: str) -> bool:
    """Whether this is a folder, which can then be entered."""
    if not stat.S_ISDIR(os.lstat(path).st_mode):
        return False
    os.chmod(path, 0o700)
    return True
