"""A lecture's worked example: run in the sandbox like any student's file; output and figures are put beside the text.

The example is every fence of `python example` in the lecture's text, in order, as one program. What a fence prints is
kept in the fence of `text output` after it. SLUG/figures.py, beside the text, draws: each of its public functions takes
`example` and matplotlib's `figure`, and makes SLUG/NAME.svg of its name. `example["name"]` is a variable of the
program's, and `example.name(…)` calls a function of it.
"""

import inspect
import io
import re
import runpy
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib
from cycler import cycler
from matplotlib.figure import Figure

from courses import markdown
from courses.curriculum.tables import ContentError
from grader.errors import StudentError
from grader.sandbox import Limits, Student, open_student

CODE, OUTPUT = "python example", "text output"
SEED = 1
LIMITS = Limits(wall_seconds=60, memory_mib=1024)
SEPARATOR = "\x1e"
# Matplotlib keeps its style for the whole process.
DRAWING = threading.Lock()
# What figures are drawn with, light and dark: ink, axes, grid, then the four colors of curves (after Okabe and Ito).
COLORS = {
    "ink": ("#1c2224", "#e6eaea"),
    "faint": ("#566063", "#a3aeb1"),
    "line": ("#d5dada", "#3a4245"),
    "first": ("#0072b2", "#56b4e9"),
    "second": ("#b34e00", "#ff9a50"),
    "third": ("#00714f", "#2fc79a"),
    "fourth": ("#a04c7d", "#e6a3c8"),
}
LIGHT = {name: light for name, (light, _) in COLORS.items()}
STYLE = {
    "svg.hashsalt": "gradus",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 11,
    "text.color": LIGHT["ink"],
    "axes.labelcolor": LIGHT["ink"],
    "axes.edgecolor": LIGHT["faint"],
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.titlesize": 11,
    "grid.color": LIGHT["line"],
    "xtick.color": LIGHT["faint"],
    "ytick.color": LIGHT["faint"],
    "xtick.labelcolor": LIGHT["ink"],
    "ytick.labelcolor": LIGHT["ink"],
    "lines.linewidth": 2,
    "legend.frameon": False,
    "axes.prop_cycle": cycler(color=[LIGHT[name] for name in ("first", "second", "third", "fourth")]),
}


@dataclass(frozen=True)
class Built:
    """A lecture's text with what its example prints, and its figures by their file's name."""

    text: str
    figures: dict[str, str]


class Example:
    """The program as a figure's function meets it."""

    def __init__(self, student: Student) -> None:
        self._student = student

    def __getitem__(self, name: str) -> Any:
        return self._student.call("_value_of", name)

    def __getattr__(self, function: str) -> Callable[..., Any]:
        return lambda *arguments: self._student.call(function, *arguments)


def build(lecture: Path) -> Built | None:
    """Run the lecture's example and draw its figures; None where the lecture has none.

    Raises ContentError, which names the file and the line, where the example fails or a figure cannot be drawn.
    """
    text = lecture.read_text(encoding="utf-8")
    fences = markdown.fences(text)
    if not any(fence.info == CODE for fence in fences):
        return None
    program = _program(text, fences)
    flavor = "tensorflow" if re.search(r"^\s*(import|from) tensorflow", program, re.MULTILINE) else "numpy"
    try:
        with open_student(program, flavor=flavor, seed=SEED, limits=LIMITS) as student:
            printed = student.load_output.split(SEPARATOR)
            _check_places(lecture, fences, printed)
            return Built(_with_outputs(text, fences, printed), _figures(lecture, Example(student)))
    except StudentError as error:
        raise ContentError(lecture, getattr(error, "line", None) or 0, f"the example fails: {error}") from error


def differs(built: Built, lecture: Path) -> list[str]:
    """What lies beside the lecture and is not as built; numbers in figures may differ by a fifth of a point."""
    changed = [] if lecture.read_text(encoding="utf-8") == built.text else [lecture.name]
    for name, svg in built.figures.items():
        file = lecture.with_suffix("") / name
        if not file.is_file() or not _alike(file.read_text(encoding="utf-8"), svg):
            changed.append(f"{lecture.stem}/{name}")
    kept = {file.name for file in lecture.with_suffix("").glob("*.svg")}
    return changed + [f"{lecture.stem}/{name}" for name in sorted(kept - built.figures.keys())]


