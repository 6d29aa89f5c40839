"""Hostile programs against the walls: each fails, and succeeds where the walls that it aims at are taken out.

`attack()` gives back True when it has done its deed, so that a program which merely crashes proves nothing. Where
two walls guard against the same deed, both are taken out for the control.
"""

import platform

import pytest

from tests.attacks.conftest import attempt
from tests.attacks.programs import program

pytestmark = [
    pytest.mark.usefixtures("canary"),
    pytest.mark.skipif(platform.machine() != "x86_64", reason="the numbers of the calls are those of x86-64"),
]

# name: (the walls that guard against it, the body of attack())
ATTACKS = {
    "look at other processes": (["proc"], "return any(p.isdigit() and p != '1' for p in os.listdir('/proc'))"),
    "read the zygote's command line": (["proc"], """
        found = [open(f"/proc/{p}/cmdline").read() for p in os.listdir("/proc") if p.isdigit() and p != "1"]
        return any("zygote.py" in line for line in found)"""),
    "list the root": (["landlock"], "return 'venv' in os.listdir('/')"),
    "open a device": (["landlock"], "return bool(open('/dev/full'))"),
    "write to shared memory in files": (["landlock"], "return open('/dev/shm/left', 'w').write('x') == 1"),
    "make a link": (["landlock", "seccomp"], "os.symlink('/venv', '/tmp/link')\nreturn os.path.islink('/tmp/link')"),
    "make a pipe with a name": (["landlock", "seccomp"], "os.mkfifo('/tmp/pipe')\nreturn os.path.exists('/tmp/pipe')"),
    "open a socket": (["seccomp"], "return bool(socket.socket())"),
    "listen on the network": (["seccomp", "landlock"], """
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        return listener.getsockname()[1] > 0"""),
    "listen on an abstract name": (["seccomp"], """
        listener = socket.socket(socket.AF_UNIX)
        listener.bind("\\0gradus")
        return listener.getsockname() == b"\\0gradus" """),
    "talk over a pair of sockets": (["seccomp"], "a, b = socket.socketpair()\na.send(b'x')\nreturn b.recv(1) == b'x'"),
    "fork": (["seccomp"], """
        pid = os.fork()
        if pid == 0:
            os._exit(7)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7"""),
    "run a program": (["seccomp", "landlock"], "return subprocess.run(['/bin/true']).returncode == 0"),
    "become another program": (["seccomp", "landlock"], """
        read, write = os.pipe()
        if os.fork() == 0:
            os.dup2(write, 1)
            os.execv("/bin/sh", ["sh", "-c", "echo here"])
        return os.read(read, 4) == b"here" """),
    "send a signal": (["seccomp"], "os.kill(1, 0)\nreturn True"),
    "be traced": (["seccomp"], "return syscall(101, 0, 0, 0, 0)"),
    "read memory as a debugger does": (["seccomp"], """
        secret, copy = ctypes.create_string_buffer(b"secret"), ctypes.create_string_buffer(7)
        vector = lambda buffer: struct.pack("QQ", ctypes.addressof(buffer), 7)
        syscall(310, 1, ctypes.c_char_p(vector(copy)), 1, ctypes.c_char_p(vector(secret)), 1, 0)
        return copy.value == b"secret" """),
    "make a user namespace": (["seccomp", "user"], "return syscall(272, 0x10000000)"),
    "mount": (["seccomp", "user", "capabilities", "landlock"], """
        return libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None) == 0"""),
    "rename the machine": (["seccomp", "user", "capabilities"], """
        socket.sethostname("mine")
        return socket.gethostname() == "mine" """),
    "hold a capability": (["seccomp", "user", "capabilities"], """
        status = dict(line.split(":", 1) for line in open("/proc/self/status"))
        return int(status["CapEff"], 16) != 0"""),
    "have an account": (["user"], "return os.getuid() != 65534"),
    "leave a key in the kernel": (["seccomp"], """
        return syscall(248, ctypes.c_char_p(b"user"), ctypes.c_char_p(b"left"), ctypes.c_char_p(b"x"), 1, -2)"""),
    "leave shared memory": (["seccomp"], "return syscall(29, 4711, 4096, 0o1666)"),
    "leave a message queue": (["seccomp"], "return syscall(68, 4711, 0o1666)"),
    "hold memory without a file": (["seccomp"], "return os.memfd_create('x') > 0"),
    "take memory that no limit counts": (["seccomp"], "return len(mmap.mmap(-1, 4096)) == 4096"),
    "switch off address randomization": (["seccomp"], "return syscall(135, 0x0040000)"),
    "filter the examiner's calls": (["seccomp"], """
        program = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0x7FFF0000))
        return syscall(317, 1, 0, ctypes.c_char_p(struct.pack("HxxxxxxQ", 1, ctypes.addressof(program))))"""),
    "open very many files": (["limits"], "return len([open('/dev/null') for _ in range(300)]) == 300"),
    "write more than the folder holds": (["limits", "mounts", "proc"], """
        with open("/tmp/large", "wb") as file:
            for _ in range(80):
                file.write(bytes(1 << 20))
        return os.path.getsize("/tmp/large") == 80 << 20"""),
    "raise a limit": (["seccomp", "limits"], """
        import resource
        resource.setrlimit(resource.RLIMIT_NOFILE, (2000, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
        return True"""),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_the_walls_hold(name, mode):
    if mode == "landlock" and name == "have an account":
        pytest.skip("without a user namespace it has the account that students' code is given")
    assert not attempt(program(ATTACKS[name][1]))


# What they aim at, a namespace or a place that it shows, is not there in the Landlock mode: there they fail with and
# without the wall. That mode's own attacks have their controls in tests/grader/sandbox/test_landlock.py.
OF_NAMESPACES = {
    "look at other processes", "read the zygote's command line", "list the root", "send a signal",
    "read memory as a debugger does", "mount", "rename the machine", "hold a capability",
    "write more than the folder holds", "have an account", "make a link", "make a pipe with a name",
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_without_its_wall_it_succeeds(name, walls, mode):
    if mode == "landlock" and name in OF_NAMESPACES:
        pytest.skip("it aims at what only namespaces bring")
    off, body = ATTACKS[name]
    walls(*off)
    assert attempt(program(body)) is True


LEAVE = program("open('left', 'w').write('x')\nreturn True")
FIND = program("return os.path.exists('left')")


def test_files_do_not_reach_the_next_submission():
    assert attempt(LEAVE)
    assert not attempt(FIND)


def test_without_mounts_of_ones_own_they_do(walls, mode):
    if mode == "landlock":
        pytest.skip("there a folder of one's own is made anew for each process")
    # The process's own /proc would be mounted over the zygote's.
    walls("mounts", "proc")
    assert attempt(LEAVE)
    assert attempt(FIND) is True
