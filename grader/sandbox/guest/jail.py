"""The walls around a student's process, built by Linux itself and called through ctypes.

Used by the zygote and its children only. Each wall raises OSError where the kernel refuses it, so that a
child which cannot build all of them never runs a student's code.
"""

import ctypes
import functools
import os
import platform
import resource
import signal
import struct

libc = ctypes.CDLL(None, use_errno=True)

CLONE_NEWNS = 0x0002_0000
CLONE_NEWUTS = 0x0400_0000
CLONE_NEWIPC = 0x0800_0000
CLONE_NEWUSER = 0x1000_0000
CLONE_NEWPID = 0x2000_0000
CLONE_THREAD = 0x0001_0000

MAP_SHARED, MAP_ANONYMOUS, MAP_GROWSDOWN = 0x01, 0x20, 0x100

MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC, MS_PRIVATE = 2, 4, 8, 1 << 14, 1 << 18

PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 38, 24, 47, 4
LAST_CAPABILITY = 63


def _checked(result: int, what: str) -> int:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")
    return result


# --- namespaces and mounts -----------------------------------------------------------------------


def unshare(flags: int) -> None:
    _checked(libc.unshare(flags), "unshare")


def setns(fd: int, kind: int) -> None:
    _checked(libc.setns(fd, kind), "setns")


def mount(source: str | None, target: str, filesystem: str | None, flags: int, data: str = "") -> None:
    _checked(
        libc.mount(
            source and source.encode(), target.encode(), filesystem and filesystem.encode(),
            ctypes.c_ulong(flags), data.encode() or None,
        ),
        f"mount {target}",
    )  # fmt: skip


def own_mounts(files_mib: int) -> None:
    """A mount namespace with an empty, sized /tmp of one's own; IPC and host name are one's own too."""
    unshare(CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS)
    mount(None, "/", None, MS_PRIVATE | MS_REC)
    harmless = MS_NOSUID | MS_NODEV | MS_NOEXEC
    mount("tmpfs", "/tmp", "tmpfs", harmless, f"size={files_mib}m,nr_inodes=4096,mode=1777")  # noqa: S108


def own_proc() -> None:
    """A /proc that shows this process's own pid namespace only."""
    mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)


def own_user() -> None:
    """A user namespace without any account mapped into it: this process is nobody, inside and outside."""
    unshare(CLONE_NEWUSER)


def drop_capabilities() -> None:
    """Give up every capability, and the means to get one back."""
    _checked(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0), "clear ambient capabilities")
    for capability in range(LAST_CAPABILITY + 1):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)  # EINVAL beyond the kernel's last one
    header, nothing = struct.pack("=Ii", 0x2008_0522, 0), bytes(24)
    _checked(libc.syscall(ctypes.c_long(_NUMBERS["capset"]), header, nothing), "capset")


