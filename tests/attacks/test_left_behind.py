"""What a submission leaves behind for the next one: nothing. And what it does to processes that are not its own: nothing."""

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from grader.errors import StudentError
from grader.sandbox import open_student
from tests.attacks.conftest import LIMITS, attempt, plainly

pytestmark = pytest.mark.usefixtures("canary")

# name: (what the first does and says, how the second finds it; both in one process it is found)
TRACES = {
    "a file in the working folder": ("open('left', 'w').close()", "os.path.exists('left')"),
    "a hidden folder in /tmp": ("os.makedirs('.left/x')", "os.path.isdir('.left')"),
    "a module beside the file": ("open('left.py', 'w').write('x = 1')", "bool(sys.path.insert(0, '.') or __import__('importlib.util').util.find_spec('left'))"),
    "compiled code": (
        "open('left2.py', 'w').write('x = 1'); __import__('py_compile').compile('left2.py', cfile='left2.pyc'); os.remove('left2.py')",
        "os.path.exists('left2.pyc')",
    ),
    "a start-up file for Python": (
        "os.makedirs('.local/lib/python3.11/site-packages'); open('.local/lib/python3.11/site-packages/left.pth', 'w').close()",
        "os.path.exists('.local/lib/python3.11/site-packages/left.pth')",
    ),
    "a customized start": ("open('usercustomize.py', 'w').close()", "os.path.exists('usercustomize.py')"),
    "a patched numpy": ("np.left = 1", "hasattr(np, 'left')"),
    "a patched guest": ("sys.modules['child'].left = 1", "hasattr(sys.modules['child'], 'left')"),
    "a patched wire": ("sys.modules['wire'].KINDS = ''", "sys.modules['wire'].KINDS == ''"),
    "a module of another name": ("sys.modules['left'] = sys", "'left' in sys.modules"),
    "an import hook": ("sys.meta_path.append('left')", "'left' in sys.meta_path"),
    "a builtin": ("setattr(__import__('builtins'), 'left', 1)", "hasattr(__import__('builtins'), 'left')"),
    "an environment variable": ("os.environ['LEFT'] = '1'", "'LEFT' in os.environ"),
    "a signal's handler": ("signal.signal(signal.SIGUSR1, lambda *_: None)", "signal.getsignal(signal.SIGUSR1) != signal.SIG_DFL"),
    "an alarm": ("signal.alarm(60)", "signal.alarm(0) > 0"),
    "a thread": ("threading.Thread(target=time.sleep, args=(60,), daemon=True).start()", "threading.active_count() > 1"),
    "an open descriptor": ("os.dup2(0, 40)", "os.path.exists('/proc/self/fd/40')"),
    "a lower limit": ("resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))", "resource.getrlimit(resource.RLIMIT_NOFILE)[1] == 32"),
    "another working folder": ("os.makedirs('w'); os.chdir('w')", "os.path.basename(os.getcwd()) == 'w'"),
    "a mask for files": ("os.umask(0o777)", "os.umask(0) == 0o777"),
    "a seed": ("np.random.seed(4711)", "np.random.get_state()[1][0] == 4711"),
    "a tracer": ("sys.setprofile(lambda *_: None)", "sys.getprofile() is not None"),
    "an ending": ("atexit.register(print)", "atexit._ncallbacks() > BEFORE"),
    "a type of one's own in a table": ("__import__('copyreg').pickle(type(sys), print)", "type(sys) in __import__('copyreg').dispatch_table"),
}  # fmt: skip
IMPORTS = (
    "import atexit, os, resource, signal, sys, threading, time\nimport numpy as np\nBEFORE = atexit._ncallbacks()\n"
)


def leave(name: str) -> str:
    return f"{IMPORTS}def attack():\n    {TRACES[name][0]}\n    return True\n"


def find(name: str) -> str:
    return f"{IMPORTS}def attack():\n    return bool({TRACES[name][1]})\n"


@pytest.mark.parametrize("name", TRACES)
def test_the_next_submission_finds_nothing_of_it(name):
    with open_student(leave(name), flavor="numpy", seed=1, limits=LIMITS) as first:
        assert first.attack() is True
        assert attempt(find(name)) is False
    assert attempt(find(name)) is False


@pytest.mark.parametrize("name", TRACES)
def test_in_one_process_it_is_found(name):
    """The control: what the first left is there for who shares its process."""
    both = leave(name).replace("def attack", "def first") + find(name).removeprefix(IMPORTS)
    with open_student(both, flavor="numpy", seed=1, limits=LIMITS) as student:
        assert student.first() is True
        assert student.attack() is True


def test_what_one_writes_in_its_first_process_is_not_in_its_second():
    source = "import os\ndef leave():\n    open('left', 'w').close()\ndef find():\n    return os.listdir('.')\n"
    with open_student(source, flavor="numpy", seed=1, limits=LIMITS) as first:
        first.leave()
        assert first.find() == ["left"]
        with first.fresh({}) as second:
            assert second.find() == []


