"""Sandboxes with walls taken out, for the controls."""

import contextlib
from collections.abc import Callable, Iterator

import pytest

from grader.errors import StudentError
from grader.sandbox import Limits, open_student, zygotes
from grader.sandbox.bubblewrap import LAYERS

LIMITS = Limits(wall_seconds=5)


@pytest.fixture(scope="session")
def zygotes_without() -> Iterator[Callable[[tuple[str, ...]], zygotes.Zygote]]:
    """A zygote whose children lack some walls, kept for the run."""
    kept: dict[tuple[str, ...], zygotes.Zygote] = {}

    def get(off: tuple[str, ...]) -> zygotes.Zygote:
        if off not in kept:
            kept[off] = zygotes.Zygote("numpy", tuple(layer for layer in LAYERS if layer not in off))
        return kept[off]

    yield get
    for zygote in kept.values():
        zygote.close()


@pytest.fixture
def walls(monkeypatch, zygotes_without):
    """`walls(off)`: from here on student processes have all walls but these."""

    def take_out(*off: str) -> None:
        assert set(off) <= set(LAYERS)
        monkeypatch.setitem(zygotes._zygotes, "numpy", zygotes_without(off))

    return take_out


def attempt(source: str) -> object:
    """What the program's `attack()` gives back; None where it fails in any way."""
    with contextlib.suppress(StudentError), open_student(source, flavor="numpy", seed=1, limits=LIMITS) as student:
        return student.attack()
    return None
