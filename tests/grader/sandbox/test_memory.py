"""A student process's memory: the peak in the report, the limit, and bombs that try to get round it."""

import json
import os
import textwrap

import pytest

from grader.errors import CallError, Killed, MemoryLimit, SandboxFailed
from grader.exercises import load
from grader.grading import grade
from grader.results import Memory, Outcome, Report
from grader.sandbox import Limits, bubblewrap, memory, missing, open_student, zygotes
from grader.sandbox.bubblewrap import LAYERS

LIMITS = Limits(wall_seconds=5, memory_mib=256)
HEAD = """
import ctypes, mmap, os, threading, time
import numpy as np
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
"""


def opened(source: str):
    return open_student(HEAD + source, flavor="numpy", seed=1, limits=LIMITS)


def peak(source: str) -> float:
    with opened(source) as student:
        student.f()
    told = student.memory()
    assert (told.limit_mib, told.by) == (256, "watched")
    return told.peak_mib


def test_the_peak_is_what_was_held_beyond_the_start_even_if_for_a_moment(mode):
    assert 100 < peak("def f():\n    np.ones(100 * 2**17)") < 120
    assert peak("def f():\n    return 1") < 10


def test_the_report_tells_limit_and_peak_and_older_reports_are_read():
    exercise = load("backpropagation")
    report = grade(exercise, exercise.solution, 1)
    assert report.memory.limit_mib == exercise.limits.memory_mib
    assert 0 < report.memory.peak_mib < 100
    data = json.loads(json.dumps(report.to_dict()))
    assert Report.from_dict(data).memory == report.memory
    del data["memory"]
    assert Report.from_dict(data).memory is None


def test_a_file_that_takes_too_much_while_it_loads_has_its_memory_told():
    exercise = load("backpropagation")
    report = grade(exercise, "x = bytearray(100 << 20)\nwhile True: pass", 1)
    assert report.outcome == Outcome.TIME_LIMIT
    assert 100 < report.memory.peak_mib < 120
    assert grade(exercise, "def f(:", 1).memory.peak_mib < 100


