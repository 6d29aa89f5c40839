"""What namespaces would keep apart, and how the mode without them does: files, processes, their ends.

`attack()` gives back True when it has done its deed. Each attack succeeds where the walls that it aims at are taken
out, wherever that does no harm to the machine.
"""

import contextlib
import os
import platform
import select
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.errors import Killed, MemoryLimit, OutputLimit, StudentError
from grader.sandbox import Limits, open_student, zygotes
from grader.sandbox.bubblewrap import LAYERS
from grader.sandbox.guest import folders
from grader.sandbox.workplaces import new_place, remove_if_free
from tests.sandbox_modes import use_mode

OPEN = {"flavor": "numpy", "seed": 1, "limits": Limits(wall_seconds=10, memory_mib=128)}
# A slow disk must not let the time limit come first.
PATIENT = {**OPEN, "limits": Limits(wall_seconds=120, memory_mib=128)}
HEAD = """
import ctypes, glob, mmap, os, resource, signal, socket, struct, threading, time
libc = ctypes.CDLL(None, use_errno=True)

def syscall(*arguments):
    if libc.syscall(*[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]) < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return True

"""


@pytest.fixture(autouse=True)
def _without_namespaces(monkeypatch):
    use_mode(monkeypatch, "landlock")


@pytest.fixture
def without(monkeypatch) -> Iterator[object]:
    """`without(*walls)`: from here on student processes have all walls but these."""
    opened = []

    def take_out(*off: str) -> None:
        assert set(off) <= set(LAYERS)
        zygote = zygotes.Zygote("numpy", tuple(layer for layer in LAYERS if layer not in off), "landlock")
        opened.append(zygote)
        monkeypatch.setattr(zygotes, "_zygotes", {"numpy": zygote})

    yield take_out
    for zygote in opened:
        zygote.close()


def attempt(body: str, *arguments: object) -> object:
    """What `attack(*a)` with this body gives back; None where it fails in any way."""
    source = HEAD + "def attack(*a):\n" + "".join(f"    {line}\n" for line in body.strip().splitlines())
    with contextlib.suppress(StudentError), open_student(source, **OPEN) as student:
        return student.attack(*arguments)
    return None


# name: (the walls that guard against it, the body of attack(); a[0] is the zygote's process id, a[1] another
# child's, a[2] that child's folder, a[3] the place that holds all children's folders)
ATTACKS = {
    "see the machine's processes": (["landlock"], "return str(a[0]) in os.listdir('/proc')"),
    "read another's status": (["landlock"], "return 'Threads' in open(f'/proc/{a[1]}/status').read()"),
    "read another's open files": (["landlock"], "return len(os.listdir(f'/proc/{a[1]}/fd')) > 3"),
    "find another's folder": (["landlock"], "return os.readlink(f'/proc/{a[1]}/cwd') == a[2]"),
    "read the zygote's memory": (["landlock"], "return bool(open(f'/proc/{a[0]}/mem', 'rb'))"),
    "see the machine's connections": (["landlock"], "return 'sl' in open('/proc/self/net/tcp').read()"),
    "list all folders": (["landlock"], "return os.path.basename(a[2]) in os.listdir(a[3])"),
    "read in another's folder": (["landlock"], "return open(a[2] + '/secret').read() == 'x'"),
    "write in another's folder": (["landlock"], "return open(a[2] + '/planted', 'w').write('x') == 1"),
    "remove in another's folder": (["landlock"], "os.remove(a[2] + '/victim')\nreturn True"),
    "write in the machine's /tmp": (["landlock"], """
name = f'/tmp/gradus-planted-{os.getpid()}'
open(name, 'w').close()
os.remove(name)
return True"""),
    "read the machine's accounts": (["landlock"], "return 'root' in open('/etc/passwd').read()"),
    "date another's file": (["seccomp"], "os.utime(a[2] + '/secret', (1, 1))\nreturn True"),
    "signal another": (["seccomp", "landlock"], "os.kill(a[1], 0)\nreturn True"),
    "signal another's thread": (["seccomp", "landlock"], "return syscall(234, a[1], a[1], 0)"),
    "queue a signal for another": (["seccomp", "landlock"], """
return syscall(129, a[1], 0, ctypes.create_string_buffer(struct.pack("iii", 0, 0, -1), 128))"""),
    "hold another by a descriptor": (["seccomp"], "return os.pidfd_open(a[1]) > 0"),
    "trace another": (["seccomp", "landlock"], "return syscall(101, 0x4206, a[1], 0, 0)"),
    "limit another": (["seccomp"], "return syscall(302, a[1], 7, None, ctypes.create_string_buffer(16))"),
    "bind another to a CPU": (["seccomp"], "os.sched_setaffinity(a[1], os.sched_getaffinity(a[1]))\nreturn True"),
    "read another's memory": (["seccomp", "landlock"], """
copy, secret = ctypes.create_string_buffer(8), a[4]
vector = lambda address: struct.pack("QQ", address, 8)
read = ctypes.c_char_p(vector(ctypes.addressof(copy))), 1, ctypes.c_char_p(vector(secret)), 1, 0
return syscall(310, a[1], *read) and copy.raw == b'elephant'"""),
    "map a file shared": (["seccomp"], """
with open('shared', 'wb+') as file:
    file.truncate(4096)
    return len(mmap.mmap(file.fileno(), 4096)) == 4096"""),
    "open a socket": (["seccomp"], "return bool(socket.socket(socket.AF_UNIX))"),
    "leave shared memory": (["seccomp"], "return libc.shmctl(libc.shmget(0, 4096, 0o1600), 0, None) == 0"),
    "leave shared memory in files": (["landlock"], """
name = f'/dev/shm/gradus-{os.getpid()}'
open(name, 'w').close()
os.remove(name)
return True"""),
    "hold a key": (["seccomp"], "return syscall(250, 0, -3, 1)"),
    "fork": (["seccomp"], """
pid = os.fork()
if pid == 0:
    os._exit(7)
return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7"""),
    "outlive the zygote": (["seccomp"], "return syscall(157, 1, 0, 0, 0, 0)"),
    "open very many files": (["limits"], "return len([open('/dev/null') for _ in range(300)]) == 300"),
}  # fmt: skip

