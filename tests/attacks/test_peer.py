"""The examiner's side against a forged peer: whatever is written on the other end of its socket, a Killed and no more.

The peer is a script of bytes, there before the examiner asks. Behind the pidfd is a real process, so that it is
seen to be killed.
"""

import contextlib
import json
import os
import socket
import subprocess
import threading
import tracemalloc

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.diagnosis import Failure, gradients_of, layers_of
from grader.diagnosis.gradients import DIAGNOSERS
from grader.diagnosis.misconceptions import same
from grader.errors import CallError, Killed, OutputLimit, ProtocolError, SandboxFailed, StudentError, TimeLimit
from grader.exercises import load
from grader.grading import check_rng, run_check
from grader.sandbox import Call, Limits, process
from grader.sandbox.guest import wire
from grader.sandbox.student import Student, _Source
from grader.sandbox.zygotes import Child, Ending
from tests.attacks.test_wire import ARRAYS, HEADERS

LIMITS = Limits(wall_seconds=0.15, reply_mib=4, files_mib=1)
NO_DEADLINE = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def all_walls():
    """Here no student's process is asked, so that there is one mode."""


def frame(value) -> bytes:
    return b"".join(bytes(piece) for piece in wire.encode(value))


def raw(header: bytes, body: bytes = b"") -> bytes:
    return wire.HEAD.pack(len(header), len(body)) + header + body


READY, BEGUN, LOADED = frame({"ready": True}), frame({"reply": None}), frame({"reply": ["f"]})
RIGHT = frame({"reply": {"value": 7, "mutated": []}})


class Dead:
    """What the zygote says of a peer that hung up."""

    def ending(self, child):
        return Ending(0, 0, 0.0)


@contextlib.contextmanager
def peer(script: bytes, *, hangs_up: bool = False):
    """`process.Process` gets this peer. Gives the process behind it."""
    host, guest = socket.socketpair()
    output, printed = os.pipe()
    os.set_blocking(output, False)
    with subprocess.Popen(["sleep", "60"]) as behind:

        def write():
            with contextlib.suppress(OSError):
                guest.sendall(script)
                if hangs_up:
                    guest.shutdown(socket.SHUT_WR)

        writer = threading.Thread(target=write)
        writer.start()
        asked = process.child_of
        process.child_of = lambda *_: (Dead(), Child(1, host, output, os.pidfd_open(behind.pid)))
        try:
            yield behind
        finally:
            process.child_of = asked
            behind.kill()
            host.close()
            guest.close()
            os.close(printed)
            writer.join()


@contextlib.contextmanager
def student(script: bytes, limits: Limits = LIMITS, **how):
    """A student whose process answers with this script, once it has begun and loaded."""
    with peer(READY + BEGUN + LOADED + script, **how) as behind:
        driven = process.Process("numpy", 1, limits)
        try:
            yield Student(driven, "", "numpy", 1, limits)
            if driven.killed is not None:
                assert behind.wait(10) == -9
        finally:
            driven.close()


def ask_all(asked: Student) -> list[object]:
    """Everything that the examiner asks of a student, each once: what came, or the student's fault."""
    answers: list[object] = []
    for question in (lambda: asked.f(1), lambda: asked.read("a"), lambda: asked.files("a"), lambda: asked.f(2)):
        try:
            answers.append(question())
        except StudentError as error:
            answers.append(error)
    return answers


FRAMES = st.one_of(
    st.binary(max_size=60),
    st.builds(raw, HEADERS, st.binary(max_size=40)),
    st.sampled_from([RIGHT, READY, BEGUN, frame({"error": {"type": "E", "message": "m", "line": 1}}), frame({})]),
    st.builds(
        lambda value, mutated: frame({"reply": {"value": value, "mutated": mutated}}),
        ARRAYS | st.text(max_size=4),
        st.none() | st.integers() | st.lists(st.text(max_size=3) | st.integers(), max_size=3) | ARRAYS,
    ),
    st.builds(
        lambda *of: frame({"error": dict(zip(("type", "message", "line"), of, strict=True))}),
        *[st.none() | st.integers() | st.text(max_size=4) | ARRAYS] * 3,
    ),
    st.builds(lambda paths: frame({"reply": paths}), st.lists(st.text(max_size=4) | st.integers(), max_size=3)),
    st.builds(lambda whole, cut: whole[:cut], st.just(RIGHT), st.integers(1, len(RIGHT) - 1)),
)


