"""Reading an exercise's folder.

    exercise.toml     title, lecture (slug), difficulty, points, flavor, hints, [[function]] name, signature;
                      where it applies: data, laboratory, sample, keras, [limits], [[rubric]] title, points, description
    statement.md starter.py solution.py checks.py misconceptions/*.py

Folders are found in ours first, then in those of the environment variable EXERCISE_PATHS.
"""

import ast
import hashlib
import os
import re
import runpy
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import mlcore
from grader.checks import Check
from grader.errors import ExerciseError
from grader.sandbox import Limits

OWN = Path(__file__).parent
REQUIRED = {"title", "lecture", "difficulty", "points", "flavor", "hints", "function"}
OPTIONAL = {"data", "keras", "laboratory", "limits", "rubric", "sample"}
FLAVORS = ("numpy", "tensorflow")
DIFFICULTIES = ("easy", "medium", "hard")
# What may be fetched, by the name that mlcore.datasets gives it.
DATA = ("mnist", "texts")


@dataclass(frozen=True)
class Misconception:
    """A known mistake: a student's file that makes it; `message` is what the student is told."""

    code: str
    source: str
    message: str


@dataclass(frozen=True)
class Function:
    """A function that the student writes."""

    name: str
    signature: str


@dataclass(frozen=True)
class RubricLine:
    """By what people score what no check can; description: Markdown, what earns how many points."""

    title: str
    points: float
    description: str = ""


@dataclass(frozen=True)
class Exercise:
    """An exercise as its folder says; version names the folder's files and mlcore.

    hints : a ladder, Markdown: each says more than the one before.
    data : what its checks use where it was fetched, "" where they need nothing; without it they use a small set.
    laboratory : the slug of the one in which an answer can be made without writing code, or "".
    sample : whether visitors may open it, and run code in it.
    rubric : what an assignment of it may be marked by; its points come beside the exercise's own.
    """

    slug: str
    title: str
    lecture: str
    difficulty: str
    points: float
    flavor: str
    limits: Limits
    functions: tuple[Function, ...]
    statement: str
    starter: str
    solution: str
    misconceptions: Mapping[str, Misconception]
    checks: tuple[Check, ...]
    version: str
    folder: Path
    hints: tuple[str, ...] = ()
    data: str = ""
    laboratory: str = ""
    sample: bool = False
    keras: bool = False
    rubric: tuple[RubricLine, ...] = ()

    @property
    def standby(self) -> str:
        """What its students' processes are warm for: numpy, tensorflow or keras."""
        return "keras" if self.keras else self.flavor


def folders() -> dict[str, Path]:
    """Every exercise's folder by slug; where two share a slug, the first found counts."""
    roots = [OWN, *(Path(p) for p in os.environ.get("EXERCISE_PATHS", "").split(os.pathsep) if p)]
    found: dict[str, Path] = {}
    for root in roots:
        for file in sorted(root.glob("*/exercise.toml")):
            found.setdefault(file.parent.name, file.parent)
    return found


def load_all() -> list[Exercise]:
    """All exercises. Raises ExerciseError."""
    return [load(slug) for slug in folders()]


def load(slug: str) -> Exercise:
    """The exercise of this slug. Raises ExerciseError, which names the file and the reason."""
    known = folders()
    if slug not in known:
        raise ExerciseError(f"There is no exercise “{slug}”. There are: {', '.join(sorted(known))}.")
    return _read_once(known[slug], _state(known[slug]))


@lru_cache(maxsize=256)
def _read_once(folder: Path, state: tuple[tuple[str, int, int], ...]) -> Exercise:
    """A worker reads a folder again only when a file of it has changed."""
    return read(folder)


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Every file's path, size and time of change in nanoseconds."""
    stats = ((str(path), path.stat()) for path in sorted(folder.rglob("*")) if path.suffix != ".pyc")
    return tuple((path, stat.st_size, stat.st_mtime_ns) for path, stat in stats)


def read(folder: Path) -> Exercise:
    """The exercise of a folder. Raises ExerciseError."""
    facts = _facts(folder / "exercise.toml")
    checks = _checks(folder / "checks.py")
    if sum(c.points for c in checks) != facts["points"]:
        raise ExerciseError(
            f"{folder / 'checks.py'}: the checks give {sum(c.points for c in checks)} points, "
            f"exercise.toml says {facts['points']}."
        )
    return Exercise(
        slug=folder.name,
        title=facts["title"],
        lecture=facts["lecture"],
        difficulty=facts["difficulty"],
        points=facts["points"],
        flavor=facts["flavor"],
        limits=_limits(folder / "exercise.toml", facts),
        functions=tuple(Function(f["name"], f["signature"]) for f in facts["function"]),
        statement=_text(folder / "statement.md"),
        starter=_text(folder / "starter.py"),
        solution=_text(folder / "solution.py"),
        misconceptions=_misconceptions(folder),
        checks=checks,
        version=version(folder),
        folder=folder,
        hints=tuple(facts["hints"]),
        data=facts.get("data", ""),
        laboratory=facts.get("laboratory", ""),
        sample=facts.get("sample", False),
        keras=facts.get("keras", False),
        rubric=_rubric(folder / "exercise.toml", facts.get("rubric", [])),
    )