VICTIM = """
import ctypes, os
kept = ctypes.create_string_buffer(b"elephant")
open("secret", "w").write("x")
open("victim", "w").write("x")
def where():
    return os.getcwd(), os.getpid(), os.getppid(), ctypes.addressof(kept)
def untouched():
    return sorted(os.listdir(".")), os.stat("secret").st_mtime > 1e9
"""


@pytest.fixture
def victim() -> Iterator[tuple[object, tuple[object, ...]]]:
    """Another student's process, and what an attacker may know of it at most."""
    with open_student(VICTIM, **OPEN) as student:
        folder, pid, zygote, address = student.where()
        yield student, (zygote, pid, folder, os.path.dirname(folder), address)


needs_x86_64 = pytest.mark.skipif(platform.machine() != "x86_64", reason="the calls' numbers are those of x86-64")


@needs_x86_64
@pytest.mark.parametrize("name", ATTACKS)
def test_it_is_kept_from(name, victim):
    student, known = victim
    assert attempt(ATTACKS[name][1], *known) is not True
    assert student.untouched() == (["secret", "victim"], True)


@needs_x86_64
@pytest.mark.parametrize("name", ATTACKS)
def test_without_its_wall_it_succeeds(name, without):
    off, body = ATTACKS[name]
    without(*off)
    with open_student(VICTIM, **OPEN) as student:
        folder, pid, zygote, address = student.where()
        assert attempt(body, zygote, pid, folder, os.path.dirname(folder), address) is True


# --- the end of a child ------------------------------------------------------------------------------------------


def ended(pidfd: int) -> bool:
    """Wait for a process's end; false where it does not come."""
    return bool(select.select([pidfd], [], [], 30)[0])


def gone(path: str | Path) -> bool:
    """Wait for a folder's removal by somebody else; false where it does not come."""
    with contextlib.suppress(FileNotFoundError):
        for _ in range(3000):
            os.stat(path)
            # A pause between questions, not a wait for the answer.
            select.select([], [], [], 0.01)
        return False
    return True


def test_a_folder_goes_with_its_child_however_it_ends():
    with open_student(VICTIM, **OPEN) as student:
        folder = student.where()[0]
        assert Path(folder, "secret").exists()
        assert Path(folder).stat().st_mode & 0o777 == 0o700
    assert gone(folder)
    with open_student(VICTIM + "def end():\n    os._exit(0)", **OPEN) as student:
        folder = student.where()[0]
        with pytest.raises(Killed):
            student.end()
        assert gone(folder)


