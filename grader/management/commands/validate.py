"""manage.py validate [SLUG…]: prove exercises and lectures."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from courses import markdown
from courses.curriculum import content
from courses.curriculum.content import Lecture
from grader.draft import gaps
from grader.errors import ExerciseError, OurError
from grader.exercises import Exercise, folders, load
from grader.lectures import Known, problems
from grader.proof import prove
from mlcore.blas import one_thread


@dataclass(frozen=True)
class Verdict:
    """What is to be mended in an exercise or a lecture; nothing where it is proven."""

    slug: str
    kind: str
    problems: tuple[str, ...]
    mistakes: int = 0

    def __str__(self) -> str:
        if self.problems:
            return "\n  ".join([f"{self.slug}: not proven", *self.problems])
        return (
            f"{self.slug}: proven, {self.mistakes} mistakes named"
            if self.kind == "exercise"
            else f"{self.slug}: proven"
        )


class Command(BaseCommand):
    """Exit status 1 where something is not proven."""

    help = (
        "Prove exercises (solution full marks, starter none, every mistake named) and lectures (formulas, symbols, "
        "links, figures, worked examples)."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="all exercises and lectures unless named")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        curriculum, errors = content.gather([content.OWN_FOLDER, *settings.CURRICULUM_PATHS])
        lectures = {lecture.slug: lecture for lecture in curriculum.lectures if lecture.body}
        broken = {error.file.stem: error for error in errors}
        known = Known({lecture.slug for lecture in curriculum.lectures} | set(broken), set(folders()))
        # An exercise and a lecture may have the same name.
        wanted = list(dict.fromkeys(options["slugs"] or [*known.exercises, *lectures, *broken]))
        for slug in wanted:
            if slug not in known.exercises and slug not in lectures and slug not in broken:
                raise CommandError(f"There is no exercise and no written lecture “{slug}”.")

        def verdict(slug: str) -> Iterable[Verdict]:
            if slug in known.exercises:
                yield _of_exercise(slug, known)
            if slug in broken:
                yield Verdict(slug, "lecture", (str(broken[slug]),))
            elif slug in lectures:
                yield _of_lecture(lectures[slug], known)

        try:
            # The pool has the cores already; and what trains in it would change the threads of BLAS under the others.
            with one_thread(), ThreadPoolExecutor(max_workers=settings.CORES) as pool:
                groups = pool.map(lambda slug: list(verdict(slug)), wanted)
                shown = tqdm(groups, desc="Proving", total=len(wanted), leave=False, disable=None)
                verdicts = [verdict for group in shown for verdict in group]
        except OurError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps([asdict(verdict) for verdict in verdicts]))
        else:
            for verdict_ in verdicts:
                self.stdout.write(str(verdict_))
        if any(verdict_.problems for verdict_ in verdicts):
            raise SystemExit(1)


def _of_exercise(slug: str, known: Known) -> Verdict:
    try:
        exercise = load(slug)
    except ExerciseError as error:
        return Verdict(slug, "exercise", (str(error),))
    if left := gaps(exercise.folder):
        return Verdict(slug, "exercise", tuple(left))
    proof = prove(exercise)
    return Verdict(slug, "exercise", (*_of_texts(exercise, known), *proof.problems), proof.mistakes)


def _of_texts(exercise: Exercise, known: Known) -> list[str]:
    """What is wrong in the texts that students read, and with the lecture that it names."""
    found = [
        f"{exercise.folder / 'statement.md'}, line {flaw.line}: {flaw.reason}"
        for flaw in markdown.flaws(exercise.statement)
    ]
    for number, hint in enumerate(exercise.hints, start=1):
        found += [f"{exercise.folder / 'exercise.toml'}: hint {number}: {flaw.reason}" for flaw in markdown.flaws(hint)]
    if exercise.lecture not in known.lectures:
        found.append(f"{exercise.folder / 'exercise.toml'}: there is no lecture “{exercise.lecture}”")
    return found


def _of_lecture(lecture: Lecture, known: Known) -> Verdict:
    return Verdict(lecture.slug, "lecture", tuple(str(problem) for problem in problems(lecture, known)))