def no_new_privileges() -> None:
    _checked(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")


def die_with(parent: int) -> None:
    """Be killed when the parent dies, as a pid namespace would see to. The parent must have one thread only."""
    _checked(libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "parent-death signal")
    if os.getppid() != parent:
        raise ProcessLookupError("the parent has died already")


# --- limits --------------------------------------------------------------------------------------


def limit_resources(files_mib: int) -> None:
    """Limits that hold for every submission; memory and CPU time follow with the submission."""
    hard = {
        resource.RLIMIT_FSIZE: files_mib << 20,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: 256,
        resource.RLIMIT_STACK: 8 << 20,
    }
    for limit, value in hard.items():
        resource.setrlimit(limit, (value, value))


def limit_threads(threads: int) -> None:
    """A bound on threads: each costs kernel memory that no other limit counts, however small its stack.

    The kernel counts by account and user namespace: call it after `own_user`, or for all of an account.
    """
    resource.setrlimit(resource.RLIMIT_NPROC, (threads, threads))


def limit_memory(memory_mib: int) -> None:
    """Let this process take `memory_mib` more than it has.

    RLIMIT_DATA counts private writable memory; RLIMIT_AS must leave room for what TensorFlow only maps.
    """
    with open("/proc/self/status") as file:
        status = dict(line.split(":", 1) for line in file if ":" in line)
    mapped, data = (int(status[name].split()[0]) << 10 for name in ("VmSize", "VmData"))
    resource.setrlimit(resource.RLIMIT_DATA, (data + (memory_mib << 20),) * 2)
    resource.setrlimit(resource.RLIMIT_AS, (mapped + (memory_mib << 20) + (4 << 30),) * 2)


# --- Landlock: which files may be opened at all --------------------------------------------------

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG, _TRUNCATE = 1 << 4, 1 << 5, 1 << 7, 1 << 8, 1 << 14
_REFER = 1 << 13  # to move a file into another folder, as TensorFlow's checkpoints do
_READ = _READ_FILE | _READ_DIR
_WRITE = _READ | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _TRUNCATE | _REFER
_ON_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
LEAST_LANDLOCK_ABI = 3


def landlock_abi() -> int:
    """The kernel's Landlock version; below 1 where there is none."""
    return int(libc.syscall(ctypes.c_long(444), None, ctypes.c_size_t(0), ctypes.c_uint32(1)))


def landlock(readable: list[str], writable: list[str]) -> None:
    """From now on only these files can be opened, and none executed."""
    abi = landlock_abi()
    if abi < LEAST_LANDLOCK_ABI:
        raise OSError(f"Landlock ABI {LEAST_LANDLOCK_ABI} or newer is needed, this kernel has {max(abi, 0)}")
    handled_files = (1 << (16 if abi >= 5 else 15)) - 1
    handled_net = 3 if abi >= 4 else 0
    scoped = 3 if abi >= 6 else 0
    size = 8 if abi < 4 else 16 if abi < 6 else 24
    attributes = struct.pack("=QQQ", handled_files, handled_net, scoped)[:size]
    rules = _checked(libc.syscall(444, attributes, ctypes.c_size_t(size), 0), "landlock_create_ruleset")
    for paths, access in ((readable, _READ), (writable, _WRITE)):
        for path in filter(os.path.exists, paths):
            fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
            allowed = access if os.path.isdir(path) else access & _ON_A_FILE
            rule = struct.pack("=Qi", allowed, fd)
            _checked(libc.syscall(445, rules, 1, rule, 0), f"landlock_add_rule {path}")
            # A rule is about an inode, and those in /proc are made anew once nobody holds them.
            if not path.startswith("/proc/"):
                os.close(fd)
    _checked(libc.syscall(446, rules, 0), "landlock_restrict_self")
    os.close(rules)


# --- seccomp: which system calls may be made at all ------------------------------------------------

AUDIT_ARCH = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}