def test_children_and_folders_go_with_a_killed_zygote(without):
    without()
    with open_student(VICTIM, **OPEN) as student:
        folder, pid, zygote, _ = student.where()
        pidfd = os.pidfd_open(pid)
        os.kill(zygote, signal.SIGKILL)
        assert ended(pidfd)
        os.close(pidfd)
        remove_if_free(os.path.dirname(folder))
        assert gone(folder)


def test_children_and_folders_go_when_nobody_is_connected_any_more(monkeypatch):
    # A set of walls that no other test uses, and so a zygote of its own.
    zygote = zygotes.Zygote("numpy", tuple(reversed(LAYERS)), "landlock")
    monkeypatch.setattr(zygotes, "_zygotes", {"numpy": zygote})
    with open_student(VICTIM, **OPEN) as student:
        folder, pid, *_ = student.where()
        pidfd = os.pidfd_open(pid)
        zygote.close()
        assert ended(pidfd)
        os.close(pidfd)
        assert gone(folder)


def test_what_a_dead_zygote_left_goes_when_the_next_one_starts():
    left, held = new_place()
    Path(left, "child").mkdir()
    Path(left, "child", "file").write_text("x")
    kept, still_held = new_place()
    assert Path(left, "child", "file").exists()
    os.close(*held)
    third, third_held = new_place()
    assert not Path(left).exists()
    assert Path(kept).exists()
    for place, fds in ((kept, still_held), (third, third_held)):
        os.close(*fds)
        remove_if_free(place)
        assert not Path(place).exists()


def test_folders_are_removed_however_deep_or_closed(tmp_path):
    top = tmp_path / "top"
    top.mkdir()
    here = os.open(top, os.O_RDONLY)
    for _ in range(3000):  # far beyond what a path or a recursion can reach
        os.mkdir("deeper" * 20, dir_fd=here)
        below = os.open("deeper" * 20, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.mkdir("closed", 0o000, dir_fd=here)
    os.close(here)
    (top / "file").write_text("x")
    folders.remove(str(top))
    assert not top.exists()


# --- bombs -------------------------------------------------------------------------------------------------------

BOMBS = {
    "many files": (OutputLimit, """
for i in range(100_000):
    open(str(i), "w").close()"""),
    "large files": (OutputLimit, """
block = bytes(1 << 20)
for i in range(100):
    with open(str(i), "wb") as file:
        for _ in range(20):
            file.write(block)"""),
    "files without a name": (OutputLimit, """
block, held = bytes(1 << 20), []
for i in range(40):
    held.append(open("x", "wb"))
    os.remove("x")
    for _ in range(20):
        held[-1].write(block)
time.sleep(999)"""),
    "a folder that cannot be looked into": (OutputLimit, """
os.mkdir("closed", 0o300)
time.sleep(999)"""),
    "folders too deep to look into": (OutputLimit, """
for _ in range(60):
    os.mkdir("deeper" * 40)
    os.chdir("deeper" * 40)
time.sleep(999)"""),
    "threads with small stacks": (MemoryLimit, """
threading.stack_size(32768)
for _ in range(2000):
    threading.Thread(target=time.sleep, args=(999,), daemon=True).start()
time.sleep(999)"""),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_of(name):
    killed, body = BOMBS[name]
    source = HEAD + "def where():\n    return os.getcwd()\ndef attack():" + body.replace("\n", "\n    ")
    with open_student(source, **PATIENT) as student:
        folder = student.where()
        with pytest.raises(killed):
            student.attack()
        assert gone(folder)
    assert attempt("return 'fine'") == "fine"


def test_a_file_cannot_outgrow_the_folder():
    body = "with open('x', 'wb') as file:\n    for _ in range(80):\n        file.write(bytes(1 << 20))\nreturn True"
    assert attempt(body) is None


def test_a_child_is_watched_while_the_examiner_is_busy():
    source = HEAD + """
def where():
    return os.getcwd()
def start():
    threading.Thread(target=fill).start()
def fill():
    for i in range(100_000):
        open(str(i), "w").close()
"""  # fmt: skip
    with open_student(source, **PATIENT) as student:
        folder = student.where()
        student.start()
        # Nobody asks the process anything, and yet it ends.
        assert gone(folder)
