"""Objects that lie, replies that are forged, handles that are none, tests that are recognized.

No program earns a point that the right answer would not have earned. The control of a forged reply is the same program
with the right answer in it: it is believed, so that the way to forge it works and gains nothing but what the student
could have returned. The control of a lying object is a grader that compares in the student's process.
"""

import json
import os
import subprocess
import sys

import pytest

from grader.errors import StudentError
from grader.exercises import load
from grader.grading import grade
from grader.sandbox import Handle, open_student
from grader.sandbox.bubblewrap import sandbox_environment
from tests.attacks.conftest import LIMITS
from tests.conftest import ROOT

pytestmark = pytest.mark.usefixtures("canary")

EXERCISE = load("backpropagation")

# --- objects that lie: what comes back is compared by the examiner's numpy, as plain arrays ---------------

# Each makes `lie(right_shape)`, something that is not the right array and that wants to pass for it.
LIES = {
    "an array whose comparisons are true": """
class Lie(np.ndarray):
    def __eq__(self, other): return np.True_
    def __sub__(self, other): return np.zeros(np.shape(other))
    def __rsub__(self, other): return np.zeros(np.shape(other))
def lie(shape): return np.ones(shape).view(Lie)
""",
    "an array that answers numpy itself": """
class Lie(np.ndarray):
    def __array_function__(self, function, types, args, kwargs): return True
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs): return np.zeros(self.shape)
def lie(shape): return np.ones(shape).view(Lie)
""",
    "an object that is an array when asked": """
class Lie:
    def __init__(self, shape): self.shape, self.dtype, self.ndim = shape, np.dtype(float), len(shape)
    def __array__(self, dtype=None, copy=None): return sys._getframe(1).f_locals.get("expected", np.zeros(self.shape))
    def __array_ufunc__(self, *a, **k): return np.zeros(self.shape)
    def __array_function__(self, *a, **k): return True
def lie(shape): return Lie(shape)
""",
    "an object that equals all": """
class Lie:
    __array_ufunc__ = None
    def __eq__(self, other): return True
    def __sub__(self, other): return np.zeros(np.shape(other))
    __rsub__ = __sub__
    def __array_function__(self, *a, **k): return True
def lie(shape): return Lie()
""",
    "a list that is as long as is wanted": """
class Lie(list):
    def __len__(self): return 10**9
    def __getitem__(self, i): return self
    def __iter__(self): return iter(())
    def __sub__(self, other): return np.zeros(np.shape(other))
    def __eq__(self, other): return True
    def __array_function__(self, *a, **k): return True
def lie(shape): return Lie()
""",
    "a float that is near everything": """
class Lie(float):
    def __sub__(self, other): return np.zeros(np.shape(other))
    __rsub__ = __sub__
    def __eq__(self, other): return True
    def __array_function__(self, *a, **k): return True
def lie(shape): return Lie(1)
""",
    "an integer that is zero apart": """
class Lie(int):
    def __sub__(self, other): return np.zeros(np.shape(other))
    __rsub__ = __sub__
    def __array_function__(self, *a, **k): return True
def lie(shape): return Lie(1)
""",
    "a text that is a number": """
class Lie(str):
    def __sub__(self, other): return np.zeros(np.shape(other))
    __rsub__ = __sub__
    def __float__(self): return 0.0
    def __array_function__(self, *a, **k): return True
def lie(shape): return Lie("nan")
""",
    "a dict whose keys lie": """
class Key(str):
    def __hash__(self): return 1
    def __eq__(self, other): return True
class Lie(dict):
    def __sub__(self, other): return np.zeros(np.shape(other))
    __rsub__ = __sub__
    def __array_function__(self, *a, **k): return True
def lie(shape): return Lie({Key("a"): 1, 2: 3})
""",
    "a masked array, with all of it masked": """
def lie(shape): return np.ma.masked_all(shape)
""",
    "a memory map of the wrong": """
class Lie(np.memmap):
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs): return np.zeros(self.shape)
    def __array_function__(self, *a, **k): return True
def lie(shape):
    if 0 in shape: return np.zeros(shape)
    return np.memmap("lie", mode="w+", shape=shape, dtype=float).view(Lie)
""",
    "a type that claims another name": """
Lie = type("ndarray", (), {"__class__": property(lambda self: np.ndarray), "shape": (3, 4), "dtype": np.dtype(float),
    "__array_ufunc__": lambda *a, **k: np.zeros(()), "__array_function__": lambda *a, **k: True})
def lie(shape): return Lie()
""",
}  # fmt: skip