# name: (x86_64, aarch64); None where that machine has no such call.
_TABLE: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63), "write": (1, 64), "open": (2, None), "close": (3, 57), "stat": (4, None),
    "fstat": (5, 80), "lstat": (6, None), "poll": (7, None), "lseek": (8, 62), "mprotect": (10, 226),
    "munmap": (11, 215), "brk": (12, 214), "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139), "pread64": (17, 67), "pwrite64": (18, 68), "readv": (19, 65),
    "writev": (20, 66), "access": (21, None), "pipe": (22, None), "select": (23, None),
    "recvmsg": (47, 212),  # on descriptor 3 only: a large argument's descriptor comes along; no other socket is there
    "sched_yield": (24, 124), "mremap": (25, 216), "madvise": (28, 233), "dup": (32, 23),
    "dup2": (33, None), "pause": (34, None), "nanosleep": (35, 101), "getitimer": (36, 102),
    "alarm": (37, None), "setitimer": (38, 103), "getpid": (39, 172), "exit": (60, 93),
    "wait4": (61, 260), "uname": (63, 160), "fsync": (74, 82), "fdatasync": (75, 83),
    "truncate": (76, 45), "ftruncate": (77, 46), "getdents": (78, None), "getcwd": (79, 17),
    "chdir": (80, 49), "rename": (82, None), "mkdir": (83, None), "rmdir": (84, None),
    "unlink": (87, None), "readlink": (89, None), "umask": (95, 166), "gettimeofday": (96, 169),
    "getrlimit": (97, None), "getrusage": (98, 165), "sysinfo": (99, 179), "times": (100, 153),
    "getuid": (102, 174), "getgid": (104, 176), "geteuid": (107, 175), "getegid": (108, 177),
    "getppid": (110, 173), "getpgrp": (111, None), "rt_sigpending": (127, 136),
    "rt_sigtimedwait": (128, 137), "rt_sigsuspend": (130, 133), "sigaltstack": (131, 132),
    "statfs": (137, 43), "fstatfs": (138, 44), "sched_getparam": (143, 121),
    "sched_getscheduler": (145, 120), "sched_get_priority_max": (146, 125),
    "sched_get_priority_min": (147, 126), "arch_prctl": (158, None), "gettid": (186, 178),
    "time": (201, None), "futex": (202, 98), "sched_setaffinity": (203, 122),
    "sched_getaffinity": (204, 123), "getdents64": (217, 61), "restart_syscall": (219, 128),
    "fadvise64": (221, 223), "clock_gettime": (228, 113), "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115), "exit_group": (231, 94), "epoll_wait": (232, None),
    "epoll_ctl": (233, 21), "get_mempolicy": (239, 236), "openat": (257, 56), "mkdirat": (258, 34),
    "newfstatat": (262, 79), "unlinkat": (263, 35), "renameat": (264, 38), "readlinkat": (267, 78),
    "faccessat": (269, 48), "pselect6": (270, 72), "ppoll": (271, 73), "set_robust_list": (273, 99),
    "get_robust_list": (274, 100), "utimensat": (280, 88), "epoll_pwait": (281, 22),
    "eventfd2": (290, 19), "epoll_create1": (291, 20), "dup3": (292, 24), "pipe2": (293, 59),
    "preadv": (295, 69), "pwritev": (296, 70), "getcpu": (309, 168), "sched_getattr": (315, 275),
    "renameat2": (316, 276), "getrandom": (318, 278), "membarrier": (324, 283), "preadv2": (327, 286),
    "pwritev2": (328, 287), "statx": (332, 291), "rseq": (334, 293), "faccessat2": (439, 439),
    "futex_waitv": (449, 449),
    # Allowed in part, by rules of their own below, or needed by this file:
    "mmap": (9, 222), "ioctl": (16, 29), "clone": (56, 220), "fcntl": (72, 25), "prctl": (157, 167),
    "tgkill": (234, 131), "prlimit64": (302, 261), "clone3": (435, 435), "capset": (126, 91),
    "seccomp": (317, 277),
}  # fmt: skip
_MACHINE = platform.machine()
_NUMBERS: dict[str, int] = {
    name: number
    for name, pair in _TABLE.items()
    if (number := pair[0] if _MACHINE == "x86_64" else pair[1]) is not None
}
_NEVER = {"capset", "seccomp"}

_LOAD, _AND, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL = 0x7FFF_0000, 0x8000_0000
_EPERM, _ENOMEM, _ENOTTY, _ENOSYS = 1, 12, 25, 38
_SIGKILL, _RLIMIT_CPU = 9, 0

Instruction = tuple[int, int, int, int]


def _refuse(error: int) -> Instruction:
    return (_RETURN, 0, 0, 0x0005_0000 | error)


def _argument(n: int) -> Instruction:
    """Load the low half of argument n; all that we look at fits there."""
    return (_LOAD, 0, 0, 16 + 8 * n)