@NO_DEADLINE
@given(st.lists(FRAMES, max_size=5), st.booleans())
def test_no_answers_do_more_than_end_the_process(frames, hangs_up):
    with student(b"".join(frames), hangs_up=hangs_up) as asked:
        answers = ask_all(asked)
        assert len(answers) == 4
        # Once it is ended, nothing that it wrote counts.
        killed = [isinstance(answer, Killed) for answer in answers]
        assert killed == sorted(killed)


@settings(max_examples=60, deadline=None)
@given(st.lists(FRAMES, max_size=2), st.booleans())
def test_what_comes_instead_of_a_beginning_is_ours(frames, hangs_up):
    script = b"".join(frames)
    kept, process.READY_SECONDS = process.READY_SECONDS, 0.15
    try:
        with peer(script, hangs_up=hangs_up) as behind, pytest.raises(SandboxFailed):
            process.Process("numpy", 1, LIMITS)
        assert behind.returncode == -9
    finally:
        process.READY_SECONDS = kept


BOMBS = {
    "a terabyte is claimed": wire.HEAD.pack(2, 1 << 40),
    "all bits": b"\xff" * 12,
    "a header of 4 GiB": wire.HEAD.pack(0xFFFF_FFFF, 0),
    "lists in lists": raw(b"[" * (1 << 20)),
    "objects in objects": raw(b'{"$t":[' * 100_000),
    "an integer of a million digits": raw(b"9" * 1_000_000),
    "250 integers of 4000 digits": raw(b"[" + b",".join([b"9" * 4000] * 250) + b"]"),
    "a float of a million digits": raw(b"0." + b"9" * 1_000_000),
    "one key 80,000 times": raw(b"{" + b",".join([b'"$t":[]'] * 80_000) + b"}"),
    "keys that share a hash": raw(json.dumps({"$d": [[i * (2**61 - 1), 0] for i in range(30_000)]}).encode()),
    "keys that are none": raw(b'{"$d":[[[],0]]}'),
    "keys that are arrays": raw(b'{"$d":[[{"$a":["|b1",[0]]},0]]}'),
    "a shape beyond memory": raw(b'{"$a":["<f8",[1099511627776,1099511627776]]}'),
    "a shape that overflows": raw(b'{"$a":["<f8",[4294967296,4294967296,1]]}'),
    "a shape of nothing, times much": raw(b'{"$a":["<f8",[0,1099511627776,1099511627776]]}'),
    "a size that is true": raw(b'{"$b":true}', b"x"),
    "a size that is a float": raw(b'{"$b":1e3}', b"x"),
    "a negative size": raw(b'{"$b":-1}'),
    "a scalar of nothing": raw(b'{"$s":["<f8"]}'),
    "a scalar of no type": raw(b'{"$s":[]}'),
    "a complex of words": raw(b'{"$c":["one","two"]}'),
    "a complex of lists": raw(b'{"$c":[[],[]]}'),
    "a handle without a name": raw(b'{"$h":[1]}'),
    "a negative handle": raw(b'{"$h":[-1,"x"]}'),
    "50,000 arrays of nothing": raw(b"[" + b",".join([b'{"$a":["|b1",[0]]}'] * 50_000) + b"]"),
    "half of a character": raw(b"\xff\xfe\x00\xd8"),
    "a record of 200,000 fields": raw(b'{"$a":["' + b"f8," * 200_000 + b'",[0]]}'),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_frame_takes_no_more_memory_than_its_cap_and_is_no_reply(name):
    with student(BOMBS[name], Limits(wall_seconds=10, reply_mib=4)) as asked:
        tracemalloc.start()
        with pytest.raises((ProtocolError, OutputLimit)):
            asked.f()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 64 << 20


@pytest.mark.parametrize(
    "dtype",
    ["O", "V", "V9", "|O8", "M8[s]", "m8", "S4", "U4", "f8,O", "i4,(2,3)f8", "(2,3)f8", "(,)f8,f4", "(2,", "{'names':['a'],'formats':['f8']}",
     "f8", "float", "d", "?", "<f3", "<f12", "<i16", "V9223372036854775807", " <f8", "<f8\n", "", "a5"],
)  # fmt: skip
def test_only_numbers_have_a_dtype(dtype):
    with pytest.raises(wire.WireError):
        wire.decode(json.dumps({"$a": [dtype, [1]]}).encode(), b"\0" * 16)


@pytest.mark.parametrize("dtype", ["?", "i1", "u8", ">i4", "f2", "f4", ">f8", "g", "F", "D", "G"])
def test_every_number_still_travels(dtype):
    array = np.arange(3).astype(dtype)
    decoded = wire.decode(*_parts(frame(array)))
    assert decoded.dtype == array.dtype
    np.testing.assert_array_equal(decoded, array)


def _parts(whole):
    header, _ = wire.HEAD.unpack(whole[: wire.HEAD.size])
    return whole[wire.HEAD.size :][:header], whole[wire.HEAD.size + header :]


@pytest.mark.parametrize(
    "key", ["2305843009213693951000", "-9223372036854775809", "[]", '{"$t":[]}', '{"$b":0}', "null"]
)
def test_keys_are_words_and_numbers_of_which_no_thousands_share_a_hash(key):
    with pytest.raises(wire.WireError):
        wire.decode(f'{{"$d":[[{key},0]]}}'.encode(), b"")
    kept = {"a": 1, 0.5: 2, True: 3, 9223372036854775807: 4}
    assert wire.decode(*_parts(frame(kept))) == kept


def test_a_peer_that_stalls_half_way_is_stopped():
    for cut in (1, wire.HEAD.size, len(RIGHT) - 1):
        with student(RIGHT[:cut]) as asked, pytest.raises(TimeLimit):
            asked.f()


def test_an_answer_too_early_is_taken_for_the_next_and_for_no_other_process():
    """The peer writes its own answers, early or late: it can only take away its own marks."""
    late = frame({"reply": {"value": 8, "mutated": []}})
    with student(RIGHT + late) as first:
        assert (first.f(), first.f()) == (7, 8)
        with student(RIGHT + RIGHT) as second:
            assert (second.f(), second.f()) == (7, 7)


LISTS = {
    "an absolute path": ["/venv/x"],
    "a path to above": ["a/../../x"],
    "the folder itself": ["a"],
    "another folder": ["b/x"],
    "a name with NUL": ["a/\0"],
    "half of a character": ["a/\ud800"],
    "a name of a thousand letters": ["a/" + "x" * 1000],
    "a file that is a folder": ["a/b", "a/b/c"],
    "a number": [1],
    "no list": "a/b",
    "10,000 files": [f"a/{i}" for i in range(10_000)],
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_files_that_no_folder_gives_is_the_students_fault(name):
    with student(frame({"reply": LISTS[name]})) as asked, pytest.raises(ProtocolError):
        asked.files("a")


def test_files_that_no_folder_could_hold_are_not_collected():
    script = frame({"reply": [f"a/{i}" for i in range(900)]}) + frame({"reply": bytes(300 << 10)}) * 900
    with student(script, Limits(wall_seconds=10, reply_mib=4, files_mib=1)) as asked:
        tracemalloc.start()
        with pytest.raises(ProtocolError):
            asked.files("a")
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
        tracemalloc.stop()


def test_honest_files_are_collected():
    script = frame({"reply": ["a/b", "a/c/d"]}) + frame({"reply": b"1"}) + frame({"reply": b"2"})
    with student(script) as asked:
        assert asked.files("a/") == {"a/b": b"1", "a/c/d": b"2"}


def test_what_is_told_of_an_error_is_cut():
    error = {"type": "T" * 400_000, "message": "m" * 400_000, "line": 10**4000}
    with student(frame({"error": error})) as asked, pytest.raises(CallError) as failed:
        asked.f()
    assert (len(failed.value.type_name), len(failed.value.message), failed.value.line) == (100, 2000, None)


def test_a_load_that_answers_with_something_else_is_the_students_fault():
    with peer(READY + BEGUN + frame({"error": 1})):
        driven = process.Process("numpy", 1, LIMITS)
        with pytest.raises(ProtocolError):
            _Source(driven, "submission.py", "")
        driven.close()


# --- what a reply can hold, against every check and every diagnoser ------------------------------------

NUMBERS = st.sampled_from([0.0, -0.0, 1.0, 1e-320, 1e308, -1.7e308, np.inf, -np.inf, np.nan, 2.0**63])
DTYPES = st.sampled_from(["f8", "f4", "f2", "g", "D", "G", "?", "u1", "i8", ">f8"])


@st.composite
def _array_like(draw, shape):
    shape = draw(st.sampled_from([shape, shape[::-1], (*shape, 1), (), (0, 1 << 40)]))
    array = np.full(shape, draw(NUMBERS)) if 0 not in shape else np.zeros(shape)
    with np.errstate(all="ignore"):
        return array.astype(draw(DTYPES))


def _value(shape):
    odd = st.sampled_from(
        [None, True, 10**400, "1", b"1", 1j, [], {}, [None], ["1"], [[]], [1, [2]], {0.5: [1]}, [10**400]]
    )
    handle = st.builds(wire.Handle, st.integers(0, 9), st.sampled_from(["", "<b>", "\0", "\ud800", "x" * 200]))
    tensor = st.builds(wire.TensorArgument, st.just(1), st.booleans())
    return odd | handle | tensor | _array_like(shape) | _array_like(shape).map(lambda a: a.tolist() if a.size else a)


@st.composite
def _gradients(draw, weights, biases):
    groups = [[draw(_value(a.shape)) for a in group] for group in (weights, biases)]
    return draw(st.sampled_from([tuple(groups), groups, [groups[0]], [tuple(g) for g in groups], groups[0][0]]))


class Answering:
    """A student whose answer is drawn; the examiner's own code is what is tested."""

    def __init__(self, data):
        self.data = data
        self.calls = []

    def backprop(self, weights, biases, x, y):
        reply = self.data.draw(_gradients(weights, biases))
        self.calls.append(Call("backprop", (weights, biases, x, y), {}, reply))
        return reply

    def train(self, x, y, epochs):
        reply = self.data.draw(st.tuples(_value(x.shape[1:]), _value(()), _value((epochs,))))
        self.calls.append(Call("train", (x, y, epochs), {}, reply))
        return reply

    def take_output(self):
        return ""


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(["backpropagation", "perceptron-update"]))
def test_no_value_makes_a_check_or_a_diagnosis_fail(data, slug):
    with np.errstate(all="ignore"):
        for check in load(slug).checks:
            asked = Answering(data)
            ran = run_check(check, asked, check_rng(1, check.name))
            for call in asked.calls:
                assert same(call.reply, call.args) in (True, False)
            gradients_of(ran.evidence, check.name), layers_of(ran.evidence, check.name)
            if not ran.result.passed:
                found = [d(Failure(check.name, tuple(asked.calls), ran.evidence)) for d in DIAGNOSERS]
                assert all(f is None or f.message for f in found)


def test_a_reply_of_another_shape_is_told_apart_before_it_is_widened():
    small, large = np.zeros(1), np.zeros(8 << 20, np.uint8)
    tracemalloc.start()
    assert same(large, small) is False
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()