# name: the body of f(), which gives back True when it holds 1 GiB
BOMBS = {
    "arrays": "return np.ones(2**27).sum() > 0",
    "a mapping that grows down": """
where = libc.mmap(None, 1 << 30, 3, 0x122, -1, 0)
if where in (None, 2**64 - 1): raise MemoryError
ctypes.memset(where, 1, 1 << 30)
return True""",
    "shared memory without a file": "return len(mmap.mmap(-1, 1 << 30, flags=mmap.MAP_SHARED)) == 1 << 30",
    "the device of zeros, shared": """
with open("/dev/zero") as file:
    return len(mmap.mmap(file.fileno(), 1 << 30, flags=mmap.MAP_SHARED, prot=mmap.PROT_READ)) == 1 << 30""",
    "files mapped shared": """
for i in range(20):
    with open(str(i), "wb+") as file:
        file.truncate(60 << 20)
        mapped = mmap.mmap(file.fileno(), 60 << 20)
        for at in range(0, 60 << 20, 4096):
            mapped[at] = 1
        globals()[f"kept{i}"] = mapped
return True""",
    "a reserve made writable later": """
where = libc.mmap(None, 1 << 30, 0, 0x22, -1, 0)
if libc.mprotect(ctypes.c_void_p(where), ctypes.c_size_t(1 << 30), 3): raise MemoryError
return True""",
    "threads that each take a part": """
held = []
threads = [threading.Thread(target=lambda: held.append(bytearray(b"x" * (64 << 20)))) for _ in range(16)]
for t in threads: t.start()
for t in threads: t.join()
return len(held) == 16""",
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_no_memory_beyond_the_limit_is_had_by(name, mode):
    with opened("def f():\n" + textwrap.indent(BOMBS[name], "    ")) as student:
        try:
            had = student.f()
        except (CallError, Killed):
            had = False
    assert had is not True
    # 50 ms between two looks let little through; a file system in memory is bounded by itself.
    assert student.memory().peak_mib < 256 + 64


@pytest.mark.parametrize("name", ["a mapping that grows down", "shared memory without a file"])
def test_the_filter_of_calls_keeps_it_from_that(name, monkeypatch):
    """Mapped and left untouched, which harms nobody."""
    body = BOMBS[name].replace("ctypes.memset(where, 1, 1 << 30)", "pass")
    source = "def f():\n" + textwrap.indent(body, "    ")
    with opened(source) as student, pytest.raises((CallError, MemoryLimit)):
        student.f()
    zygote = zygotes.Zygote("numpy", tuple(layer for layer in LAYERS if layer != "seccomp"), "namespaces")
    monkeypatch.setattr(zygotes, "_zygotes", {"numpy": zygote})
    with opened(source) as student:
        assert student.f() is True
    zygote.close()


def test_threads_are_bounded_however_small_their_stacks(mode):
    source = """
def f():
    threading.stack_size(32768)
    for _ in range(2000):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    return True
"""
    with opened(source) as student, pytest.raises((CallError, MemoryLimit), match="thread"):
        student.f()


# --- cgroups: their files, in a folder that looks like one -----------------------------------------------------------


@pytest.fixture
def cgroup(tmp_path, monkeypatch):
    (tmp_path / "cgroup.controllers").write_text("cpu memory pids\n")
    (tmp_path / "cgroup.subtree_control").write_text("\n")
    monkeypatch.setenv("GRADUS_CGROUP", str(tmp_path))
    monkeypatch.setattr(memory, "_left", [])
    monkeypatch.setattr(bubblewrap, "_working", set())
    return tmp_path


def test_a_student_process_enters_a_cgroup_of_its_own_with_a_limit(cgroup):
    with opened("def f():\n    return 1") as student:
        assert student.f() == 1
        (own,) = cgroup.glob("student-*")
        written = {file.name: file.read_text() for file in own.iterdir()}
        assert written == {
            "memory.max": str(256 << 20),
            "memory.swap.max": "0",
            "memory.oom.group": "1",
            "cgroup.procs": str(student._process.pid),
        }
        assert (cgroup / "cgroup.subtree_control").read_text() == "+memory"
        (own / "memory.peak").write_text(f"{100 << 20}\n")
    assert student.memory() == Memory(256, 100.0, "cgroup")


def test_a_cgroup_goes_when_the_next_process_comes(cgroup):
    with opened("def f():\n    return 1"):
        (first,) = cgroup.glob("student-*")
    for file in first.iterdir():  # the kernel's own files do not keep a cgroup from going
        file.unlink()
    with opened("def f():\n    return 1") as student:
        (second,) = cgroup.glob("student-*")
        assert second != first
    assert student.memory() == Memory(256, None, "cgroup")


def test_a_kill_by_the_kernel_is_a_memory_limit(cgroup):
    source = "import ctypes\ndef f():\n    while True: pass"
    with opened(source) as student:
        os.kill(student._process.pid, 9)
        with pytest.raises(MemoryLimit):
            student.f()


def test_a_cgroup_that_cannot_be_used_is_told_at_the_start_or_is_our_fault(cgroup, monkeypatch):
    (cgroup / "cgroup.controllers").write_text("cpu\n")
    assert "does not name memory" in " ".join(missing("namespaces"))
    monkeypatch.setenv("GRADUS_CGROUP", str(cgroup / "none"))
    assert f"GRADUS_CGROUP={cgroup / 'none'} is no cgroup of version 2" in " ".join(missing("namespaces"))
    monkeypatch.setenv("GRADUS_CGROUP", str(cgroup))
    (cgroup / "cgroup.subtree_control").unlink()
    monkeypatch.setattr(bubblewrap, "_working", {("namespaces", bubblewrap.sandbox_environment())})
    with pytest.raises(SandboxFailed, match="cannot be given a cgroup"), opened("def f():\n    return 1"):
        pass
