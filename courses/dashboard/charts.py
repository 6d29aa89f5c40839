"""What dashboards are made of: tiles, a number with its change, and charts, a question with its answer.

A chart's title is the answer. The same rows are drawn, stand in a table, and are downloaded as CSV.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from django.utils.formats import number_format

from courses.templatetags.money import money

Figure = int | float | Decimal
NOTHING = "–"
# A change by more is told by the figures themselves.
MOST_PERCENT = 400


# A page shows some figures again and again, nothing most of all, and writing money is slow.
@lru_cache(maxsize=4096)
def words_of(figure: Figure | None, unit: str = "") -> str:
    """A figure as people read it. unit : "%", a currency's letters, another word, or nothing for a count."""
    if figure is None:
        return NOTHING
    if len(unit) == 3 and unit.isupper():
        return money(Decimal(figure), unit)
    places = 0 if figure == int(figure) else 1
    number = number_format(Decimal(str(figure)), decimal_pos=places, use_l10n=True, force_grouping=True)
    number = number.replace("-", "−")
    return f"{number}\u00a0{unit}" if unit else number


def percent(part: Figure, whole: Figure) -> int | None:
    """The share in percent, rounded; None of nothing."""
    return _rounded(Decimal(100) * Decimal(part) / Decimal(whole)) if whole else None


def _rounded(figure: Decimal) -> int:
    return int(figure.quantize(Decimal(1), ROUND_HALF_UP))


def movement(now: Figure | None, before: Figure | None, words: str = "the period before", unit: str = "") -> str:
    """For the end of a title: “rose 12 % on the period before”, “fell …”, “stayed as in the period before”."""
    if now is None or before is None:
        return "cannot be compared"
    if now == before:
        return f"stayed as in {words}"
    verb = "rose" if now > before else "fell"
    share = percent(abs(now - before), before) if before > 0 else None  # type: ignore[operator]
    if share is None or share > MOST_PERCENT:
        return f"{verb} to {words_of(now, unit)} from {words_of(before, unit)} in {words}"
    return f"{verb} {share or 'less than 1'}\u00a0% on {words}"


