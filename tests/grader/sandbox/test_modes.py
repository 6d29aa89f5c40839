"""Which mode the sandbox takes, what a machine is told that allows none, and that root never runs a student's code."""

import os
import subprocess
import sys

import pytest

from grader.exercises import load
from grader.proof import prove
from grader.sandbox import Limits, bubblewrap, missing, open_student
from grader.sandbox import mode as best_mode
from tests.conftest import ROOT
from tests.sandbox_modes import readable_environment, use_mode

OPEN = {"flavor": "numpy", "seed": 1, "limits": Limits(wall_seconds=5)}


@pytest.fixture
def failing_bwrap(tmp_path, monkeypatch):
    """A bubblewrap that cannot make namespaces, before the real one on PATH."""
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(bubblewrap, "_working", set())
    monkeypatch.delenv("GRADUS_SANDBOX_MODE", raising=False)
    return program


@pytest.fixture
def readable(monkeypatch):
    monkeypatch.setenv("GRADUS_SANDBOX_ENV", str(readable_environment()))


def test_namespaces_come_first(monkeypatch):
    monkeypatch.delenv("GRADUS_SANDBOX_MODE", raising=False)
    assert best_mode() == "namespaces"


def test_without_namespaces_it_is_landlock(failing_bwrap, readable):
    assert best_mode() == "landlock"
    assert missing() == ()
    assert "No permissions to create new namespace" in missing("namespaces")[0]


def test_the_operator_chooses(monkeypatch, failing_bwrap, readable):
    monkeypatch.setenv("GRADUS_SANDBOX_MODE", "landlock")
    assert (best_mode(), missing()) == ("landlock", ())
    monkeypatch.setenv("GRADUS_SANDBOX_MODE", "namespaces")
    assert "bubblewrap cannot make namespaces here" in missing()[0]
    monkeypatch.setenv("GRADUS_SANDBOX_MODE", "none")
    assert missing() == ("GRADUS_SANDBOX_MODE=none is no mode of the sandbox. Set it to one of: namespaces, landlock.",)


def test_a_machine_that_was_mended_is_noticed(failing_bwrap):
    assert missing("namespaces")
    failing_bwrap.unlink()
    assert missing("namespaces") == ()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives itself up")
def test_an_interpreter_that_is_closed_to_the_account_of_students_is_named(tmp_path, monkeypatch, readable):
    (tmp_path / "home").mkdir()
    closed = tmp_path / "home" / "venv"
    closed.symlink_to(readable_environment())
    (tmp_path / "home").chmod(0o700)
    monkeypatch.setenv("GRADUS_SANDBOX_ENV", str(closed))
    (said,) = missing("landlock")
    assert f"cannot use the interpreter of {closed}" in said
    assert "make env PYTHON=" in said


IN_WORDS = "from grader.sandbox import missing, mode; print(mode(), *missing(), sep='\\n')"
GRADE = """
from grader.exercises import load
from grader.grading import grade
from grader.sandbox import mode
exercise = load("backpropagation")
print(mode(), grade(exercise, exercise.solution, 1).score)
"""


def without_user_namespaces(uid: int, code: str, tmp_path, **environment: str) -> str:
    """What our code prints on a kernel that makes no user namespaces, as an account that is `uid` there."""
    (tmp_path / "run").mkdir(mode=0o700)
    done = subprocess.run(
        ["unshare", "--user", f"--map-user={uid}", "--keep-caps", "sh", "-c",
         "echo 0 > /proc/sys/user/max_user_namespaces && "
         'exec setpriv --inh-caps=-all --ambient-caps=-all -- "$@"', "sh", sys.executable, "-c", code],
        cwd=ROOT, env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path / "run"), "TMPDIR": str(tmp_path), **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_kernel_that_makes_no_user_namespaces_grades_with_landlock(tmp_path):
    assert without_user_namespaces(1000, GRADE, tmp_path) == "landlock 10\n"


def test_where_neither_can_be_had_both_are_told(tmp_path):
    # Root of a container that may not become another account.
    said = without_user_namespaces(0, IN_WORDS, tmp_path)
    assert "bubblewrap cannot make namespaces here" in said
    assert "Allow unprivileged user namespaces: sysctl user.max_user_namespaces above 0" in said
    assert "Without namespaces students' code runs as the account 64001" in said


def test_a_students_code_never_runs_as_root(mode):
    with open_student("def f():\n    import os\n    return os.getuid(), os.geteuid()", **OPEN) as it:
        assert 0 not in it.f()
        with open(f"/proc/{it._process.pid}/status") as file:
            status = dict(line.rstrip().split(":", 1) for line in file)
    assert "0" not in status["Uid"].split() + status["Gid"].split()
    assert status["CapEff"].split() == ["0000000000000000"]
    assert status["NoNewPrivs"].split() == ["1"]
    assert status["Seccomp"].split() == ["2"]


@pytest.mark.parametrize("exercise", ["backpropagation", "gradient-tape"])
def test_exercises_are_proven_without_namespaces(exercise, monkeypatch):
    use_mode(monkeypatch, "landlock")
    proof = prove(load(exercise))
    assert proof.problems == ()
    assert proof.mistakes > 0
