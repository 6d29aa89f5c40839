"""A process that stands back for others does so with all of its threads, and with its session."""

import os
from pathlib import Path

import pytest

from grader.sandbox import Limits, open_student

SOURCE = "def f():\n    return 1"


def threads_of(student):
    return sorted(Path(f"/proc/{student._process.pid}/task").iterdir())


def nice_of(thread):
    """Field 19 of stat, counted from behind the name, which may hold anything."""
    return int((thread / "stat").read_text().rpartition(")")[2].split()[16])


@pytest.mark.parametrize(("flavor", "nice"), [("numpy", 0), ("numpy", 5), ("tensorflow", 5)])
def test_all_threads_have_the_weight_that_the_limits_say(flavor, nice):
    with open_student(SOURCE, flavor=flavor, seed=1, limits=Limits(nice=nice, memory_mib=1024)) as student:
        assert {nice_of(thread) for thread in threads_of(student)} == {nice}
        assert student.f() == 1


AUTOGROUP = Path("/proc/sys/kernel/sched_autogroup_enabled")


@pytest.mark.skipif(
    os.geteuid() != 0 or not AUTOGROUP.exists() or AUTOGROUP.read_text().strip() != "1",
    reason="root alone weighs the sessions of others, where the kernel weighs sessions at all",
)
def test_where_the_kernel_weighs_sessions_its_own_has_that_weight_and_no_others():
    # Nothing stands there for a session in the root group, which a container's first may be.
    own = Path("/proc/self/autogroup").read_text()
    with (
        open_student(SOURCE, flavor="numpy", seed=1, limits=Limits(nice=5)) as back,
        open_student(SOURCE, flavor="numpy", seed=1, limits=Limits()) as front,
    ):
        weights = [Path(f"/proc/{one._process.pid}/autogroup").read_text().split()[-1] for one in (back, front)]
        assert weights == ["5", "0"]
        assert Path("/proc/self/autogroup").read_text() == own
