"""A student's file in the real sandbox: what it can call, what it cannot reach, how it is stopped."""

import time

import numpy as np
import pytest

from grader.errors import CallError, Killed, MemoryLimit, OutputLimit, ProtocolError, SourceError, TimeLimit
from grader.results import Outcome
from grader.sandbox import Handle, Limits, open_examiner, open_student, run_scratch

pytestmark = pytest.mark.usefixtures("mode")
LIMITS = Limits(wall_seconds=2.0, memory_mib=256, output_kib=16, reply_mib=8)


def opened(source: str, flavor: str = "numpy"):
    return open_student(source, flavor=flavor, seed=7, limits=LIMITS)


def answer(source: str, *args, flavor: str = "numpy"):
    with opened(source, flavor) as student:
        return student.f(*args)


def test_a_function_gets_arrays_and_gives_arrays():
    reply = answer("def f(a, b):\n    return [a * 2, (b, {'k': 1.5})]", np.arange(3.0), "text")
    np.testing.assert_array_equal(reply[0], [0.0, 2.0, 4.0])
    assert reply[1] == ("text", {"k": 1.5})


def test_arguments_changed_in_place_are_named():
    with opened("def f(a, b):\n    a[0] = 9\n    return b") as student:
        student.f(np.zeros(2), np.ones(2))
        assert student.calls[-1].mutated == ("a",)


def test_an_exception_names_type_message_and_line_and_the_next_call_goes_on():
    with opened("def f():\n    raise ValueError('no')\ndef g():\n    return 3") as student:
        with pytest.raises(CallError) as failed:
            student.f()
        assert (failed.value.type_name, failed.value.message, failed.value.line) == ("ValueError", "no", 2)
        assert student.g() == 3


def test_a_missing_function_is_named():
    with opened("x = 1") as student, pytest.raises(CallError, match="no function `backprop`"):
        student.backprop()


@pytest.mark.parametrize(
    ("source", "type_name", "line"),
    [
        ("x = 1\ndef f(:\n", "SyntaxError", 2),
        ("import numpy\nimport no_such_thing", "ModuleNotFoundError", 2),
        ("exit()", "SystemExit", 1),
        ("x = 1\ny = x / 0", "ZeroDivisionError", 2),
    ],
)
def test_a_file_that_does_not_load_says_why_and_where(source, type_name, line):
    with pytest.raises(SourceError) as failed, opened(source):
        pass
    assert (failed.value.type_name, failed.value.line) == (type_name, line)


@pytest.mark.parametrize(
    ("source", "killed"),
    [
        ("def f():\n    while True: pass", TimeLimit),
        ("import numpy as np\ndef f():\n    return np.ones(10 * 2**27)", MemoryLimit),
        ("def f():\n    while True: print('x' * 1000)", OutputLimit),
        ("import numpy as np\ndef f():\n    return np.zeros(2**21)", OutputLimit),
        ("import os\ndef f():\n    os._exit(0)", ProtocolError),
        ("import ctypes\ndef f():\n    ctypes.string_at(0)", ProtocolError),
        ("import os\ndef f():\n    os.write(3, b'{}' * 99)", Killed),
    ],
)
def test_what_passes_a_limit_is_stopped_and_the_next_submission_works(source, killed):
    with opened(source) as student:
        with pytest.raises(killed):
            student.f()
        with pytest.raises(killed):
            student.f()
    assert answer("def f():\n    return 'fine'") == "fine"


def test_what_cannot_travel_stays_behind_a_handle():
    assert answer("def f():\n    yield 1") == Handle(0, "generator")
    assert answer("import numpy as np\ndef f():\n    return np.array([None])").type_name == "array of dtype object"


@pytest.mark.parametrize("module", ["mlcore", "grader", "courses", "config", "django", "celery", "sklearn"])
def test_nothing_of_ours_can_be_imported(module):
    with pytest.raises(SourceError) as failed, opened(f"import {module}"):
        pass
    assert failed.value.type_name == "ModuleNotFoundError"


@pytest.mark.parametrize(
    "deed",
    [
        "os.fork()",
        "os.listdir('/')",
        "open('/etc/passwd').read()",
        "open('/guest/new', 'w')",
        "socket.socket()",
        "os.execv('/usr/bin/true', ['true'])",
        "os.kill(1, 9)",
    ],
)
def test_the_process_may_not(deed):
    with opened(f"import os, socket\ndef f():\n    {deed}") as student, pytest.raises(CallError) as failed:
        student.f()
    assert failed.value.type_name in ("PermissionError", "FileNotFoundError", "OSError")


def test_the_process_is_nobody_and_knows_none_of_our_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for students")
    uid, names = answer("import os\ndef f():\n    return os.getuid(), list(os.environ)")
    assert uid != 0
    assert "SECRET_KEY" not in names
    assert "GRADUS_ENV" not in names


def test_nothing_persists_to_the_next_submission():
    answer("import numpy\nnumpy.mean = None\ndef f():\n    open('left', 'w').write('x')")
    reply = answer("import os, numpy\ndef f():\n    return os.listdir('.'), float(numpy.mean([1., 3.]))")
    assert reply == ([], 2.0)


