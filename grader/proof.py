"""Proving an exercise: the solution earns all, the starter nothing, and each mistake loses points and is named."""

from dataclasses import dataclass

from grader.exercises import Exercise
from grader.grading import grade
from grader.results import Report

SEED = 1


@dataclass(frozen=True)
class Proof:
    """What grading an exercise's own files showed; problems is empty where the exercise is proven."""

    exercise: str
    problems: tuple[str, ...]
    mistakes: int


def prove(exercise: Exercise, seed: int = SEED) -> Proof:
    """Grade the exercise's solution, starter and mistakes. Raises OurError where the sandbox fails."""
    problems = []
    solution = grade(exercise, exercise.solution, seed)
    if solution.score != exercise.points or solution.findings:
        problems.append(f"solution.py earns {solution.score:g} of {exercise.points:g} points: {_complaint(solution)}")
    starter = grade(exercise, exercise.starter, seed)
    if starter.score:
        passing = ", ".join(f"“{check.name}”" for check in starter.checks if check.points)
        problems.append(f"starter.py earns {starter.score:g} points, expected none: it passes {passing}")
    for code, mistake in exercise.misconceptions.items():
        report = grade(exercise, mistake.source, seed)
        if report.score >= exercise.points:
            problems.append(
                f"misconceptions/{code}.py loses no points: no check sees it. Ask for something that it answers wrong"
            )
        elif [f.code for f in report.findings] != [code]:
            named = ", ".join(f.code for f in report.findings) or "nothing"
            problems.append(
                f"misconceptions/{code}.py is named {named}: {_complaint(report)} Another file may answer as it does: "
                "draw inputs on which they differ, or keep one of them"
            )
    return Proof(exercise.slug, tuple(problems), len(exercise.misconceptions))


def _complaint(report: Report) -> str:
    failed = next((c for c in report.checks if not c.passed), None)
    return f"“{failed.name}”: {failed.message}" if failed else "no check failed"
