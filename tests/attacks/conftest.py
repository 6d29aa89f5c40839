"""Sandboxes with walls taken out, for the controls, and a canary after each hostile program."""

import contextlib
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.errors import StudentError
from grader.exercises import load
from grader.grading import grade
from grader.sandbox import Limits, open_student, zygotes
from grader.sandbox.bubblewrap import LAYERS, MODES, sandbox_environment
from tests.sandbox_modes import use_mode

LIMITS = Limits(wall_seconds=5)


@pytest.fixture(scope="session", params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="session")
def zygotes_without(mode: str) -> Iterator[Callable[[tuple[str, ...]], zygotes.Zygote]]:
    """A zygote of this mode whose children lack some walls, kept for the run."""
    kept: dict[tuple[str, ...], zygotes.Zygote] = {}

    def get(off: tuple[str, ...]) -> zygotes.Zygote:
        if off not in kept:
            with pytest.MonkeyPatch.context() as patch:
                use_mode(patch, mode)
                kept[off] = zygotes.Zygote("numpy", tuple(layer for layer in LAYERS if layer not in off), mode)
        return kept[off]

    yield get
    for each in kept.values():
        each.close()


@pytest.fixture(autouse=True)
def all_walls(monkeypatch, mode, zygotes_without):
    """Student processes of this mode, behind every wall."""
    use_mode(monkeypatch, mode)
    monkeypatch.setitem(zygotes._zygotes, "numpy", zygotes_without(()))


@pytest.fixture(scope="module")
def tensorflow(mode: str) -> Iterator[None]:
    """Student processes with TensorFlow, of this mode, behind every wall."""
    with pytest.MonkeyPatch.context() as patch:
        use_mode(patch, mode)
        yield


@pytest.fixture
def walls(monkeypatch, zygotes_without):
    """`walls(off)`: from here on student processes have all walls but these."""

    def take_out(*off: str) -> None:
        assert set(off) <= set(LAYERS)
        monkeypatch.setitem(zygotes._zygotes, "numpy", zygotes_without(off))

    return take_out


@pytest.fixture
def canary(monkeypatch, zygotes_without) -> Iterator[None]:
    """After the test the next submission, an honest one, has its marks and nothing else."""
    yield
    monkeypatch.setitem(zygotes._zygotes, "numpy", zygotes_without(()))
    exercise = load("backpropagation")
    report = grade(exercise, exercise.solution, 1)
    assert (report.outcome, report.score, report.findings) == ("ok", 10, ())


def attempt(source: str, limits: Limits = LIMITS, flavor: str = "numpy") -> object:
    """What the program's `attack()` gives back; None where it fails in any way."""
    with contextlib.suppress(StudentError), open_student(source, flavor=flavor, seed=1, limits=limits) as student:
        return student.attack()
    return None


def plainly(source: str, folder: Path) -> object:
    """The same in a Python of the students' environment without any walls, as text."""
    file = folder / "submission.py"
    file.write_text(f"{source}\nprint(attack())\n")
    command = [str(sandbox_environment() / "bin" / "python"), str(file)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout.strip()
