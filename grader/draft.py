"""The draft of an exercise: a folder whose gaps are marked, and proven once they are filled."""

from pathlib import Path

GAP = "GAP:"
# What may stand around a gap's text.
QUOTES = " .,'\""

FILES = {
    "exercise.toml": """\
title = "{title}"
lecture = "{lecture}"
difficulty = "medium"
points = 2
flavor = "numpy"
hints = [
  \'\'\'GAP: where to begin, as a question; formulas stand between dollar signs, such as $x^2$\'\'\',
  \'\'\'GAP: what nearly gives the line\'\'\',
]

[[function]]
name = "{function}"
signature = "{function}(x)"
""",
    "statement.md": """\
GAP: what to write, and why it matters, in a sentence or two.

Write `{function}(x)`: GAP: what it returns, with a formula such as $y_i = 2 x_i$.

| argument | shape |
|---|---|
| `x` | (m, n), one example a row |

With float64 arrays the checks ask for 1e-9 of relative accuracy, with float32 for 1e-5. Leave `x` as it is.
An example to try: GAP: one that can be checked in the head.
""",
    "starter.py": '''\
import numpy as np


def {function}(x):
    """GAP: what it returns, with its shape."""
    raise NotImplementedError("write {function} here")
''',
    "solution.py": """\
import numpy as np


def {function}(x):
    return 2 * x  # GAP: a file that earns all points
""",
    "checks.py": '''\
"""GAP: what is checked, against what."""

from grader.checks import check, compare_arrays


def asked(student, x):
    right = 2 * x  # GAP: the right values, from mlcore where it has them
    return compare_arrays(student.{function}(x), right, "{function}(x)")


@check("Unequal sizes", points=1)
def unequal(student, rng):
    return asked(student, rng.normal(size=(5, 3)))


@check("As many rows as columns", points=1)
def square(student, rng):
    return asked(student, rng.normal(size=(4, 4)))
''',
    "misconceptions/first-mistake.py": '''\
"""GAP: what is seen, why it points there, where to look. Name the file after the mistake; add two more at least."""

import numpy as np


def {function}(x):
    return 3 * x  # GAP: the mistake, and no other
''',
}


def write(folder: Path, lecture: str) -> list[Path]:
    """Write the draft into a new folder, whose name is the exercise's slug. Raises FileExistsError."""
    folder.mkdir(parents=True)
    title = folder.name.replace("-", " ").capitalize()
    written = []
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        marks = {"title": title, "lecture": lecture, "function": folder.name.replace("-", "_")}
        for mark, value in marks.items():
            text = text.replace(f"{{{mark}}}", value)
        file.write_text(text, encoding="utf-8")
        written.append(file)
    return written


def gaps(folder: Path) -> list[str]:
    """What is left to fill in a folder, each with its file and line."""
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.suffix in (".toml", ".md", ".py")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            _, gap, asked = line.partition(GAP)
            if gap:
                found.append(f"{file}, line {number}: fill in {asked.strip(QUOTES)}")
    return found
