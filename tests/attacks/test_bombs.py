"""Programs that take time, memory, room or the examiner's patience: each is stopped as the student's fault.

The control of each is the same program with little of it: it ends and says so, so that what was stopped was the size.
"""

import pytest

from grader.errors import CallError, Killed, MemoryLimit, OutputLimit, ProtocolError, SourceError, TimeLimit
from grader.sandbox import Limits, open_student, run_scratch

pytestmark = pytest.mark.usefixtures("canary")

LIMITS = Limits(wall_seconds=0.5, memory_mib=64, output_kib=16, reply_mib=4)
HEAD = "import io, os, re, signal, struct, sys, threading, time\nimport numpy as np\n"
STUCK = (TimeLimit, CallError)
FULL = (MemoryLimit, TimeLimit)

# name: (how it ends, SIZE that is little, SIZE that is much, the program)
TIME = {
    "a loop": (TimeLimit, 9, 10**12, "def attack():\n    for _ in range(SIZE): pass\n    return True"),
    "sleep": (TimeLimit, 0.01, 60, "def attack():\n    time.sleep(SIZE)\n    return True"),
    "sleep in C, that no exception ends": (TimeLimit, 1, 10**5, """
def attack():
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    for _ in range(SIZE):
        time.sleep(0.001)
    return True"""),
    "exceptions that are swallowed": (TimeLimit, 1, 10**9, """
def attack():
    for _ in range(SIZE):
        try:
            raise KeyboardInterrupt
        except BaseException:
            continue
    return True"""),
    "threads that keep the interpreter": (TimeLimit, 1, 10**12, """
def attack():
    spin = lambda: sum(range(SIZE))
    workers = [threading.Thread(target=spin) for _ in range(8)]
    [w.start() for w in workers], [w.join() for w in workers]
    return True"""),
    "a lock held twice": (TimeLimit, 1, 2, """
def attack():
    lock = threading.Lock()
    return all([lock.acquire() for _ in range(SIZE)])"""),
    "on deletion": (TimeLimit, 1, 10**12, """
class Slow:
    def __del__(self):
        for _ in range(SIZE): pass
def attack():
    Slow()
    return True"""),
    "on becoming an array": (TimeLimit, 1, 10**12, """
class Slow:
    def __array__(self, dtype=None, copy=None):
        return np.array(sum(range(SIZE)))
def attack():
    return bool(np.asarray(Slow()) >= 0)"""),
    "on comparing": (TimeLimit, 1, 10**12, """
class Slow(dict):
    def items(self):
        for _ in range(SIZE): pass
        return super().items()
def attack():
    return Slow(a=1)"""),
    "in a name that is asked for": (TimeLimit, 1, 10**12, """
class Meta(type):
    @property
    def __name__(self):
        return str(sum(range(SIZE)))
class Slow(metaclass=Meta): pass
def attack():
    return Slow()"""),
    "in the message of an exception": ((TimeLimit, CallError), 1, 10**12, """
class Slow(Exception):
    def __str__(self):
        return str(sum(range(SIZE)))
def attack():
    if SIZE > 1: raise Slow
    return True"""),
    "a pattern that tries everything": (TimeLimit, 5, 60, """
def attack():
    return re.fullmatch("(a+)+b", "a" * SIZE) is None"""),
    "an integer to write out": (STUCK, 10, 10**8, """
def attack():
    sys.set_int_max_str_digits(0)
    return len(str(10**SIZE)) > 9"""),
    "a power": (FULL, 10, 10**10, "def attack():\n    return 3**SIZE > 0"),
    "numbers without end": (TimeLimit, 3, 10**15, "def attack():\n    return sum(1 for _ in range(SIZE)) == SIZE"),
    "signals that come back": (TimeLimit, 1, 10**9, """
def attack():
    seen = []
    signal.signal(signal.SIGALRM, lambda *_: seen.append(1))
    signal.setitimer(signal.ITIMER_REAL, 0.0001, 0.0001)
    while len(seen) < SIZE: signal.pause()
    signal.setitimer(signal.ITIMER_REAL, 0)
    return True"""),
}  # fmt: skip

