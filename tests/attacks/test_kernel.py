"""Programs against what the kernel keeps for all: descriptors, /proc, keyrings, shared memory, scheduling.

As in test_walls: each fails behind all walls and succeeds without those that it aims at.
"""

import platform
from dataclasses import replace

import pytest

from grader.errors import MemoryLimit
from grader.sandbox import open_student
from tests.attacks.conftest import LIMITS, attempt
from tests.attacks.programs import program

pytestmark = [
    pytest.mark.usefixtures("canary"),
    pytest.mark.skipif(platform.machine() != "x86_64", reason="the numbers of the calls are those of x86-64"),
]

DESCRIPTORS = {
    "talk over the examiner's socket as a socket": (["seccomp"], """
        return socket.socket(fileno=os.dup(3)).send(b'', socket.MSG_DONTWAIT) == 0"""),
    "send a descriptor to the examiner": (["seccomp"], """
        ours, theirs = socket.socketpair()
        return socket.send_fds(ours, [b"x"], [0]) == 1"""),
    "make the pipe to the examiner wide": (["seccomp"], "import fcntl\nreturn fcntl.fcntl(1, 1031, 1 << 20) >= 1 << 20"),
    "be told by signal of the examiner's requests": (["seccomp"], "import fcntl\nreturn fcntl.fcntl(3, 8, os.getpid()) == 0"),
    "lock a file against others": (["seccomp"], """
        import fcntl
        with open('/tmp/lock', 'w') as file:
            fcntl.flock(file, fcntl.LOCK_EX)
        return True"""),
    "lease a file": (["seccomp"], """
        import fcntl
        with open('/tmp/lease', 'w') as file:
            return fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK) == 0"""),
    "copy between descriptors in the kernel": (["seccomp"], """
        read, write = os.pipe()
        os.write(write, b'x')
        return os.splice(read, os.open('/tmp/spliced', os.O_CREAT | os.O_WRONLY), 1) == 1"""),
    "watch others' files": (["seccomp"], "return syscall(253)"),
    "open a file by its handle": (["seccomp"], """
        handle = ctypes.create_string_buffer(struct.pack('Ii', 128, 0) + bytes(128))
        return syscall(303, -100, ctypes.c_char_p(b'/usr'), handle, ctypes.byref(ctypes.c_int()), 0)"""),
}  # fmt: skip

PROC = {
    "write one's name": (["landlock"], "return open('/proc/self/comm', 'w').write('x') == 1"),
    "write memory through /proc": (["landlock"], """
        place = ctypes.create_string_buffer(b"before")
        with open("/proc/self/mem", "r+b", buffering=0) as memory:
            memory.seek(ctypes.addressof(place))
            memory.write(b"behind")
        return place.value == b"behind" """),
    "choose whom the kernel ends first": (["landlock"], "return open('/proc/self/oom_score_adj', 'w').write('1000') == 4"),
    "choose what a core dump holds": (["landlock"], "return open('/proc/self/coredump_filter', 'w').write('ff') == 2"),
    "have exacter timers": (["landlock"], "return open('/proc/self/timerslack_ns', 'w').write('1') == 1"),
    "see another's descriptors": (["proc"], """
        return any(p.isdigit() and int(p) != os.getpid() and os.path.exists(f'/proc/{p}/fdinfo') for p in os.listdir('/proc'))"""),
    "enter a namespace again": (["seccomp", "user", "capabilities"], """
        return libc.setns(os.open('/proc/self/ns/uts', os.O_RDONLY), 0) == 0"""),
}  # fmt: skip

KEYRINGS = {
    "join a session's keyring": (["seccomp"], "return syscall(250, 1, ctypes.c_char_p(b'left'))"),
    "make a key": (["seccomp"], "return syscall(248, ctypes.c_char_p(b'user'), ctypes.c_char_p(b'k'), ctypes.c_char_p(b'x'), 1, -3)"),
    "ask for a key": (["seccomp"], """
        syscall(248, ctypes.c_char_p(b'user'), ctypes.c_char_p(b'k'), ctypes.c_char_p(b'x'), 1, -2)
        return syscall(249, ctypes.c_char_p(b'user'), ctypes.c_char_p(b'k'), 0, 0)"""),
}  # fmt: skip

SHARED = {
    "a segment of System V": (["seccomp"], "return libc.shmget(0, 4096, 0o1600) >= 0"),
    "a semaphore of System V": (["seccomp"], "return libc.semget(0, 1, 0o1600) >= 0"),
    "a queue of System V": (["seccomp"], "return libc.msgget(0, 0o1600) >= 0"),
    "a queue of POSIX": (["seccomp", "limits", "landlock"], """
        return syscall(240, ctypes.c_char_p(b'left'), 0o102, 0o600, ctypes.c_char_p(struct.pack('qqqq32x', 0, 1, 1, 0)))"""),
    "memory of POSIX": (["landlock"], "return libc.shm_open(b'/left', 0o102, 0o600) >= 0"),
    "a semaphore of POSIX": (["landlock", "seccomp"], """
        libc.sem_open.restype = ctypes.c_void_p
        return libc.sem_open(b'/left', 0o100, 0o600, 1) is not None"""),
    "Python's shared memory": (["landlock", "seccomp"], """
        from multiprocessing import shared_memory
        return shared_memory.SharedMemory('left', True, 64).size >= 64"""),
    "a lock between processes": (["landlock", "seccomp"], "import multiprocessing\nreturn multiprocessing.Lock().acquire()"),
    "zeros that are shared": (["landlock", "seccomp"], """
        return len(mmap.mmap(os.open('/dev/zero', os.O_RDWR), 4096)) == 4096"""),
    "secret memory": (["seccomp"], "return syscall(319, ctypes.c_char_p(b'x'), 0)"),
    "locked memory": (["seccomp", "limits"], "return libc.mlock(ctypes.create_string_buffer(9), 9) == 0"),
}  # fmt: skip