def _upper_half(n: int) -> Instruction:
    return (_LOAD, 0, 0, 20 + 8 * n)


def _only_if_argument(n: int, values: list[int], error: int) -> list[Instruction]:
    """Allow the call where argument n is one of `values`, refuse it otherwise."""
    body: list[Instruction] = [_argument(n)]
    body += [(_EQUAL, len(values) - i, 0, value) for i, value in enumerate(values)]
    return [*body, _refuse(error), (_RETURN, 0, 0, _ALLOW)]


@functools.cache
def seccomp_program(own_pid: int, own_files: bool) -> bytes:
    """A BPF program that allows the calls a calculation needs and refuses all others with EPERM.

    Threads may be started, processes not; signals and CPU masks reach this process only; memory that the
    data limit does not count (shared anonymous, growing down) is refused; nothing can be executed,
    connected or mounted.
    own_files : whether this process sees no files but its own, in a sized file system. Else it may map no
    file shared, since a removed one that is mapped holds space that nobody sees, and set no file's times,
    which Landlock does not guard.
    """
    allow: Instruction = (_RETURN, 0, 0, _ALLOW)
    shared = MAP_SHARED | MAP_ANONYMOUS if own_files else MAP_SHARED
    in_part: dict[str, list[Instruction]] = {
        "mmap": [
            _argument(3), (_ANY_BIT, 0, 1, MAP_GROWSDOWN), _refuse(_ENOMEM),
            (_AND, 0, 0, shared), (_EQUAL, 0, 1, shared), _refuse(_ENOMEM), allow,
        ],
        "clone": [_argument(0), (_ANY_BIT, 1, 0, CLONE_THREAD), _refuse(_EPERM), allow],
        # glibc then falls back to clone, whose flags a filter can see.
        "clone3": [_refuse(_ENOSYS)],
        "ioctl": _only_if_argument(1, [0x5401, 0x541B, 0x5451, 0x5450, 0x5421], _ENOTTY),
        "fcntl": _only_if_argument(1, [0, 1, 2, 3, 4, 1030], _EPERM),
        "prctl": _only_if_argument(0, [15, 16, 3, 0x53564D41], _EPERM),
        # A process that was killed was killed from outside, or by its CPU limit, which only the zygote sets.
        "tgkill": [
            *_only_if_argument(0, [own_pid], _EPERM)[:-1],
            _argument(2), (_EQUAL, 0, 1, _SIGKILL), _refuse(_EPERM), allow,
        ],
        "prlimit64": [
            *_only_if_argument(0, [0, own_pid], _EPERM)[:-1], _argument(1), (_EQUAL, 1, 0, _RLIMIT_CPU), allow,
            _argument(2), (_EQUAL, 0, 2, 0), _upper_half(2), (_EQUAL, 1, 0, 0), _refuse(_EPERM), allow,
        ],
        "sched_setaffinity": _only_if_argument(0, [0, own_pid], _EPERM),
        "utimensat": [allow if own_files else _refuse(_EPERM)],
    }  # fmt: skip
    program: list[Instruction] = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, AUDIT_ARCH[_MACHINE]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
    ]
    if _MACHINE == "x86_64":  # the x32 calls have numbers of their own
        program += [(_AT_LEAST, 0, 1, 0x4000_0000), (_RETURN, 0, 0, _KILL)]
    for name, number in _NUMBERS.items():
        if name in _NEVER:
            continue
        body = in_part.get(name, [allow])
        program += [(_EQUAL, 0, len(body), number), *body]
    program.append(_refuse(_EPERM))
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in program)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def seccomp(program: bytes) -> None:
    """Filter this thread's system calls, and those of threads that it starts."""
    buffer = ctypes.create_string_buffer(program, len(program))
    filter_ = _Program(len(program) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    _checked(libc.syscall(ctypes.c_long(_NUMBERS["seccomp"]), 1, 0, ctypes.byref(filter_)), "seccomp")