MEMORY = {
    "an array": (MemoryLimit, 9, 1 << 27, "def attack():\n    return np.ones(SIZE).size == SIZE"),
    "arrays by and by": (FULL, 2, 10**6, """
def attack():
    return len([np.ones(1 << 17) for _ in range(SIZE)]) == SIZE"""),
    "a string": (MemoryLimit, 9, 1 << 30, "def attack():\n    return len('x' * SIZE) == SIZE"),
    "a list of itself": (FULL, 9, 10**9, "def attack():\n    return len([None] * SIZE) == SIZE"),
    "on deletion": (FULL, 9, 10**9, """
class Large:
    def __del__(self):
        kept.append(bytearray(SIZE)); kept.append(bytearray(SIZE))
        kept.append(MemoryError)
kept = []
def attack():
    Large()
    if len(kept) < 2: raise MemoryError
    return True"""),
    "on becoming an array": (MemoryLimit, 9, 1 << 28, """
class Large:
    def __array__(self, dtype=None, copy=None):
        return np.ones(SIZE)
def attack():
    return np.asarray(Large()).size == SIZE"""),
    "by broadcasting": (MemoryLimit, 9, 1 << 20, """
def attack():
    return (np.ones((SIZE, 1)) + np.ones((1, SIZE))).size == SIZE**2"""),
    "by an outer product in integers": (MemoryLimit, 9, 1 << 16, "def attack():\n    return np.outer(*[np.arange(SIZE)] * 2).size > 0"),
    "by zlib": (FULL, 1, 200, """
import zlib
def attack():
    squeeze = zlib.compressobj(9)
    packed = b"".join(squeeze.compress(bytes(1 << 20)) for _ in range(SIZE)) + squeeze.flush()
    return len(zlib.decompress(packed)) == SIZE << 20"""),
    "by gzip": (FULL, 1, 200, """
import gzip
def attack():
    packed = b"".join(gzip.compress(bytes(1 << 20), 1) for _ in range(SIZE))
    return len(gzip.decompress(packed)) == SIZE << 20"""),
    "by lzma": (FULL, 1, 200, """
import lzma
def attack():
    one = lzma.compress(bytes(1 << 20), preset=0)
    return len(lzma.decompress(one * SIZE)) == SIZE << 20"""),
    "by an archive of arrays": (FULL, 10, 1 << 25, """
def attack():
    np.savez_compressed("a.npz", a=np.broadcast_to(np.zeros(1), (SIZE,)))
    return np.load("a.npz")["a"].size == SIZE"""),
    "by a header of an array": (MemoryLimit, 8, 1 << 34, """
def attack():
    made = io.BytesIO()
    np.lib.format.write_array_header_1_0(made, {"descr": "<f8", "fortran_order": False, "shape": (SIZE,)})
    made.write(bytes(64)); made.seek(0)
    return np.load(made).size == SIZE"""),
    "by an integer": (FULL, 9, 1 << 40, "def attack():\n    return (1 << SIZE) > 0"),
    "by stacks of threads": ((CallError, MemoryLimit), 1, 200, """
def attack():
    woken = threading.Event()
    threading.stack_size(8 << 20)
    for _ in range(SIZE): threading.Thread(target=woken.wait, daemon=True).start()
    woken.set()
    return True"""),
    "by files in memory": (CallError, 1, 200, """
def attack():
    with open("large", "wb") as file:
        for _ in range(SIZE): file.write(bytes(1 << 20))
    return True"""),
    "by many small files": ((CallError, OutputLimit, TimeLimit), 9, 10**5, """
def attack():
    for i in range(SIZE): open(f"{i}", "w").close()
    return True"""),
    "by a file that is mapped": ((MemoryLimit, TimeLimit, ProtocolError, CallError), 1, 300, """
import mmap
def attack():
    with open("mapped", "w+b") as file:
        file.truncate(SIZE << 20)
        with mmap.mmap(file.fileno(), SIZE << 20) as mapped:
            for i in range(0, SIZE << 20, 4096): mapped[i] = 1
    return True"""),
}  # fmt: skip