SCHEDULING = {
    "be nicer": (["seccomp"], "return os.nice(1) >= 1"),
    "wait for nobody": (["seccomp"], "os.setpriority(os.PRIO_PROCESS, 0, 5)\nreturn True"),
    "be a batch": (["seccomp"], "os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))\nreturn True"),
    "be idle": (["seccomp"], "os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))\nreturn True"),
    "be scheduled by attributes": (["seccomp"], """
        return syscall(314, 0, ctypes.c_char_p(struct.pack('IIQiIQQQ', 48, 0, 0, 3, 0, 0, 0, 0)), 0)"""),
    "be first at the disk": (["seccomp"], "return syscall(251, 1, 0, 0x4007)"),
    "timers by the thousand": (["seccomp", "limits"], """
        for _ in range(1000):
            syscall(222, 0, None, ctypes.byref(ctypes.c_int()))
        return True"""),
    "timers as files": (["seccomp"], "return syscall(283, 0, 0)"),
    "threads by the hundred": (["user", "limits"], """
        threading.stack_size(1 << 16)
        woken = threading.Event()
        for _ in range(300):
            threading.Thread(target=woken.wait, daemon=True).start()
        return threading.active_count() >= 300"""),
    "a futex of many processes": (["seccomp"], """
        word = ctypes.c_int(0)
        pid = os.fork()
        if pid == 0:
            os._exit(9)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9"""),
    "user pages that fault by hand": (["seccomp"], "return syscall(323, 1)"),
}  # fmt: skip
FAMILIES = {"descriptors": DESCRIPTORS, "proc": PROC, "keyrings": KEYRINGS, "shared": SHARED, "scheduling": SCHEDULING}
ATTACKS = {f"{family}: {name}": attack for family, table in FAMILIES.items() for name, attack in table.items()}


@pytest.mark.parametrize("name", ATTACKS)
def test_the_walls_hold(name, mode):
    if mode == "landlock" and name == "scheduling: threads by the hundred":
        pytest.skip("there threads are counted twenty times a second; test_landlock.py has those that stay")
    assert not attempt(program(ATTACKS[name][1]))


# What they take for their own is not theirs in the Landlock mode, with or without the wall that they aim at.
OF_NAMESPACES = {
    "descriptors: lock a file against others", "descriptors: lease a file",
    "descriptors: copy between descriptors in the kernel", "proc: see another's descriptors",
    "proc: enter a namespace again", "shared: Python's shared memory",
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_without_its_wall_it_succeeds(name, walls, mode):
    if mode == "landlock" and name in OF_NAMESPACES:
        pytest.skip("it aims at what only namespaces bring")
    off, body = ATTACKS[name]
    walls(*off)
    assert attempt(program(body)) is True


# Memory that RLIMIT_DATA does not count is found by looking: a stack that grows, and pages of a mapped file.
UNCOUNTED = {
    "a mapping that grows as stacks do": """
        libc.mmap.restype = ctypes.c_void_p
        place = libc.mmap(None, ctypes.c_size_t(MIB << 20), 3, 0x122, -1, 0)
        ctypes.memset(place, 1, MIB << 20)
        time.sleep(0.3)
        return True""",
    "the same, while the examiner is kept busy": """
        def trickle():
            os.write(3, struct.pack('<IQ', 1 << 20, 0))
            while True:
                os.write(3, b' ')
                time.sleep(0.001)
        if MIB > 64:
            threading.Thread(target=trickle, daemon=True).start()
        libc.mmap.restype = ctypes.c_void_p
        place = libc.mmap(None, ctypes.c_size_t(MIB << 20), 3, 0x122, -1, 0)
        libc.memset(ctypes.c_void_p(place), 1, ctypes.c_size_t(MIB << 20))
        time.sleep(5 if MIB > 64 else 0)
        return True""",
}


@pytest.mark.parametrize("name", UNCOUNTED)
def test_memory_that_no_limit_counts_is_seen(name, walls):
    """Whatever the kernel would let it have. The control asks for little of it."""
    walls("seccomp")
    limits = replace(LIMITS, memory_mib=100)
    source = "MIB = 300\n" + program(UNCOUNTED[name])
    with open_student(source, flavor="numpy", seed=1, limits=limits) as student, pytest.raises(MemoryLimit):
        student.attack()
    assert attempt(source.replace("MIB = 300", "MIB = 20"), limits) is True
