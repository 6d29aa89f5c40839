"""What a student's work is worth: arithmetic alone.

No score is above full marks, and none is less for work being handed in earlier.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import TextChoices

from grader.assignments.lateness import LateRule


class Attempt(NamedTuple):
    """A submission. earned : marks of `full`; both None as long as it is not graded."""

    submission: int
    handed_in: datetime.datetime
    earned: float | None
    full: float | None

    def share(self, rule: LateRule, besides: "Rubric") -> float:
        """What part of full marks it is worth, 0 to 1; `besides`: what people gave."""
        full = (self.full or 0) + besides.full
        return rule.marks((self.earned or 0) + besides.earned, self.handed_in) / full if full else 0.0


@dataclass(frozen=True)
class Rubric:
    """What people gave by an assignment's criteria; `complete` once every criterion has marks."""

    earned: float = 0.0
    full: float = 0.0
    complete: bool = True


NO_RUBRIC = Rubric()


@dataclass(frozen=True)
class Decided:
    """A score that staff gave instead: the override's key, its marks, and why, for the student."""

    pk: int
    points: float
    of: float
    reason: str = ""


class State(TextChoices):
    """Where a score stands."""

    OPEN = "open", "Not handed in yet"
    WAITING = "waiting", "Being graded"
    UNMARKED = "unmarked", "Waits for marks by the rubric"
    SCORED = "scored", "Scored"
    MISSING = "missing", "Not handed in"
    UNPOSTED = "unposted", "Not posted yet"


class Score(NamedTuple):
    """One student's score for one assignment, and how it came about. A class has thousands of them.

    attempt : the submission that counts; used : how many submissions there are of those that may count.
    days_late, penalty : of the attempt; percent of the marks earned that were taken away.
    marks, full : after the penalty, before staff decided otherwise.
    decided : staff's own score, which holds whatever the examiner finds.
    """

    state: State
    full: float = 0.0
    marks: float | None = None
    attempt: Attempt | None = None
    used: int = 0
    days_late: int = 0
    penalty: int = 0
    rubric: Rubric = NO_RUBRIC
    decided: Decided | None = None

    @property
    def percent(self) -> float | None:
        """Of full marks, 0 to 100; None where there is nothing to count yet."""
        if self.decided is not None:
            return 100 * self.decided.points / self.decided.of
        if not self.full:
            return None
        if self.state == State.MISSING:
            return 0.0
        if self.state != State.SCORED or self.marks is None:
            return None
        return min(100.0, 100 * self.marks / self.full)

    @property
    def counts(self) -> bool:
        """Whether it is part of the running total."""
        return self.percent is not None and self.state != State.UNPOSTED


def score(
    attempts: Sequence[Attempt],
    rule: LateRule,
    *,
    now: datetime.datetime,
    limit: int | None = None,
    last: bool = False,
    full: float = 0.0,
    rubric: Rubric = NO_RUBRIC,
    decided: Decided | None = None,
) -> Score:
    """The score of a student's submissions, given in the order of handing in.

    limit : how many of them count, the first ones. last : the last one counts, instead of the best.
    full : full marks of the exercise, for where nothing was handed in.
    """
    closes = rule.closes
    counted = [one for one in attempts if closes is None or one.handed_in <= closes][:limit]
    graded = [one for one in counted if one.earned is not None]
    if not graded:
        return _without(attempts, counted, rule, now, full, rubric, decided)
    best = graded[-1] if last or len(graded) == 1 else max(graded, key=lambda one: one.share(rule, rubric))
    earned, days_late, penalty = (best.earned or 0) + rubric.earned, 0, 0
    marks = earned
    if rule.due is not None and best.handed_in > rule.due:
        marks = rule.marks(earned, best.handed_in)
        days_late, penalty = rule.days_late(best.handed_in), rule.penalty(best.handed_in)
    state = State.SCORED if rubric.complete else State.UNMARKED
    if last and counted[-1].earned is None:
        state = State.WAITING
    return Score(state, (best.full or 0) + rubric.full, marks, best, len(counted), days_late, penalty, rubric, decided)


def _without(
    attempts: Sequence[Attempt],
    counted: Sequence[Attempt],
    rule: LateRule,
    now: datetime.datetime,
    full: float,
    rubric: Rubric,
    decided: Decided | None,
) -> Score:
    """The score where the examiner has nothing: what people gave, or why there is none."""
    if counted:
        state = State.WAITING
    elif attempts:
        # All came too late, so that what people gave for them counts as little.
        state = State.MISSING
    elif rubric.full and rubric.complete:
        state = State.SCORED
    elif rubric.earned:
        state = State.UNMARKED
    else:
        state = State.MISSING if rule.closes and now > rule.closes else State.OPEN
    marks = rubric.earned if state == State.SCORED else None
    return Score(state, full + rubric.full, marks, used=len(counted), rubric=rubric, decided=decided)


class Part(NamedTuple):
    """An assignment's part in a total. share : of the total's weights, 0 to 1; dropped : it is one of the lowest."""

    assignment: int
    score: Score
    weight: float
    share: float
    dropped: bool

    @property
    def share_percent(self) -> float:
        return 100 * self.share

    @property
    def contributed(self) -> float:
        """Percent of the total that it brings."""
        return self.share * (self.score.percent or 0)


@dataclass(frozen=True)
class Total:
    """A student's running total: of what counts so far, by weight, without the lowest that are dropped."""

    parts: tuple[Part, ...]

    @property
    def percent(self) -> float | None:
        """0 to 100; None where nothing counts yet."""
        counting = [part.contributed for part in self.parts if part.share]
        return min(100.0, sum(counting)) if counting else None


def total(scores: Iterable[tuple[int, Score, float]], drop_lowest: int = 0) -> Total:
    """The total of (assignment, score, weight); at least one score stays, however many are to be dropped."""
    rows = [(key, one, weight, None if one.state == State.UNPOSTED else one.percent) for key, one, weight in scores]
    counting = sorted((percent, weight, key) for key, _, weight, percent in rows if percent is not None and weight > 0)
    dropped = {key for _, _, key in counting[: max(0, min(drop_lowest, len(counting) - 1))]}
    kept = {key: weight for _, weight, key in counting if key not in dropped}
    weights = sum(kept.values())
    return Total(
        tuple(
            Part(key, one, weight, weight / weights if key in kept else 0.0, key in dropped)
            for key, one, weight, _ in rows
        )
    )


def revised(
    marks_by_check: Iterable[Sequence[object]], points: Mapping[str, float], *, open_only: bool
) -> tuple[float, float]:
    """(earned, full) of a result where some checks have other full marks: `points` by the check's name, 0 voids it.

    marks_by_check : name, marks, full marks, visibility of each, as a result keeps them.
    """
    earned = full = 0.0
    for name, marks, most, visibility in marks_by_check:
        if open_only and visibility != "public":
            continue
        most, marks = float(most), float(marks)  # type: ignore[arg-type]
        new = points.get(str(name), most)
        full += new
        earned += marks * new / most if most else 0.0
    return earned, full