@dataclass(frozen=True)
class Tile:
    """One number, with what it was before.

    figure : None where there is nothing to tell, as the share of nothing; shown as a dash.
    before : None where it cannot be compared, as something that is true only now.
    unit : "%", a currency's letters, another word, or nothing for a count.
    link : to the rows behind it. says : what exactly is counted, in a short sentence.
    good : whether more is "up", "down" or neither: which direction is colored as the good one.
    """

    slug: str
    label: str
    figure: Figure | None
    before: Figure | None = None
    unit: str = ""
    link: str = ""
    says: str = ""
    good: str = ""

    @property
    def words(self) -> str:
        return words_of(self.figure, self.unit)

    @property
    def words_before(self) -> str:
        return words_of(self.before, self.unit)

    @property
    def direction(self) -> str:
        """ "up", "down" or "same"; empty where it cannot be compared."""
        if self.figure is None or self.before is None:
            return ""
        return "same" if self.figure == self.before else "up" if self.figure > self.before else "down"

    @property
    def change(self) -> str:
        """“12 %”, “3 points”, or the plain difference where before there was nothing; without a sign."""
        if not self.direction or self.figure is None or self.before is None:
            return ""
        difference = abs(Decimal(str(self.figure)) - Decimal(str(self.before)))
        if self.unit == "%":
            return f"{words_of(difference)}\u00a0point{'' if difference == 1 else 's'}"
        share = percent(difference, self.before) if self.before > 0 and self.figure >= 0 else None
        if share is None or share > MOST_PERCENT:
            return words_of(difference, self.unit)
        return f"{share or '<1'}\u00a0%"

    @property
    def tone(self) -> str:
        """The class of its change: "right", "wrong", or faint."""
        if self.direction in ("", "same") or not self.good:
            return "faint"
        return "right" if self.direction == self.good else "wrong"

    def to_dict(self) -> dict[str, Any]:
        """For the API."""
        return {
            "slug": self.slug, "label": self.label, "value": _plain(self.figure), "before": _plain(self.before),
            "unit": self.unit, "text": self.words,
        }  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column of figures.

    faint : drawn as a thin line behind the others, as the period before. drawn : False for what stands in the table
    alone.
    """

    label: str
    unit: str = ""
    faint: bool = False
    drawn: bool = True


@dataclass(frozen=True)
class Chart:
    """A question, answered.

    title : the answer, as a sentence without a period. sentence : what is counted and how, for the curious.
    head : what the rows are, such as "Day". rows : each a name and then a figure or None for each of `columns`.
    kind : "lines" over time, "bars" over time, "ranking" (bars from the left, one a row), "histogram" (bars that
    touch, one a row). stacked : bars of one row stand on one another.
    links : to the rows behind each row, as many as there are rows, or none.
    empty : said in place of the chart where all figures are nothing; what to do next.
    """

    slug: str
    title: str
    head: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    kind: str = "bars"
    sentence: str = ""
    links: Sequence[str] = ()
    stacked: bool = False
    empty: str = "Nothing in this range. Choose a longer one."

    @property
    def is_empty(self) -> bool:
        """Nothing but zeros and gaps, the faint columns aside."""
        shown = [place for place, column in enumerate(self.columns, 1) if not column.faint]
        return not any(row[place] for row in self.rows for place in shown)

    @property
    def label(self) -> str:
        """What a screen reader says in place of the picture."""
        return f"{self.title}. {self.sentence}".strip()

    @property
    def figure_id(self) -> str:
        """Under which the page holds what dashboard.js draws."""
        return f"figure-{self.slug}"

    def table(self) -> Iterator[tuple[str, str, list[str]]]:
        """For each row its name, the link to what is behind it, and its figures in words."""
        links = self.links or [""] * len(self.rows)
        for row, link in zip(self.rows, links, strict=True):
            pairs = zip(row[1:], self.columns, strict=True)
            yield str(row[0]), link, [words_of(figure, column.unit) for figure, column in pairs]

    def lines(self) -> Iterator[list[object]]:
        """The table for CSV, with a heading that names units; figures are plain numbers."""
        units = (f"{column.label} ({column.unit})" if column.unit else column.label for column in self.columns)
        yield [self.head, *units]
        yield from ([str(row[0]), *row[1:]] for row in self.rows)

    def figure(self) -> dict[str, Any]:
        """For dashboard.js, which draws it."""
        return {
            "kind": self.kind,
            "stacked": self.stacked,
            "names": [str(row[0]) for row in self.rows],
            "links": list(self.links),
            "series": [
                {
                    "name": column.label, "unit": column.unit, "faint": column.faint,
                    "figures": [_number(row[place]) for row in self.rows],
                    "words": [words_of(row[place], column.unit) for row in self.rows],
                }
                for place, column in enumerate(self.columns, 1)
                if column.drawn
            ],
        }  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """For the API."""
        return {
            "slug": self.slug, "title": self.title, "sentence": self.sentence, "head": self.head,
            "columns": [{"label": column.label, "unit": column.unit} for column in self.columns],
            "rows": [[str(row[0]), *map(_plain, row[1:])] for row in self.rows],
        }  # fmt: skip


def _plain(figure: Figure | None) -> Figure | str | None:
    """Money to the cent as text, which loses nothing; other figures as they are."""
    return str(figure) if isinstance(figure, Decimal) else figure


def _number(figure: Figure | None) -> Figure | None:
    return float(figure) if isinstance(figure, Decimal) else figure


def top(rows: Sequence[Sequence[Any]], most: int = 20, rest: str = "All others") -> list[Sequence[Any]]:
    """The first rows, and in one more the sum of those that are left. For figures that may be added."""
    if len(rows) <= most + 1:
        return list(rows)
    sums = [sum(figure or 0 for figure in column) for column in list(zip(*rows[most:], strict=True))[1:]]
    return [*rows[:most], (f"{rest} ({len(rows) - most})", *sums)]


def leading(
    keys: Sequence[Any], name: Callable[[Any], str], figures: Callable[[Any], Sequence[Figure]],
    link: Callable[[Any], str] = lambda key: "", most: int = 20, rest: str = "All others",
) -> tuple[list[Sequence[Any]], list[str]]:  # fmt: skip
    """Rows of the first keys, with their links, and in one more what the others come to, as `top`.

    The others are not named, which would take its time where they are thousands.
    """
    shown = keys if len(keys) <= most + 1 else keys[:most]
    rows: list[Sequence[Any]] = [(name(key), *figures(key)) for key in shown]
    links = [link(key) for key in shown]
    if others := keys[len(shown) :]:
        sums = (sum(column) for column in zip(*map(figures, others), strict=True))
        rows.append((f"{rest} ({len(others)})", *sums))
        links.append("")
    return rows, links