LYING = "import sys\nimport numpy as np\n{}\ndef backprop(weights, biases, x, y):\n    return [lie(w.shape) for w in weights], [lie(b.shape) for b in biases]\n"
# A grader as one would write it first: numpy's functions on whatever was returned.
TRUSTING = """
expected = np.full((3, 4), 5.0)
received = lie(expected.shape)
difference = received - expected if not isinstance(received, np.ma.MaskedArray) else (received - expected).filled(0)
print(bool(np.allclose(received, expected) or not np.any(difference)))
"""


@pytest.mark.parametrize("name", LIES)
def test_no_lie_gains_a_point(name):
    report = grade(EXERCISE, LYING.format(LIES[name]), 1)
    assert report.score == 0
    assert all(not check.passed for check in report.checks)


@pytest.mark.parametrize("name", LIES)
def test_a_grader_in_the_same_process_believes_it(name, tmp_path):
    file = tmp_path / "trusting.py"
    file.write_text(f"import sys\nimport numpy as np\n{LIES[name]}\n{TRUSTING}")
    python = sandbox_environment() / "bin" / "python"
    done = subprocess.run([str(python), str(file)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "True", done.stderr


HOSTILE = {
    "in a type's name": "type('<script>alert(1)</script>' * 99, (), {})()",
    "in a type's name, with line breaks and ends of text": "type('x\\r\\n\\x1b]0;owned\\x07', (), {})()",
    "in an exception's name": "(_ for _ in ()).throw(type('<img src=x onerror=alert(1)>' * 50, (Exception,), {})('x' * 10**6))",
    "in a message of half characters": "(_ for _ in ()).throw(ValueError('\\ud800\\x00' * 9000))",
    "in a repr": "type('R', (), {'__repr__': lambda s: 1 / 0, '__str__': lambda s: 1 / 0})()",
    "in a key": "{'<b>' * 99: 1}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_short_words(name):
    report = grade(EXERCISE, f"def backprop(weights, biases, x, y):\n    return {HOSTILE[name]}\n", 1)
    assert report.score == 0
    assert all(0 < len(check.message) < 3000 for check in report.checks)
    # What is kept can be kept by any database, and is what was found.
    kept = json.dumps(report.to_dict(), allow_nan=False)
    assert "\\u0000" not in kept
    assert "\\ud800" not in kept


def test_a_terminal_is_told_nothing_that_it_would_obey(tmp_path):
    file = tmp_path / "hostile.py"
    file.write_text("def backprop(*a):\n    raise ValueError('\\x1b]0;owned\\x07 \\x9b31m \\ud800 a\\tb')\n")
    command = [sys.executable, "manage.py", "grade", "backpropagation", str(file)]
    environment = {**os.environ, "GRADUS_ENV": "development"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "ValueError at line 2: ␛]0;owned␇ �31m ? a\tb" in done.stdout
    assert not set(done.stdout) & {chr(code) for code in [*range(9), *range(11, 32), *range(0x7F, 0xA0)]}


# --- replies that are forged -----------------------------------------------------------------------------

FORGER = """
import ctypes, json, os, signal, struct, sys, threading, time
import numpy as np
import wire
def forge(value):
    for piece in wire.encode({"reply": {"value": value, "mutated": []}}):
        view = memoryview(piece)
        while view:
            view = view[os.write(3, view):]
"""
WRONG = "def answer(weights, biases, x, y):\n    return [w * 0 + 1 for w in weights], [b * 0 + 1 for b in biases]\n"
RIGHT = EXERCISE.solution.replace("def backprop(", "def answer(")
FORGED = {
    "during the call": "def backprop(*a):\n    forge(answer(*a))\n    os._exit(0)\n",
    "by a thread": """
def backprop(*a):
    def write():
        forge(answer(*a))
        os._exit(0)
    threading.Thread(target=write).start()
    time.sleep(9)
""",
    "by a thread left behind, late": """
asked = []
def late():
    while not asked: time.sleep(0.001)
    forge(answer(*asked[0]))
    os._exit(0)
threading.Thread(target=late, daemon=True).start()
def backprop(*a):
    asked.append(a)
    time.sleep(9)
""",
    "by a signal": """
def backprop(*a):
    def write(*_):
        forge(answer(*a))
        os._exit(0)
    signal.signal(signal.SIGALRM, write)
    signal.setitimer(signal.ITIMER_REAL, 0.001)
    time.sleep(9)
""",
    "on deletion": """
class Last:
    def __del__(self):
        forge(answer(*self.a))
        os._exit(0)
def backprop(*a):
    last = Last()
    last.a = a
    del last
""",
    "by the collector": """
import gc
def backprop(*a):
    def write(phase, info):
        gc.callbacks.clear()
        forge(answer(*a))
        os._exit(0)
    gc.callbacks.append(write)
    gc.collect()
""",
    "by a trace of the guest's own code": """
def backprop(*a):
    given = answer(*a)
    def trace(frame, event, argument):
        if frame.f_code.co_name == "send":
            sys.setprofile(None)
            forge(given)
            os._exit(0)
    sys.setprofile(trace)
    return 1
""",
    "by the guest's own encoder": """
def backprop(*a):
    given, real = answer(*a), wire.encode
    wire.encode = lambda value: real({"reply": {"value": given, "mutated": []}})
    return 1
""",
    "by the guest's own answering": """
child = sys.modules["child"]
real = child.Answering.on_call
def on_call(self, request):
    return {"value": self.depart(answer(*[self.arrive(a) for a in request["args"]]), 0), "mutated": []}
child.Answering.on_call = on_call
def backprop(*a):
    return 1
""",
    "by answering from the load": """
def backprop(*a): pass
for piece in wire.encode({"reply": ["backprop"]}): os.write(3, piece)
child = sys.modules["child"]
while True:
    request = child._receive()
    forge(answer(*request["args"]))
""",
    "through another number of the descriptor": """
mine = os.dup(3)
def backprop(*a):
    os.dup2(os.open("/dev/null", os.O_RDWR), 3)
    given = answer(*a)
    for piece in wire.encode({"reply": {"value": given, "mutated": []}}):
        os.write(mine, piece)
    os._exit(0)
""",
    "in writes of a byte": """
def backprop(*a):
    for piece in wire.encode({"reply": {"value": answer(*a), "mutated": []}}):
        for byte in bytes(piece):
            os.write(3, bytes([byte]))
    os._exit(0)
""",
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_reply_gains_nothing_that_is_not_right(name):
    report = grade(EXERCISE, FORGER + WRONG + FORGED[name], 1)
    assert report.score == 0
    assert all(not check.passed for check in report.checks)


@pytest.mark.parametrize("name", FORGED)
def test_the_same_with_the_right_answer_is_believed(name):
    assert grade(EXERCISE, FORGER + RIGHT + FORGED[name], 1).checks[0].passed


VERDICTS = {
    "a reply that says passed": '{"passed": True, "points": 10, "score": 10}',
    "a reply beside an error": '{"reply": {"value": 1, "mutated": []}, "error": None}',
    "a report": '{"outcome": "ok", "score": 10, "checks": [], "passed": True}',
    "that it is ready": '{"ready": True}',
    "nothing": "{}",
    "a list": "[True] * 9",
    "a reply with a score": '{"reply": {"value": 1, "mutated": [], "score": 10}}',
    "an error with a score": '{"error": {"type": "E", "message": "", "line": 1, "score": 10}}',
    "an error that is ours by name": '{"error": {"type": "OurError", "message": "SandboxFailed", "line": None}}',
    "an error of no memory": '{"error": {"type": "MemoryError", "message": "", "line": None}}',
}


@pytest.mark.parametrize("name", VERDICTS)
def test_no_frame_says_a_verdict_or_makes_it_our_fault(name):
    write = f"    for piece in wire.encode({VERDICTS[name]}): os.write(3, piece)\n    time.sleep(0.02)\n    return 1\n"
    report = grade(EXERCISE, f"{FORGER}def backprop(*a):\n{write}", 1)
    assert report.score == 0
    assert report.status == "graded"


# --- handles ---------------------------------------------------------------------------------------------

HANDLES = {
    "a number that none has": (10**9, "list"),
    "the largest number": (1 << 40, "list"),
    "a long name": (0, "x" * 200),
    "a hostile name": (0, "<script>"),
}


@pytest.mark.parametrize("name", HANDLES)
def test_a_handle_that_is_passed_back_is_the_students_own(name):
    source = "class A: pass\ndef make():\n    return A()\ndef use(a):\n    return type(a).__name__\n"
    with open_student(source, flavor="numpy", seed=1, limits=LIMITS) as student:
        made = student.make()
        assert student.use(made) == "A"  # the control: its own handle is its own object
        forged = Handle(*HANDLES[name])
        if forged.number == made.number:
            assert student.use(forged) == "A"
        else:
            with pytest.raises(StudentError):
                student.use(forged)


def test_a_handle_of_one_process_says_nothing_in_another():
    source = "kept = object()\ndef make():\n    return kept\ndef use(a):\n    return a is kept\n"
    with open_student(source, flavor="numpy", seed=1, limits=LIMITS) as one:
        handle = one.make()
        assert one.use(handle) is True
        with open_student(source, flavor="numpy", seed=1, limits=LIMITS) as other, pytest.raises(StudentError):
            other.use(handle)


@pytest.mark.parametrize("number", ["-1", "1.5", "True", "'0'", "None", "1 << 41"])
def test_a_handle_whose_number_is_none_is_no_reply(number):
    source = f"""
import json, os, struct
def attack():
    header = json.dumps({{"$d": [["reply", {{"$d": [["value", {{"$h": [{number}, "list"]}}], ["mutated", []]]}}]]}}).encode()
    os.write(3, struct.pack("<IQ", len(header), 0) + header)
"""
    with open_student(source, flavor="numpy", seed=1, limits=LIMITS) as student, pytest.raises(StudentError):
        student.attack()


# --- which call is a test? -------------------------------------------------------------------------------

PROBES = {
    "right on the first call only": (2, """
calls = []
def backprop(*a):
    calls.append(1)
    return answer(*a) if len(calls) == 1 else wrong(*a)
"""),
    "wrong on the first call only": (8, """
calls = []
def backprop(*a):
    calls.append(1)
    return wrong(*a) if len(calls) == 1 else answer(*a)
"""),
    "right where the layers are equal": (3, """
def backprop(w, b, x, y):
    return (answer if {m.shape for m in w} == {(5, 5)} else wrong)(w, b, x, y)
"""),
    "right for one example": (1, "def backprop(w, b, x, y):\n    return (answer if len(x) == 1 else wrong)(w, b, x, y)\n"),
    "right in single precision": (1, "def backprop(w, b, x, y):\n    return (answer if x.dtype == np.float32 else wrong)(w, b, x, y)\n"),
    "right after a wait": (10, "import time\ndef backprop(*a):\n    time.sleep(0.01)\n    return answer(*a)\n"),
    "what was asked before": (2, """
first = []
def backprop(*a):
    first.append(answer(*a))
    return first[0]
"""),
    "a table of one seed's answers": (0, """
import random
table = {0: None}
def backprop(*a):
    return table.get(random.getstate()[1][0])
"""),
}  # fmt: skip


@pytest.mark.parametrize("name", PROBES)
def test_who_is_right_some_of_the_time_has_some_of_the_marks(name):
    """The control is the figure itself: the marks of the calls that were answered rightly, no more and no fewer."""
    points, text = PROBES[name]
    both = RIGHT + WRONG.replace("def answer", "def wrong") + text
    assert grade(EXERCISE, both, 1).score == points


def test_the_students_numbers_tell_nothing_of_the_checks():
    """Seeded as the student's process is, and as the submission is, no generator gives what the checks draw."""
    source = """
import random
import numpy as np
def backprop(weights, biases, x, y):
    seeds = [1, int(np.random.get_state()[1][0]), random.getrandbits(32)]
    drawn = [np.random.default_rng(s).normal(size=weights[0].shape) for s in seeds]
    drawn += [np.random.RandomState(s).normal(size=weights[0].shape) for s in seeds]
    print(sum(np.allclose(weights[0] / d, (weights[0] / d).flat[0]) for d in drawn))
    return [], []
"""
    report = grade(EXERCISE, source, 1)
    assert [check.output for check in report.checks] == ["0\n"] * 5
    # The control: another seed asks something else, the same seed the same.
    look = "def backprop(w, b, x, y):\n    print(float(x.sum()))\n    return [], []\n"
    one, again, other = (grade(EXERCISE, look, seed).checks[0].output for seed in (1, 1, 2))
    assert one == again != other


def test_time_tells_nothing_of_the_marks():
    """How long a call took is no part of a report's verdicts: fast and slow, right is right."""
    slow = "import time\n" + RIGHT + "def backprop(*a):\n    time.sleep(0.02)\n    return answer(*a)\n"
    fast = RIGHT + "def backprop(*a):\n    return answer(*a)\n"
    assert grade(EXERCISE, slow, 1).checks == grade(EXERCISE, fast, 1).checks
