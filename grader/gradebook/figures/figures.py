"""Of many students' scores for one thing: mean, quartiles, how they are distributed."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles

from grader.gradebook.book import Book
from grader.gradebook.scores import State
from grader.gradebook.words import counted, percent

BINS = 10
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 360, 170, 32, 14, 30


@dataclass(frozen=True)
class Bin:
    """Scores from `low` percent to under `high`, the last one with 100; how many, and where its bar stands."""

    low: int
    high: int
    number: int
    x: float
    y: float
    width: float
    height: float

    @property
    def label(self) -> str:
        return f"{self.low} to {self.high} %"

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def above(self) -> float:
        """Where the number stands, over the bar."""
        return round(self.y - 4, 1)


@dataclass(frozen=True)
class Distribution:
    """Scores in percent for an assignment, or totals. missing, late, waiting : how many students.

    assignment : its key; None of totals.
    """

    title: str
    values: Sequence[float]
    missing: int = 0
    late: int = 0
    waiting: int = 0
    posted: bool = True
    assignment: int | None = None

    @property
    def number(self) -> int:
        return len(self.values)

    @property
    def mean(self) -> float | None:
        return fmean(self.values) if self.values else None

    @property
    def quartiles(self) -> tuple[float, float, float] | None:
        """The lower quartile, the median and the upper one."""
        if not self.values:
            return None
        if len(self.values) == 1:
            return (self.values[0],) * 3
        low, median, high = quantiles(self.values, n=4, method="inclusive")
        return low, median, high

    @property
    def sentence(self) -> str:
        """What the histogram says."""
        if self.quartiles is None:
            return "Nobody has a score yet."
        low, median, high = self.quartiles
        if self.number == 1:
            return f"One student has a score: {percent(median)}."
        half = f"half of them between {percent(low)} and {percent(high)}"
        return f"{counted('student', self.number)} have a score: the middle one is {percent(median)}, {half}."

    @property
    def bins(self) -> list[Bin]:
        """Ten bars of ten percent each."""
        numbers = [0] * BINS
        for value in self.values:
            numbers[min(int(value // BINS), BINS - 1)] += 1
        step, tallest = (WIDTH - LEFT) / BINS, max(*numbers, 1)
        bins = []
        for place, number in enumerate(numbers):
            height = round((HEIGHT - TOP - BOTTOM) * number / tallest, 1)
            x, y = round(LEFT + step * (place + 0.1), 1), round(HEIGHT - BOTTOM - height, 1)
            bins.append(Bin(place * 10, place * 10 + 10, number, x, y, round(step * 0.8, 1), height))
        return bins

    @property
    def frame(self) -> dict[str, int]:
        """The picture's size in pixels, and where its axis and the axis' labels stand."""
        return {"width": WIDTH, "height": HEIGHT, "left": LEFT, "axis": HEIGHT - BOTTOM, "labels": HEIGHT - 12}


def distributions(book: Book) -> list[Distribution]:
    """Of the totals, then of each assignment."""
    totals = [total for student in book.students if (total := book.total(student).percent) is not None]
    found = [Distribution("Total", totals)]
    for one in book.assignments:
        scores = [book.score(one, student) for student in book.students]
        found.append(
            Distribution(
                str(one),
                [value for each in scores if (value := each.percent) is not None],
                missing=sum(each.state == State.MISSING and each.decided is None for each in scores),
                late=sum(each.days_late > 0 for each in scores),
                waiting=sum(each.state in (State.WAITING, State.UNMARKED) and each.decided is None for each in scores),
                posted=one.is_posted,
                assignment=one.pk,
            )
        )
    return found
