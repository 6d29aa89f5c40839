"""The school's numbers of a range of days, each beside what it was before."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse

from courses.dashboard.charts import Tile, percent
from courses.dashboard.facts import Facts, Money, People, sum_by, total
from courses.dashboard.ranges import Range, RangeForm

TilesOf = Callable[[Range, Range, Mapping[str, Any]], list[Tile]]
_registered: list[TilesOf] = []


def register(tiles_of: TilesOf) -> None:
    """Show these too: `tiles_of(days, before, where)` gives tiles of these days, with what they were in those before.

    where : of which sessions, as lookups of a row that has a `session`, such as {"session__course": 3}; a report to an
    instructor names them by "session__in".
    """
    _registered.append(tiles_of)


class Links:
    """Addresses of the rows behind the numbers that `asked` asks for; none, where nobody asks, as in a mail."""

    def __init__(self, asked: RangeForm | None) -> None:
        self.asked = asked

    def to(self, name: str, **values: object) -> str:
        """A list of rows, of the same range and filters but for `values`."""
        return f"{reverse(name)}?{self.asked.query('compare', **values)}" if self.asked else ""

    def enrollments(self, **values: object) -> str:
        return self.to("dashboard_enrollments", **values)

    def payments(self, **values: object) -> str:
        return self.to("dashboard_payments", **values)

    def below(self, slug: str) -> str:
        """A chart further down the page."""
        return f"#{slug}" if self.asked else ""


def tiles_of(facts: Facts, links: Links) -> list[Tile]:
    """The numbers, those that others registered among them."""
    people, before = total(facts.people.values(), People), total(facts.people_before.values(), People)
    seats, taken = (sum(getattr(batch, name) for batch in facts.open_sessions) for name in ("seats", "seats_taken"))
    own = [
        Tile("enrollments", "Enrollments", people.enrolled, before.enrolled, link=links.enrollments(), good="up"),
        Tile("withdrawals", "Withdrawals", people.withdrawn, before.withdrawn, link=links.enrollments(what="withdrawn"),
             good="down", says="Whoever moved to another session is among them."),
        Tile("net", "Net", people.net, before.net, good="up", says="Enrollments less withdrawals."),
        Tile("fill", "Seats taken", percent(taken, seats), unit="%", link=links.below("fill"),
             says=f"{taken:,} of {seats:,} now, in sessions that run or are to come."),
        Tile("waiting", "People waiting", sum(facts.waiting.values()), facts.waiting_before,
             link=links.below("waiting"), says="For a seat, at the end of these days."),
        *_revenue(facts, links),
    ]  # fmt: skip
    return own + [tile for more in _registered for tile in more(facts.days, facts.before, facts.where)]


def _revenue(facts: Facts, links: Links) -> list[Tile]:
    """For each currency, none of them added to another."""
    now, before = (sum_by(rows, lambda key: key[1], Money) for rows in (facts.money, facts.money_before))
    return [
        Tile(f"revenue-{currency.lower()}", f"Revenue, {currency}", now.get(currency, Money()).net,
             before.get(currency, Money()).net, unit=currency, link=links.payments(currency=currency), good="up",
             says="Payments less refunds.")
        for currency in facts.currencies
    ]  # fmt: skip