def test_a_second_process_gets_only_the_files():
    source = """
kept = []
def f(x):
    kept.append(x)
    open('a.txt', 'w').write(x)
def g():
    return kept, open('a.txt').read()
"""
    with opened(source) as first:
        first.f("value")
        files = first.files(".")
        assert files == {"a.txt": b"value"}
        with first.fresh(files) as second:
            assert second.g() == ([], "value")


def test_the_same_seed_gives_the_same_random_numbers():
    source = "import random, numpy as np\ndef f():\n    return random.random(), float(np.random.rand())"
    assert answer(source) == answer(source)


def examined(sources, names, *args):
    with open_examiner(sources, flavor="numpy", seed=1, limits=LIMITS) as examiner:
        return examiner.call(names, "f", *args)


def test_an_examiner_asks_several_sources_the_same():
    sources = {
        "one": "def f(x):\n    return x + 1",
        "two-b": "def f(x):\n    raise KeyError('k')",
        "three": "def g(x): return x",
        "four": "def f(x):\n    return (n for n in x), lambda: x",
    }
    one, two, three, four, again = examined(sources, [*sources, "one"], np.zeros(2))
    assert one.reply.tolist() == again.reply.tolist() == [1, 1]
    assert (two.error.type_name, three.error.type_name) == ("KeyError", "NameError")
    assert [handle.type_name for handle in four.reply] == ["generator", "function"]


def test_a_source_that_changes_its_argument_changes_nobody_elses():
    changes = "def f(x, more):\n    x += 1\n    more[0]['y'] *= 2\n    return x, more"
    calls = examined({"one": changes, "two": changes}, ["one", "two"], np.zeros(2), [{"y": np.ones(1)}])
    for call in calls:
        assert (call.reply[0].tolist(), call.reply[1][0]["y"].tolist()) == ([1, 1], [2])
        assert call.mutated == ("x", "more")


def test_each_source_works_in_a_folder_of_its_own_and_its_files_go_on_to_the_next_process():
    writes = """
import os
open("loaded", "w").close()
def f(name):
    os.makedirs("kept")
    open("kept/" + name, "w").write({!r})
    open("lost", "w").close()
    return os.listdir(".")
"""
    reads = "import os\ndef f(name):\n    return sorted(os.listdir('.')), open('kept/' + name).read()"
    names = ["one-a", "two"]
    with open_examiner({n: writes.format(n) for n in names}, flavor="numpy", seed=1, limits=LIMITS) as examiner:
        assert [sorted(call.reply) for call in examiner.call(names, "f", "x")] == [["kept", "loaded", "lost"]] * 2
        files = examiner.files(names, ["kept"])
        assert examiner.files(["two"], ["kept", "none"]) == {"two/kept/x": b"two"}
    with open_examiner(dict.fromkeys(names, reads), flavor="numpy", seed=1, limits=LIMITS, files=files) as examiner:
        assert [call.reply for call in examiner.call(names, "f", "x")] == [(["kept"], name) for name in names]


def test_answers_that_are_too_many_for_one_reply_come_in_several():
    """Each is all that a reply may hold."""
    size = LIMITS.reply_mib << 20
    sources = {f"s{n}": f"import numpy as np\ndef f():\n    return np.full({size}, {n}, np.uint8)" for n in range(4)}
    calls = examined(sources, list(sources))
    assert [(call.reply.size, call.reply[0]) for call in calls] == [(size, n) for n in range(4)]


def test_a_source_of_ours_that_does_not_load_is_told():
    with pytest.raises(SourceError, match="ZeroDivisionError"):
        examined({"one": "def f(): pass", "two": "1 / 0"}, ["one"])


def test_a_scratch_run_keeps_what_was_printed_before_an_error():
    run = run_scratch("print('before')\n1 / 0", flavor="numpy", seed=1, limits=LIMITS)
    assert (run.output, run.outcome, run.error.line) == ("before\n", Outcome.ERROR, 2)


def test_tensorflow_values_arrive_as_arrays_and_variables_are_made_on_request():
    source = """
import tensorflow as tf
def f(w):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(w * w)
    return loss, tape.gradient(loss, w)
"""
    with opened(source, "tensorflow") as student:
        loss, gradient = student.f(student.as_variable(np.array([1.0, 2.0])))
        assert float(loss) == 5.0
        np.testing.assert_array_equal(gradient, [2.0, 4.0])
        assert student.f(student.as_tensor(np.array([1.0])))[1] is None


@pytest.mark.parametrize(
    "deed",
    [
        "os.close(1)\n    os.close(2)\n    time.sleep(60)",
        "while True: print(end='.', flush=True); time.sleep(0.01)",
        # A reply of 1 MiB, byte by byte.
        "os.write(3, (16).to_bytes(4, 'little') + (1 << 20).to_bytes(8, 'little') + b'{\"reply\": [1, 2]')\n"
        "    while True: os.write(3, b'x'); time.sleep(1e-5)",
        # Half a head.
        "os.write(3, b'xxx')\n    time.sleep(60)",
    ],
)
def test_the_time_limit_counts_whatever_the_process_does_meanwhile(deed):
    limits = Limits(wall_seconds=0.5)
    source = f"import os, time\ndef f():\n    {deed}"
    with open_student(source, flavor="numpy", seed=7, limits=limits) as student:
        begun = time.monotonic()
        with pytest.raises(TimeLimit):
            student.f()
        # Far from what a machine at work adds: it ended at the limit, not at the end of the reply or the sleep.
        assert time.monotonic() - begun < 30