DEEP = {
    "recursion": (CallError, 9, 10**6, "def attack(n=0):\n    return True if n == SIZE else attack(n + 1)"),
    "recursion without a bound": ((ProtocolError, MemoryLimit, TimeLimit, CallError), 9, 10**9, """
def attack(n=0):
    sys.setrecursionlimit(10**9)
    return True if n == SIZE else attack(n + 1)"""),
    "recursion in C": ((ProtocolError, MemoryLimit, TimeLimit, CallError), 9, 10**6, """
def attack():
    nested = ()
    for _ in range(SIZE): nested = (nested,)
    sys.setrecursionlimit(10**9)
    return hash(nested) is not None"""),
    "an object that gives another of itself": ((ProtocolError, TimeLimit, CallError, MemoryLimit), 3, 10**9, """
class Self:
    left = SIZE
    def __getattr__(self, name):
        if Self.left == 0: raise AttributeError(name)
        Self.left -= 1
        return getattr(self, name + "_")
def attack():
    return not hasattr(Self(), "a")"""),
    "a list that holds itself": ((CallError, ProtocolError, TimeLimit, MemoryLimit), 0, 1, """
def attack():
    loop = [True]
    if SIZE: loop.append(loop)
    return loop"""),
}  # fmt: skip

# The examiner is kept waiting, or drowned.
PATIENCE = {
    "never reads": (TimeLimit, 0, 1, """
def attack():
    if SIZE:
        os.write(3, struct.pack("<IQ", 9, 9))
        time.sleep(60)
    return True"""),
    "stops after a header": (TimeLimit, 0, 1, """
def attack():
    if SIZE:
        os.write(3, struct.pack("<IQ", 2, 1 << 20) + b"{}")
        time.sleep(60)
    return True"""),
    "a byte at a time": (TimeLimit, 0, 1, """
def attack():
    if SIZE: os.write(3, struct.pack("<IQ", 1 << 20, 0))
    while SIZE:
        os.write(3, b" ")
        time.sleep(0.001)
    return True"""),
    "prints while it is asked": (OutputLimit, 1, 10**6, """
def attack():
    for _ in range(SIZE): os.write(1, b"x" * 1000)
    return True"""),
    "prints to both, also as bytes that are no text": (OutputLimit, 1, 10**6, """
def attack():
    for _ in range(SIZE): os.write(1, b"\\xff" * 100); os.write(2, b"\\0" * 100)
    return True"""),
    "another thread prints between calls": ((OutputLimit, TimeLimit), 0, 1, """
def forever():
    while True: os.write(1, b"x" * 1000)
def attack():
    if SIZE:
        threading.Thread(target=forever, daemon=True).start()
        time.sleep(9)
    return True"""),
    "a reply too large": (OutputLimit, 9, 1 << 20, "def attack():\n    return np.zeros(SIZE) if SIZE > 9 else True"),
    "a reply of too many words": ((OutputLimit, ProtocolError), 9, 1 << 18, "def attack():\n    return ['word'] * SIZE"),
    "closes its standard output": (TimeLimit, 0, 1, """
def attack():
    if SIZE:
        os.close(1); os.close(2)
        time.sleep(9)
    return True"""),
    "closes the examiner's descriptor": (ProtocolError, 0, 1, "def attack():\n    if SIZE: os.close(3)\n    return True"),
    "puts a file in its place": (ProtocolError, 0, 1, """
def attack():
    if SIZE: os.dup2(os.open("x", os.O_CREAT | os.O_RDWR), 3)
    return True"""),
    "ends in silence": (ProtocolError, 0, 1, "def attack():\n    if SIZE: os._exit(0)\n    return True"),
    "crashes": (ProtocolError, 0, 1, "import ctypes\ndef attack():\n    if SIZE: ctypes.string_at(1)\n    return True"),
    "aborts": (ProtocolError, 0, 1, "def attack():\n    if SIZE: os.abort()\n    return True"),
}  # fmt: skip
FAMILIES = {"time": TIME, "memory": MEMORY, "depth": DEEP, "patience": PATIENCE}
BOMBS = {f"{family}: {name}": bomb for family, table in FAMILIES.items() for name, bomb in table.items()}