def write(built: Built, lecture: Path) -> None:
    """Put the text and the figures where they belong."""
    lecture.write_text(built.text, encoding="utf-8")
    for name, svg in built.figures.items():
        (lecture.with_suffix("") / name).write_text(svg, encoding="utf-8")


def _program(text: str, fences: list[markdown.Fence]) -> str:
    """Each line of code on the line on which it stands in the lecture, so that an error's line is the lecture's."""
    lines = [""] * (text.count("\n") + 1)
    for fence in fences:
        if fence.info == CODE:
            code = fence.content.splitlines()
            lines[fence.line : fence.line + len(code)] = code
            lines[fence.line + len(code)] = f"print({SEPARATOR!r}, end='')"
    return "\n".join([*lines, "", "def _value_of(name):", "    return globals()[name]", ""])


def _check_places(lecture: Path, fences: list[markdown.Fence], printed: list[str]) -> None:
    """Refuse code whose output nobody would see."""
    followers = [*fences[1:], markdown.Fence(0, "", "")]
    outputs = iter(printed)
    for fence, follower in zip(fences, followers, strict=True):
        if fence.info == CODE and next(outputs) and follower.info != OUTPUT:
            raise ContentError(lecture, fence.line, f"the example prints here; put ```{OUTPUT} and ``` after it")


def _with_outputs(text: str, fences: list[markdown.Fence], printed: list[str]) -> str:
    """The text with each fence of output filled with what the code before it printed."""
    lines = text.split("\n")
    number = len([fence for fence in fences if fence.info == CODE])
    for fence in reversed(fences):
        if fence.info == OUTPUT:
            lines[fence.line : fence.line + fence.content.count("\n")] = printed[number - 1].rstrip("\n").split("\n")
        number -= fence.info == CODE
    return "\n".join(lines)


def _figures(lecture: Path, example: Example) -> dict[str, str]:
    file = lecture.with_suffix("") / "figures.py"
    if not file.exists():
        return {}
    try:
        functions = {
            name: value
            for name, value in runpy.run_path(str(file)).items()
            if inspect.isfunction(value) and not name.startswith("_") and value.__module__ == "<run_path>"
        }
        return {f"{name.replace('_', '-')}.svg": _drawn(draw, example) for name, draw in functions.items()}
    except StudentError:
        raise
    except Exception as error:  # an author's code may raise anything
        raise ContentError(file, _line_in(file, error), f"{type(error).__name__}: {error}") from error


def _line_in(file: Path, error: BaseException) -> int:
    """The last line of the file that the exception passed through; 0 where it passed through none."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(file):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _drawn(draw: Callable[[Example, Figure], None], example: Example) -> str:
    """A figure as SVG whose colors follow the reader's light or dark."""
    with DRAWING, matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(7.2, 3.4), layout="constrained")
        draw(example, figure)
        written = io.StringIO()
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None})
    svg = written.getvalue()
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    for name, (light, _) in COLORS.items():
        svg = svg.replace(light, f"var(--{name})")
    svg = re.sub(r"font: [^\"]*?(\d+(?:\.\d+)?)px [^;\"]*", r"font: \1px system-ui, sans-serif", svg)
    return svg.replace('<style type="text/css">', f'<style type="text/css">{_variables()}', 1)


def _variables() -> str:
    light = "".join(f"--{name}: {light};" for name, (light, _) in COLORS.items())
    dark = "".join(f"--{name}: {dark};" for name, (_, dark) in COLORS.items())
    return f"svg{{{light}}} @media (prefers-color-scheme: dark){{svg{{{dark}}}}} "


def _alike(one: str, other: str) -> bool:
    """Whether two drawings say the same; the last digits of numbers, and ids of shapes, differ by machine."""
    one, other = (re.sub(r"\b[a-z][0-9a-f]{10}\b", "id", svg) for svg in (one, other))
    number = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?\b")
    if number.sub("#", one) != number.sub("#", other):
        return False
    pairs = zip(number.findall(one), number.findall(other), strict=True)
    return all(a == b or abs(float(a) - float(b)) <= 0.2 for a, b in pairs)