# What reaches for a process of the same account outside: a victim that sleeps, whose number is known.
REACHES = {
    "ends it": "os.kill(VICTIM, 9)",
    "stops it": "os.kill(VICTIM, 19)",
    "asks whether it is there": "os.kill(VICTIM, 0)",
    "moves it to one processor": "os.sched_setaffinity(VICTIM, {min(os.sched_getaffinity(VICTIM))})",
    "makes it wait for all": "os.setpriority(os.PRIO_PROCESS, VICTIM, 19)",
    "has it scheduled last": "os.sched_setscheduler(VICTIM, os.SCHED_IDLE, os.sched_param(0))",
    "has it last at the disk": "call(251, 1, VICTIM, 0x6007)",
    "limits it": "resource.prlimit(VICTIM, resource.RLIMIT_NOFILE, (3, 3))",
    "reads its limits": "resource.prlimit(VICTIM, resource.RLIMIT_NOFILE)",
    "holds it": "os.pidfd_open(VICTIM)",
    "reads its memory": "open(f'/proc/{VICTIM}/mem', 'rb').close()",
    "reads its environment": "open(f'/proc/{VICTIM}/environ').read()",
    "reads its command": "assert 'sleep' in open(f'/proc/{VICTIM}/cmdline').read()",
    "looks at its files": "os.listdir(f'/proc/{VICTIM}/fd')",
    "enters its root": "os.listdir(f'/proc/{VICTIM}/root')",
    "traces it": "call(101, 16, VICTIM, 0, 0)",
    "queues a signal for it": "call(129, VICTIM, 10, ctypes.create_string_buffer(struct.pack('iii', 10, 0, -1) + bytes(116)))",
    "is compared with it": "call(312, VICTIM, VICTIM, 2, 0, 0)",
    "chooses what is ended first": "open(f'/proc/{VICTIM}/oom_score_adj', 'w').write('1000')",
    "asks for its locks": "call(274, VICTIM, ctypes.byref(ctypes.c_void_p()), ctypes.byref(ctypes.c_size_t()))",
    "asks for its session": "os.getsid(VICTIM)",
}  # fmt: skip
TRACING = {"traces it", "reads its memory"}
YAMA = Path("/proc/sys/kernel/yama/ptrace_scope")
REACH = """
import ctypes, os, resource, struct
libc = ctypes.CDLL(None, use_errno=True)
def call(*arguments):
    if libc.syscall(*[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]) < 0:
        raise OSError(ctypes.get_errno(), "refused")
VICTIM = {}
def attack():
    {}
    return True
"""


@pytest.fixture
def victim():
    with subprocess.Popen(["sleep", "300"]) as process:
        yield process
        process.kill()


@pytest.mark.parametrize("name", REACHES)
def test_no_other_process_is_reached(name, victim):
    before = os.sched_getaffinity(victim.pid), os.getpriority(os.PRIO_PROCESS, victim.pid)
    assert not attempt(REACH.format(victim.pid, REACHES[name]))
    assert victim.poll() is None
    assert (os.sched_getaffinity(victim.pid), os.getpriority(os.PRIO_PROCESS, victim.pid)) == before


@pytest.mark.parametrize("name", REACHES)
def test_a_plain_python_reaches_it(name, victim, tmp_path):
    if name in TRACING and os.geteuid() != 0 and YAMA.exists() and YAMA.read_text().strip() != "0":
        pytest.skip("this kernel lets nobody but root trace processes that are not below their own")
    assert plainly(REACH.format(victim.pid, REACHES[name]), tmp_path) == "True"


# Code that hides in data runs where it is opened; here that is the student's own process, behind its own walls.
HIDDEN_CODE = {
    "a pickle in an array": """
class Bomb:
    def __reduce__(self): return __import__, ("os",)
def attack():
    np.save("a.npy", np.array([Bomb()], dtype=object), allow_pickle=True)
    return np.load("a.npy", allow_pickle=True)[0] is os""",
    "an array of objects that is returned": """
class Bomb:
    def __reduce__(self): return os.system, ("true",)
def attack():
    return np.array([Bomb()], dtype=object)""",
    "an object that is returned": """
class Bomb:
    def __reduce__(self): return os.system, ("true",)
def attack():
    return Bomb()""",
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN_CODE)
def test_hidden_code_runs_in_the_students_process_or_not_at_all(name, tmp_path, monkeypatch):
    ran = []
    monkeypatch.setattr(os, "system", lambda command: ran.append(command))
    answer = attempt(IMPORTS + HIDDEN_CODE[name])
    assert answer is True or type(answer).__name__ == "Handle"
    assert ran == []


def test_an_array_file_that_a_student_wrote_is_bytes_to_the_examiner():
    source = IMPORTS + HIDDEN_CODE["a pickle in an array"]
    with open_student(source, flavor="numpy", seed=1, limits=replace(LIMITS, files_mib=1)) as student:
        assert student.attack() is True
        assert student.read("a.npy").startswith(b"\x93NUMPY")
        with pytest.raises(StudentError):
            student.read("/etc/passwd")
        with pytest.raises(StudentError):
            student.read("../guest/none")