def version(folder: Path) -> str:
    """SHA-256 of the folder's files and of mlcore's code."""
    digest = hashlib.sha256(_mlcore_digest())
    _digest_files(digest, folder, "*")
    return digest.hexdigest()


@cache
def _mlcore_digest() -> bytes:
    digest = hashlib.sha256()
    _digest_files(digest, Path(mlcore.__file__).parent, "*.py")
    return digest.digest()


def _digest_files(digest: Any, folder: Path, names: str) -> None:
    for path in sorted(p for p in folder.rglob(names) if p.is_file() and p.suffix != ".pyc"):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ExerciseError(f"{path}: {error}") from error


def _facts(path: Path) -> dict[str, Any]:
    text = _text(path)
    try:
        facts = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ExerciseError(f"{path}: {error}") from error
    if missing := REQUIRED - facts.keys():
        raise ExerciseError(f"{path}: missing: {', '.join(sorted(missing))}.")
    for key in facts.keys() - REQUIRED - OPTIONAL:
        raise ExerciseError(
            f"{_at(path, text, key)}: “{key}” is no key known here; known are {', '.join(sorted(REQUIRED | OPTIONAL))}."
        )
    for key, known in (("flavor", FLAVORS), ("difficulty", DIFFICULTIES), ("data", DATA)):
        if key in facts and facts[key] not in known:
            raise ExerciseError(f"{_at(path, text, key)}: {key} is {facts[key]!r}, expected one of {', '.join(known)}.")
    hints = facts["hints"]
    if not isinstance(hints, list) or len(hints) < 2 or not all(isinstance(hint, str) and hint for hint in hints):
        raise ExerciseError(
            f"{_at(path, text, 'hints')}: hints is {hints!r}, expected a list of two texts or more, each saying more."
        )
    if not isinstance(facts.get("sample", False), bool):
        raise ExerciseError(f"{_at(path, text, 'sample')}: sample is {facts['sample']!r}, expected true or false.")
    keras = facts.get("keras", False)
    if not isinstance(keras, bool) or (keras and facts["flavor"] != "tensorflow"):
        raise ExerciseError(
            f"{_at(path, text, 'keras')}: keras is {keras!r}, expected true, with the flavor tensorflow, or false."
        )
    return facts


def _at(path: Path, text: str, key: str) -> str:
    """The file and the line on which a key stands."""
    found = re.search(rf"^\s*{re.escape(key)}\s*=", text, re.MULTILINE)
    return f"{path}, line {text.count(chr(10), 0, found.end()) + 1}" if found else str(path)


def _limits(path: Path, facts: Mapping[str, Any]) -> Limits:
    default = {"memory_mib": 1024} if facts["flavor"] == "tensorflow" else {}
    try:
        return Limits(**{**default, **facts.get("limits", {})})
    except TypeError as error:
        raise ExerciseError(f"{path}: limits: {error}") from error


def _rubric(path: Path, lines: Any) -> tuple[RubricLine, ...]:
    """The tables [[rubric]]. Raises ExerciseError."""
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        raise ExerciseError(f"{path}: rubric: expected tables [[rubric]], each with title and points.")
    for number, line in enumerate(lines, 1):
        if unknown := line.keys() - {"title", "points", "description"}:
            raise ExerciseError(f"{path}: [[rubric]] {number}: “{min(unknown)}” is no key known here.")
        title, points, description = line.get("title"), line.get("points"), line.get("description", "")
        if not isinstance(title, str) or not 0 < len(title) <= 200 or not isinstance(description, str):
            raise ExerciseError(f"{path}: [[rubric]] {number}: needs a title of up to 200 characters.")
        if isinstance(points, bool) or not isinstance(points, int | float) or not 0.01 <= points < 1_000_000:
            raise ExerciseError(f"{path}: [[rubric]] {number}: points is {points!r}, expected a number above 0.")
    return tuple(RubricLine(**line) for line in lines)


def known_mistakes(folder: Path) -> dict[str, str]:
    """What students are told of each known mistake of an exercise, by its code, without reading its checks.

    Raises ExerciseError.
    """
    return _messages(folder, _state(folder / "misconceptions"))


@lru_cache(maxsize=256)
def _messages(folder: Path, state: tuple[tuple[str, int, int], ...]) -> dict[str, str]:
    return {code: mistake.message for code, mistake in _misconceptions(folder).items()}


def _misconceptions(folder: Path) -> dict[str, Misconception]:
    return {path.stem: _misconception(path) for path in sorted((folder / "misconceptions").glob("*.py"))}


def _misconception(path: Path) -> Misconception:
    source = _text(path)
    try:
        message = ast.get_docstring(ast.parse(source))
    except SyntaxError as error:
        raise ExerciseError(f"{path}: line {error.lineno}: {error.msg}") from error
    if not message:
        raise ExerciseError(f"{path}: needs a docstring, which is what the student is told.")
    return Misconception(path.stem, source, " ".join(message.split()))


def _checks(path: Path) -> tuple[Check, ...]:
    """Authors are trusted like code: checks.py runs here."""
    try:
        names = runpy.run_path(str(path))
    except Exception as error:
        raise ExerciseError(f"{path}: {type(error).__name__}: {error}") from error
    checks = tuple(v for v in names.values() if isinstance(v, Check))
    if not checks or len({c.name for c in checks}) != len(checks):
        raise ExerciseError(f"{path}: needs checks with names of their own.")
    return checks
