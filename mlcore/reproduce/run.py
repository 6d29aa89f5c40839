"""What a figure is given, and what it gives back."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import matplotlib
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from tqdm import tqdm

T = TypeVar("T")

# Okabe & Ito's colors, which people tell apart however they see them.
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")


@dataclass(frozen=True)
class Row:
    """A number found, beside what the text says, and the band that it has to be in."""

    what: str
    found: float
    low: float
    high: float
    text: str = ""

    @property
    def within(self) -> bool:
        """False for NaN too."""
        return self.low <= self.found <= self.high


@dataclass(frozen=True)
class Run:
    """How figures are reproduced: quick leaves out what is slow; pictures go into folder; data is where data lies."""

    quick: bool
    seeds: int
    folder: Path
    data: Path | None = None

    def progress(self, steps: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
        """The steps, with a bar that says what they are of and how long they will take."""
        return iter(tqdm(steps, desc=what, total=total, leave=False, dynamic_ncols=True))

    @contextmanager
    def picture(self, name: str, title: str, x: str, y: str, panels: int = 1) -> Iterator[Any]:
        """Axes to draw on (a list where there are several panels); afterwards <folder>/<name>.svg is there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        settings = {
            "svg.hashsalt": "gradus",
            "svg.fonttype": "none",
            "font.family": "sans-serif",
            "axes.prop_cycle": cycler(color=COLORS),
            "font.size": 10,
        }
        with matplotlib.rc_context(settings):
            figure = Figure(figsize=(1.2 + 4.3 * panels, 3.6), layout="constrained")
            drawn: list[Axes] = [figure.add_subplot(1, panels, i + 1) for i in range(panels)]
            for axes in drawn:
                axes.set(xlabel=x, ylabel=y if axes is drawn[0] else "")
                axes.spines[["top", "right"]].set_visible(False)
                axes.grid(alpha=0.3)
            figure.suptitle(title, fontsize=11)
            yield drawn if panels > 1 else drawn[0]
            figure.savefig(self.folder / f"{name}.svg", metadata={"Date": None})


Reproduction = Callable[[Run], Iterator[Row]]
