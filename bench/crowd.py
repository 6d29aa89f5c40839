"""Who hands in what on the night of a deadline: half of it wrong by a known mistake, a fiftieth of it hostile."""

import random
from dataclasses import dataclass

from grader.exercises import Exercise, load_all
from grader.grading import grade

EACH = 4
HOSTILE_SHARE = 0.02
HOSTILE = {
    "endless loop": "while True: pass",
    "memory bomb": "hoard = []\n    while True: hoard.append(bytearray(1 << 22))",
    "print bomb": "while True: print('x' * 4096)",
    "fork bomb": "import os\n    while True: os.fork()",
}
SOLUTION = "solution"


@dataclass(frozen=True)
class Paper:
    """A file that somebody hands in. kind : the solution, a mistake's code, or a kind of HOSTILE."""

    exercise: str
    flavor: str
    kind: str
    source: str

    @property
    def is_hostile(self) -> bool:
        return self.kind in HOSTILE


def papers(students: int, rng: random.Random) -> list[list[Paper]]:
    """Each student's four papers, on exercises of their own choice."""
    exercises = load_all()
    total = students * EACH
    bad = round(total * HOSTILE_SHARE)
    fates = ["hostile"] * bad + ["wrong"] * (total // 2) + ["right"] * (total - bad - total // 2)
    rng.shuffle(fates)
    fate = iter(fates)
    kinds = iter(list(HOSTILE) * (bad // len(HOSTILE) + 1))
    return [
        [paper(exercise, next(fate), kinds, rng) for exercise in rng.sample(exercises, EACH)] for _ in range(students)
    ]


def paper(exercise: Exercise, fate: str, hostile_kinds, rng: random.Random) -> Paper:
    if fate == "hostile":
        kind = next(hostile_kinds)
        source = "\n\n".join(f"def {function.signature}:\n    {HOSTILE[kind]}\n" for function in exercise.functions)
    elif fate == "wrong":
        kind = rng.choice(sorted(exercise.misconceptions))
        source = exercise.misconceptions[kind].source
    else:
        kind, source = SOLUTION, exercise.solution
    return Paper(exercise.slug, exercise.flavor, kind, source)


def score_alone(paper: Paper, seed: int) -> float:
    """What the paper earns with nobody else there."""
    exercise = next(exercise for exercise in load_all() if exercise.slug == paper.exercise)
    return grade(exercise, paper.source, seed).score
