"""Zygotes make way for new ones when packages change or memory grows, between submissions and never within one."""

import contextlib
import os
import select
import subprocess
import tempfile

import pytest

from grader import sandbox
from grader.sandbox import Limits, open_student, zygotes
from grader.sandbox.bubblewrap import sandbox_environment
from grader.sandbox.process import Process
from grader.submissions.tasks import grade_next

LIMITS = Limits(wall_seconds=20)
COUNT = "calls = []\ndef f():\n    calls.append(1)\n    return len(calls)"


@pytest.fixture(autouse=True)
def zygotes_of_this_test(monkeypatch):
    with tempfile.TemporaryDirectory(prefix="gradus-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        monkeypatch.setattr(zygotes, "_zygotes", {})
        yield


@pytest.fixture
def change_packages():
    """Mark the students' environment as built anew."""
    stamp = sandbox_environment() / "lock-stamp"
    before = stamp.stat()
    yield lambda: os.utime(stamp, ns=(before.st_atime_ns, stamp.stat().st_mtime_ns + 1_000_000))
    os.utime(stamp, ns=(before.st_atime_ns, before.st_mtime_ns))


def opened(source=COUNT):
    return open_student(source, flavor="numpy", seed=1, limits=LIMITS)


def zygote_now():
    """The process id of the zygote that students come from."""
    with contextlib.closing(Process("numpy", 1, LIMITS)) as process, open(f"/proc/{process.pid}/stat") as file:
        return int(file.read().rpartition(")")[2].split()[1])


def test_nothing_changed_renews_nothing():
    first = zygote_now()
    sandbox.renew()
    assert zygote_now() == first


def test_changed_packages_give_a_new_zygote_at_the_next_renewal_and_not_before(change_packages):
    first = zygote_now()
    with opened() as student:
        assert student.f() == 1
        change_packages()
        assert zygote_now() == first
        sandbox.renew()
        assert zygote_now() != first
        assert student.f() == 2
        ended = os.pidfd_open(first)
        assert not select.select([ended], [], [], 0)[0]
    del student
    assert select.select([ended], [], [], 60)[0]
    os.close(ended)


def test_packages_that_are_being_changed_renew_nothing(monkeypatch):
    zygote_now()
    kept = dict(zygotes._zygotes)
    monkeypatch.setattr(zygotes, "sandbox_environment", lambda: sandbox_environment() / "half-built")
    sandbox.renew()
    assert zygotes._zygotes == kept


def test_a_zygote_that_has_grown_makes_way_once(monkeypatch):
    first = zygote_now()
    monkeypatch.setattr(zygotes, "GROWTH_KIB", -(1 << 20))
    sandbox.renew()
    monkeypatch.setattr(zygotes, "GROWTH_KIB", 1 << 20)
    second = zygote_now()
    sandbox.renew()
    assert first != second == zygote_now()


def test_others_that_let_go_of_an_old_zygote_share_the_new_one(monkeypatch):
    zygote_now()
    other = zygotes.Zygote("numpy")
    monkeypatch.setattr(zygotes, "GROWTH_KIB", -(1 << 20))
    sandbox.renew()
    monkeypatch.setattr(zygotes, "GROWTH_KIB", 1 << 20)
    renewed = zygote_now()
    other.retire()
    connected = zygotes._zygotes.pop("numpy")
    assert zygote_now() == renewed
    connected.close()


@pytest.mark.django_db
def test_a_worker_renews_before_it_claims(change_packages):
    first = zygote_now()
    change_packages()
    grade_next("numpy")
    assert zygote_now() != first


def test_the_versions_are_those_that_students_see():
    source = "import numpy, platform\ndef f():\n    return [platform.python_version(), numpy.__version__]"
    with opened(source) as student:
        assert list(sandbox.packages("numpy").values()) == student.f()


def test_the_tensorflow_flavor_names_its_versions():
    python = sandbox_environment() / "bin" / "python"
    code = "import importlib.metadata as m; print(*(m.version(n) for n in ('numpy', 'tensorflow_cpu', 'keras')))"
    installed = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    packages = sandbox.packages("tensorflow")
    assert [packages[name] for name in ("numpy", "tensorflow", "keras")] == installed
