"""Large arrays go to a student's process in sealed files: equal, its own to change, and harmless to all others."""

import numpy as np
import pytest

from grader.errors import Killed
from grader.sandbox import Limits, open_student
from grader.sandbox.guest import wire

LIMITS = Limits(wall_seconds=60, memory_mib=1024)
SOURCE = """
import os, sys
kept = []
def same(*arrays):
    return list(arrays)
def change(x):
    x += 1
    return float(x.sum())
def look(x):
    return float(x.sum())
def keep(x):
    kept.append(x)
    return len(os.listdir("/proc/self/fd"))
def of_kept():
    return [float(x[0, 0]) for x in kept]
def form(x):
    return x.flags.writeable, x.flags.aligned, x.ctypes.data % 64
def mappings():
    return sum("memfd" in line for line in open("/proc/self/maps"))
"""
# Keeps the descriptor of the next argument for itself, and tries what could harm others.
CATCH = """
import os, sys
caught, child = [], sys.modules["child"]
mapped = child._mapped
def catching(descriptor, size, protection):
    caught.append(os.dup(descriptor))
    return mapped(descriptor, size, protection)
child._mapped = catching
def f(x):
    return float(x[0])
def attack():
    deeds = [lambda fd: child.mmap.mmap(fd, 4096), lambda fd: os.pwrite(fd, b"x" * 8, 0),
             lambda fd: os.write(os.open(f"/proc/self/fd/{fd}", os.O_RDWR), b"x"),
             lambda fd: os.ftruncate(fd, 3 << 20), lambda fd: os.ftruncate(fd, 8)]
    done = []
    for deed in deeds:
        try:
            deed(caught[0])
            done.append(True)
        except OSError:
            done.append(False)
    return done
"""


def large(mib=2, dtype=float):
    return np.random.default_rng(1).normal(size=(mib, 1 << 17)).astype(dtype)


def opened(source=SOURCE, limits=LIMITS):
    return open_student(source, flavor="numpy", seed=1, limits=limits)


def sends_sealed(student):
    return student._process.sealed_left < student._process.limits.memory_mib << 20


def test_large_arguments_arrive_as_they_are_beside_small_ones():
    arrays = [np.arange(3, dtype="i1"), large(), np.zeros((0, 2)), large(1, "f4"), np.array(True), np.arange(5.0)[::2]]
    with opened() as student:
        reply = student.same(*arrays)
        assert sends_sealed(student)
    for sent, came in zip(arrays, reply, strict=True):
        np.testing.assert_array_equal(came, sent, strict=True)


def test_they_can_be_changed_without_the_examiner_or_a_later_call_seeing_it():
    x = large()
    before = x.copy()
    with opened() as student:
        assert student.form(x) == (True, True, 0)
        assert student.change(x) == pytest.approx(x.sum() + x.size)
        assert student.calls[-1].mutated == ("x",)
        assert student.look(x) == pytest.approx(before.sum())
        assert student.calls[-1].mutated == ()
    np.testing.assert_array_equal(x, before)


def test_those_that_are_kept_stay_what_they_were():
    with opened() as student:
        for n in range(3):
            student.keep(np.full((2, 1 << 17), float(n)))
        assert student.of_kept() == [0.0, 1.0, 2.0]


def test_neither_descriptors_nor_mappings_grow_over_many_calls():
    x = large(1)
    with opened() as student:
        descriptors = [student.keep(x) for _ in range(200)]
        assert len(set(descriptors)) == 1
    with opened() as student:
        for _ in range(200):
            student.look(x)
        assert sends_sealed(student)
        assert student.mappings() == 0


def test_what_is_sent_sealed_is_no_more_than_the_process_may_take():
    x = large(8)
    with opened(limits=Limits(wall_seconds=60, memory_mib=100)) as student:
        for _ in range(30):
            assert student.look(x) == pytest.approx(x.sum())
        assert 0 <= student._process.sealed_left < x.nbytes


def test_its_descriptor_gives_no_way_to_change_it():
    with opened(CATCH) as student:
        assert student.f(large().ravel()) == large()[0, 0]
        assert student.attack() == [False] * 5
        assert student.f(large().ravel()) == large()[0, 0]


def test_without_seals_it_would(monkeypatch):
    monkeypatch.setattr("grader.sandbox.process.SEALS", 0)
    with opened(CATCH) as student:
        student.f(large().ravel())
        assert student.attack() == [True] * 5


def test_an_argument_larger_than_the_memory_that_is_left_ends_the_process_alone():
    with opened(limits=Limits(wall_seconds=60, memory_mib=32)) as student, pytest.raises(Killed):
        student.look(large(60))
    with opened() as student:
        assert student.look(np.ones(3)) == 3.0


def test_arrays_of_a_frame_are_views_from_aligned_places():
    pieces = wire.encode([np.arange(3, dtype="i1"), np.arange(4.0), b"xyz"])
    body = bytearray(b"".join(pieces[1:]))
    first, second, text = wire.decode(bytes(pieces[0][wire.HEAD.size :]), body)
    body[0], body[64:72] = 9, np.float64(7).tobytes()
    assert (first.tolist(), second.tolist(), text) == ([9, 1, 2], [7.0, 1.0, 2.0, 3.0], b"xyz")
