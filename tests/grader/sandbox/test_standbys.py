"""Processes forked ahead: more after a burst, fewer in a quiet time, each used once, none in a loop."""

import contextlib
import os
import signal
import tempfile
import time

import numpy as np
import pytest

from grader.errors import SandboxFailed
from grader.sandbox import Limits, bubblewrap, open_student, zygotes
from grader.sandbox.guest.standbys import CORES, Standbys
from grader.sandbox.process import Process

LIMITS = Limits(wall_seconds=20, memory_mib=1024)


@pytest.fixture
def start_zygote(monkeypatch):
    """Start a zygote of the test's own, with settings of the test's own."""
    with tempfile.TemporaryDirectory(prefix="gradus-") as folder, contextlib.ExitStack() as opened:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)

        def start(**settings):
            for name, value in settings.items():
                monkeypatch.setattr(bubblewrap, name, value)
            zygote = opened.enter_context(contextlib.closing(zygotes.Zygote("numpy")))
            monkeypatch.setitem(zygotes._zygotes, "numpy", zygote)
            return zygote

        yield start


def until(condition):
    """Ask again and again; the processes asked about are at work meanwhile."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end


def standbys(zygote, kind="numpy"):
    return zygote.standbys()[0][kind]


def opened():
    return contextlib.closing(Process("numpy", 1, LIMITS))


def test_a_burst_leaves_more_standbys_and_a_quiet_time_takes_them_away(start_zygote):
    zygote = start_zygote(QUIET_SECONDS=1.0)
    until(lambda: standbys(zygote) == [True])
    with opened(), opened(), opened():
        until(lambda: len(standbys(zygote)) > 1)
    until(lambda: standbys(zygote) == [True])


def test_requests_that_find_a_warm_standby_ask_for_no_more(start_zygote):
    zygote = start_zygote()
    for _ in range(5):
        until(lambda: standbys(zygote) == [True])
        with opened():
            pass
    until(lambda: standbys(zygote) == [True])
    assert zygote.standbys()[1] == 6


def test_the_next_standby_lets_the_one_at_work_have_the_cores_for_a_moment():
    ahead = Standbys("numpy", 1, quiet_seconds=60)
    ahead.asked = time.monotonic() + 1000
    assert (ahead.short(busy=True), ahead.short(busy=False)) == (False, True)
    assert ahead.rest_in() > 1000
    ahead.asked = time.monotonic() - 1000
    assert (ahead.short(busy=True), ahead.rest_in()) == (True, 0)


def test_under_load_the_next_standby_waits_for_nobody():
    ahead = Standbys("numpy", 1, quiet_seconds=60)
    assert ahead.take() is None
    assert (ahead.wanted, ahead.short(busy=True), ahead.rest_in()) == (2, True, 0)


def test_two_students_never_share_a_process(start_zygote):
    zygote = start_zygote()
    mark = "first = not hasattr(sys, 'mark')\nsys.mark = True"
    source = f"import os, sys\n{mark}\ndef f():\n    return os.getpid(), os.readlink('/proc/self/ns/pid'), first"
    for _ in range(3):
        until(lambda: all(standbys(zygote)) and standbys(zygote))
        with contextlib.ExitStack() as stack:
            students = [
                stack.enter_context(open_student(source, flavor="numpy", seed=1, limits=LIMITS)) for _ in range(5)
            ]
            seen = [student.f() for student in students]
        assert all(pid == 1 and first for pid, _, first in seen)
        # A number is given anew once its namespace has ended, so only those open together must differ.
        assert len({namespace for _, namespace, _ in seen}) == 5


def test_a_standby_that_dies_unused_is_replaced(start_zygote):
    zygote = start_zygote()
    until(lambda: standbys(zygote) == [True])
    with opened() as student:
        until(lambda: standbys(zygote) == [True])
        with open(f"/proc/{student.pid}/stat") as file:
            parent = file.read().rpartition(")")[2].split()[1]
        with open(f"/proc/{parent}/task/{parent}/children") as file:
            (standby,) = {int(pid) for pid in file.read().split()} - {student.pid}
        os.kill(standby, signal.SIGKILL)
        until(lambda: zygote.standbys() == ({"numpy": [True]}, 3))
    with opened() as second:
        assert second.pid != standby
        assert second.ask({"do": "files", "folder": "."}, "listing") == {"reply": []}


def test_where_the_walls_cannot_be_built_there_is_no_loop_of_forks(start_zygote):
    zygote = start_zygote(FILES_MIB=-1)
    for _ in range(3):
        with pytest.raises(SandboxFailed, match="walled in"):
            Process("numpy", 1, LIMITS)
    # One at the start; with each request one for it, and as many ahead of the next ones as there are cores.
    until(lambda: standbys(zygote) == [])
    for _ in range(300):
        assert zygote.standbys()[1] <= 1 + 3 * (1 + CORES)


FIT = """
import random
import keras, numpy as np, tensorflow as tf
def f(x, y):
    layers = [keras.layers.Dense(8, activation="relu"), keras.layers.Dropout(0.2), keras.layers.Dense(3)]
    model = keras.Sequential([keras.layers.Input((4,)), *layers])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    history = model.fit(x, y, epochs=2, batch_size=8, verbose=0).history
    drawn = random.random(), float(np.random.rand()), tf.random.normal((3,)), keras.random.normal((3,))
    return history, model.get_weights(), [model.name, *(layer.name for layer in layers)], drawn
"""


def test_a_keras_standby_makes_no_difference_to_results():
    x, y = np.random.default_rng(0).normal(size=(32, 4)), np.arange(32) % 3
    replies = []
    for kind in ("tensorflow", "keras", "keras"):
        with open_student(FIT, flavor=kind, seed=5, limits=LIMITS) as student:
            replies.append(student.f(x, y))
    for reply in replies[1:]:
        np.testing.assert_equal(reply, replies[0])
    until(lambda: standbys(zygotes._zygotes["tensorflow"], "keras") == [True])
