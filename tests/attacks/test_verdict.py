"""Programs that forge the verdict or read what is not theirs: none gains a point or a byte.

The control is a naive grader, or a plain Python, without any of our walls: there they succeed.
"""

import os
import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest

from grader.errors import MemoryLimit
from grader.exercises import load
from grader.grading import grade
from grader.sandbox import open_student
from tests.attacks.conftest import LIMITS, attempt
from tests.conftest import ROOT

pytestmark = pytest.mark.usefixtures("canary")

EXERCISE = load("backpropagation")
ZEROS = "[np.zeros_like(w) for w in weights], [np.zeros_like(b) for b in biases]"
BACKPROP = f"\ndef backprop(weights, biases, x, y):\n    return {ZEROS}\n"

FORGERIES = {
    "numpy compares all as equal": "import numpy as np\nnp.allclose = lambda *a, **k: True" + BACKPROP,
    "numpy's norm is always zero": """
import numpy as np
np.linalg.norm = lambda *a, **k: 0.0
np.isclose = lambda a, b, **k: np.ones(np.shape(b), bool)
np.allclose = lambda a, b, **k: bool(np.linalg.norm(a) == 0)
""" + BACKPROP,
    "builtins say yes": "import builtins\nimport numpy as np\nbuiltins.all = lambda items: True" + BACKPROP,
    "arrays that equal everything": """
import numpy as np
class Equal(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        plain = [np.asarray(i) for i in inputs]
        made = getattr(ufunc, method)(*plain, **kwargs)
        return np.ones_like(made) if made.dtype == bool else made * 0
    def __array_function__(self, function, types, args, kwargs):
        return True
def backprop(weights, biases, x, y):
    return [np.zeros_like(w).view(Equal) for w in weights], [np.zeros_like(b).view(Equal) for b in biases]
""",
    "a list of nothing that is as long as wanted": """
class Empty(list):
    def __len__(self):
        return 2
    def __iter__(self):
        return iter(())
    def __reduce__(self):
        return Empty, ()
import builtins
real = builtins.zip
builtins.zip = lambda *groups, strict=False: real(*groups)
def backprop(weights, biases, x, y):
    return Empty()
""",
    "the caller's frame holds the answer": """
import sys
import numpy as np
def backprop(weights, biases, x, y):
    frame = sys._getframe()
    while frame is not None:
        if "expected" in frame.f_locals:
            return frame.f_locals["expected"]
        frame = frame.f_back
    return """ + ZEROS + "\n",
    "the collector knows all objects": """
import gc
import numpy as np
def backprop(weights, biases, x, y):
    def fits(value):
        return (isinstance(value, tuple) and len(value) == 2 and all(isinstance(g, list) for g in value)
            and [np.shape(a) for a in value[0]] == [w.shape for w in weights]
            and [np.shape(a) for a in value[1]] == [b.shape for b in biases]
            and value[0] is not weights and value[1] is not biases)
    for value in gc.get_objects():
        for held in gc.get_referents(value):
            if fits(held):
                return held
    frame = __import__("sys")._getframe()
    while frame is not None:
        found = [v for v in frame.f_locals.values() if fits(v)]
        if found:
            return found[0]
        frame = frame.f_back
    return """ + ZEROS + "\n",
    "the reference is imported": """
def backprop(weights, biases, x, y):
    from mlcore.networks import Network
    return Network(weights, biases).backprop(x, y)
""",
    "the reference is patched": """
import sys
import numpy as np
if "mlcore.networks" in sys.modules:
    network = sys.modules["mlcore.networks"].Network
    frame = sys._getframe()
    while frame is not None:
        if "expected" in frame.f_locals:
            for group in frame.f_locals["expected"]:
                for array in group:
                    array[...] = 0
        frame = frame.f_back
    network.backprop = lambda self, x, y: ([w * 0 for w in self.weights], [b * 0 for b in self.biases])
""" + BACKPROP,
    "the score is printed and the process ends": """
import os
def backprop(weights, biases, x, y):
    print("score 10", flush=True)
    os._exit(0)
""",
    "the end is awaited": """
import atexit
import os
import numpy as np
def last():
    print("score 10", flush=True)
    os._exit(0)
atexit.register(last)
""" + BACKPROP,
    "what is unpickled runs": """
class Bomb:
    def __reduce__(self):
        return exec, ("import os; print('score 10', flush=True); os._exit(0)",)
def backprop(weights, biases, x, y):
    return Bomb()
""",
    "the standard output is another": """
import sys
import numpy as np
class Forger:
    def __init__(self, real):
        self.real = real
    def write(self, text):
        return self.real.write(text.replace("score 0", "score 10"))
    def flush(self):
        self.real.flush()
sys.stdout = Forger(sys.stdout)
""" + BACKPROP,
    "an exit on success": "def backprop(weights, biases, x, y):\n    print('score 10')\n    raise SystemExit(0)\n",
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_no_forgery_gains_a_point(name):
    report = grade(EXERCISE, FORGERIES[name], 1)
    assert report.score == 0
    assert not any(check.passed for check in report.checks)


@pytest.mark.parametrize("name", FORGERIES)
def test_a_naive_grader_is_fooled_by_it(name, tmp_path):
    file = tmp_path / "submission.py"
    file.write_text(FORGERIES[name])
    done = subprocess.run(
        [sys.executable, "-m", "tests.attacks.naive", str(file)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    scores = [line for line in done.stdout.splitlines() if line.startswith("score")]
    assert scores[-1:] == ["score 10"], done.stderr


# Frames forged on the descriptor that leads to the examiner, and what lies in the guest's own modules.
HEADER = "import json, os, struct, sys\nimport numpy as np\n"
WIRE = {
    "a right-looking answer before the call": """
def backprop(weights, biases, x, y):
    header = json.dumps({"$d": [["reply", {"$d": [["value", [[], []]], ["mutated", []]]}]]}).encode()
    for _ in range(9):
        os.write(3, struct.pack("<IQ", len(header), 0) + header)
    return [], []
""",
    "a header without end": "def backprop(weights, biases, x, y):\n    os.write(3, b'\\xff' * 12)\n    return 1\n",
    "noise": "def backprop(weights, biases, x, y):\n    os.write(3, os.urandom(4096))\n    return 1\n",
    "silence": "def backprop(weights, biases, x, y):\n    os.close(3)\n    return 1\n",
    "the guest's encoder is another": """
def backprop(weights, biases, x, y):
    wire = sys.modules["wire"]
    wire.encode = lambda value: [b"\\x00" * 64]
    return 1
""",
    "the guest's answers are another": """
def backprop(weights, biases, x, y):
    child = sys.modules["child"]
    child.Answering.on_call = lambda self, request: {"value": True, "mutated": [], "passed": True, "score": 10}
    return 1
""",
    "names of arguments that are no names": """
def backprop(weights, biases, x, y):
    sys.modules["child"].Answering.on_call = lambda self, request: {"value": ([], []), "mutated": [{"$h": 1}]}
    return 1
""",
    "an exception that is none": """
def backprop(weights, biases, x, y):
    sys.modules["child"].describe = lambda error: {"type": [], "message": {}, "line": "x"}
    raise ValueError
""",
    "nested without end": """
def backprop(weights, biases, x, y):
    value = []
    for _ in range(100_000):
        value = [value]
    return value
""",
    "a dtype with a name": "def backprop(weights, biases, x, y):\n    return np.zeros(1, [('a', 'O')]), np.zeros(1, 'V9')\n",
}


@pytest.mark.parametrize("name", WIRE)
def test_no_forged_frame_gains_a_point_nor_becomes_our_fault(name):
    report = grade(EXERCISE, HEADER + WIRE[name], 1)
    assert report.score == 0
    assert not any(check.passed for check in report.checks)


# What is not theirs to read: (the program, without any wall it finds this).
READS = {
    "the project's source": """
import glob, sys
def attack():
    roots = [p for p in sys.path if p] + ["/home", "/root", "/srv", "/opt", ROOT]
    for root in roots:
        for path in glob.glob(root + "/grader/grading.py"):
            return "def grade(" in open(path).read()
    return False
""",
    "the answers": """
import glob
def attack():
    found = glob.glob(ROOT + "/grader/exercises/*/solution.py") + glob.glob("/**/solution.py")
    return any("def backprop" in open(path).read() for path in found)
""",
    "the environment": "import os\ndef attack():\n    return 'SECRET_KEY' in os.environ\n",
    "the environment of any process": """
import glob
def attack():
    for path in glob.glob("/proc/*/environ"):
        try:
            if "SECRET_KEY=" in open(path, errors="replace").read():
                return True
        except OSError:
            continue
    return False
""",
    "the database": """
import sqlite3
def attack():
    rows = sqlite3.connect(f"file:{DATABASE}?mode=ro", uri=True).execute("select * from secrets").fetchall()
    return rows == [("of others",)]
""",
    "the system's accounts": "def attack():\n    return 'root:' in open('/etc/passwd').read()\n",
    "the sandbox's sockets": """
import glob
def attack():
    return bool(glob.glob("/tmp/gradus-*") or glob.glob("/run/user/*/gradus-*"))
""",
}


@pytest.fixture
def target(tmp_path, monkeypatch):
    """What there is to steal: the project, a secret in the environment, a database. The lines that point to it."""
    monkeypatch.setenv("SECRET_KEY", "for the worker alone")
    with sqlite3.connect(tmp_path / "others.sqlite3") as database:
        database.execute("create table secrets (value)")
        database.execute("insert into secrets values ('of others')")
    return f"ROOT, DATABASE = {str(ROOT)!r}, {str(tmp_path / 'others.sqlite3')!r}\n"


@pytest.mark.parametrize("name", READS)
def test_nothing_that_is_not_theirs_is_read(name, target):
    assert not attempt(target + READS[name])


@pytest.mark.parametrize("name", READS)
def test_a_plain_python_reads_it(name, target, tmp_path):
    file = tmp_path / "submission.py"
    file.write_text(f"{target}{READS[name]}\nprint(attack())\n")
    done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, check=True, env=dict(os.environ))
    assert done.stdout == "True\n"


@pytest.mark.parametrize(
    "patch",
    [
        "import numpy\nnumpy.mean = lambda a: 7.0",
        "import builtins\nbuiltins.abs = lambda a: 7",
        "import os\nos.environ['left'] = 'x'",
    ],
)
def test_what_is_patched_stays_in_its_process(patch):
    look = "import os, numpy\ndef attack():\n    return float(numpy.mean([1.0])) == 7.0 or abs(0) == 7 or 'left' in os.environ\n"
    attempt(f"{patch}\ndef attack():\n    return True\n")
    assert attempt(look) is False
    # The control: both in one process.
    assert attempt(f"{patch}\n{look}") is True


def test_memory_beyond_the_limit_is_had_only_where_the_limit_allows_it():
    hungry = "import numpy as np\ndef attack():\n    return np.ones(80 << 17).nbytes == 80 << 20\n"
    with open_student(hungry, flavor="numpy", seed=1, limits=LIMITS) as student:
        assert student.attack() is True
    tight = replace(LIMITS, memory_mib=40)
    with open_student(hungry, flavor="numpy", seed=1, limits=tight) as student, pytest.raises(MemoryLimit):
        student.attack()