def source(name: str, size: int) -> str:
    return f"{HEAD}SIZE = {size!r}\n{BOMBS[name][3]}\n"


@pytest.mark.parametrize("name", BOMBS)
def test_much_of_it_is_stopped(name):
    ends, _, much, _ = BOMBS[name]
    with open_student(source(name, much), flavor="numpy", seed=1, limits=LIMITS) as student, pytest.raises(ends):
        student.attack()


@pytest.mark.parametrize("name", BOMBS)
def test_little_of_it_is_not(name, mode):
    if mode == "landlock" and name == "memory: by a file that is mapped":
        pytest.skip("files cannot be mapped for writing there, however small")
    with open_student(source(name, BOMBS[name][1]), flavor="numpy", seed=1, limits=LIMITS) as student:
        assert student.attack() is not None


WHILE_LOADING = {
    "a loop": ("while True: pass", TimeLimit),
    "memory": ("held = []\nwhile True: held.append(bytearray(1 << 20))", (MemoryLimit, SourceError)),
    "words": ("while True: print('x' * 999)", OutputLimit),
    "a decorator": ("@(lambda f: [0 for _ in iter(int, 1)])\ndef attack(): pass", FULL),
    "a default": ("def attack(x=sum(iter(int, 1))): pass", TimeLimit),
    "a class being made": ("class A(metaclass=lambda *a: sum(iter(int, 1))): pass", TimeLimit),
    "an import of itself": ("import sys\nsys.meta_path.insert(0, type('F', (), {'find_spec': lambda *a: sum(iter(int, 1))}))\nimport no", TimeLimit),
    "a constant to fold": ("x = 9**9**9", (TimeLimit, MemoryLimit)),
    "brackets": ("(" * 5000 + ")" * 5000, (SourceError, ProtocolError)),
    "terms": ("x = " + "-" * 50_000 + "1", (SourceError, ProtocolError, MemoryLimit)),
    "a character too long": ("x = '\\N{" + "A" * 100_000 + "}'", SourceError),
    "an end": ("import os\nos._exit(0)", ProtocolError),
    "a reply": ("import os\nos.write(3, b'\\xff' * 12)\nwhile True: pass", (OutputLimit, TimeLimit)),
}  # fmt: skip


@pytest.mark.parametrize("name", WHILE_LOADING)
def test_a_file_that_is_a_bomb_by_itself_does_not_load(name):
    text, ends = WHILE_LOADING[name]
    with pytest.raises(ends), open_student(text, flavor="numpy", seed=1, limits=LIMITS):
        pass


def test_a_run_whose_thread_prints_on_is_told_of_its_output():
    """However the run itself ended, the examiner's side comes to an end, with a report."""
    forever = "import os, threading\ndef forever():\n    while True: os.write(1, b'x' * 4096)\nthreading.Thread(target=forever, daemon=True).start()\n"
    for _ in range(5):
        run = run_scratch(forever, flavor="numpy", seed=1, limits=LIMITS)
        assert run.outcome in ("ok", "output_limit")
        assert len(run.output) <= 16 << 10


def test_processes_that_follow_one_another_share_one_limit():
    limits = Limits(wall_seconds=0.5)
    slow = "import time\ndef attack():\n    time.sleep(0.3)\n    return True\n"
    with open_student(slow, flavor="numpy", seed=1, limits=limits) as first:
        assert first.attack() is True
        with first.fresh({}) as second, pytest.raises(TimeLimit):
            second.attack()
        with pytest.raises(Killed), first.fresh({}) as third:
            third.attack()
