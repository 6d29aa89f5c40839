"""A session's roster: who has a seat, who waits for one, and who left and why."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet, TextChoices
from django.db.models.functions import Lower
from django.http import QueryDict

from courses.enrollment.models import Enrollment
from courses.enrollment.orders.models import Order
from courses.enrollment.waiting.models import WaitingEntry
from courses.keys import key_of
from courses.people.models import User
from courses.sessions.models import Session

SORTS = {"name": ["lower_name", "lower_email"], "email": ["lower_email"], "since": ["since", "pk"]}


class Standing(TextChoices):
    """Where people of a session stand."""

    SEATED = "seated", "Enrolled"
    UNPAID = "unpaid", "Not paid yet"
    WAITING = "waiting", "Waiting"
    LEFT = "left", "No longer enrolled"


@dataclass(frozen=True)
class Note:
    """How a person stands, in words; `tone` is right, partly or faint; `until` when it ends by itself."""

    tone: str
    words: str
    until: datetime.datetime | None = None


@dataclass(frozen=True)
class Roster:
    """The people of a session. `money`: whoever looks may know who has paid; an assistant may not."""

    session: Session
    money: bool

    @property
    def standings(self) -> list[Standing]:
        return [standing for standing in Standing if self.money or standing != Standing.UNPAID]

    def rows(
        self, standing: str = Standing.SEATED, words: str = "", sort: str = "name"
    ) -> "QuerySet[Enrollment] | QuerySet[WaitingEntry]":
        """Enrollments or, of those who wait, entries of the waiting list; each with `user` and `since`.

        words : in the name or the e-mail address. sort : a key of SORTS, with a minus for the opposite order.
        """
        rows = self._waiting() if standing == Standing.WAITING else self.enrollments(standing)
        if words:
            rows = rows.filter(Q(user__name__icontains=words) | Q(user__email__icontains=words))
        rows = rows.annotate(lower_name=Lower("user__name"), lower_email=Lower("user__email"))
        columns = SORTS[sort.removeprefix("-")]
        return rows.order_by(*(f"-{column}" if sort.startswith("-") else column for column in columns))

    def counts(self) -> dict[Standing, int]:
        return {standing: self.rows(standing).count() for standing in self.standings}

    def note(self, row: Any) -> Note:
        """How the person of a row, an enrollment or an entry, stands; nothing about money for whom it is no concern."""
        if isinstance(row, WaitingEntry):
            return Note("partly", "Offered a seat", row.offer_until) if row.is_offered else Note("partly", "Waiting")
        if not row.is_active:
            told = self.money or row.ending not in (Enrollment.Ending.UNPAID, Enrollment.Ending.WITHDREW)
            return Note("faint", row.get_ending_display() if told and row.ending else "No longer enrolled")
        if not self.money:
            return Note("right", "Enrolled")
        if row.order is None:
            return Note("right", "Owes nothing")
        if row.order.owed > 0:
            return Note("partly", "Not paid yet", row.order.held_until)
        return Note("right", "Paid")

    def lines(self, rows: Iterable[Any]) -> Iterator[list[str]]:
        """The rows as a table, with a heading."""
        yield ["name", "email", "since", "standing"]
        for row in rows:
            since = row.since.astimezone(datetime.UTC)
            yield [row.user.name, row.user.email, f"{since:%Y-%m-%d %H:%M} UTC", self.note(row).words]

    def people(self, keys: Iterable[int]) -> QuerySet[User]:
        """Those of these people who have, had or want a seat, by name."""
        belongs = Q(enrollments__session=self.session) | Q(waiting__session=self.session)
        return User.objects.filter(belongs, pk__in=keys).distinct().order_by("name", "email")

    def chosen(self, asked: QueryDict) -> list[User]:
        """Whom a form of the roster names: those ticked (`people`), or everybody whom its filter shows."""
        if asked.get("everyone"):
            standing = asked.get("standing")
            rows = self.rows(standing if standing in self.standings else Standing.SEATED, asked.get("q", ""))
            return [row.user for row in rows.select_related("user")]
        keys = [key for keys in asked.getlist("people") for key in keys.split(",")]
        return list(self.people(map(key_of, keys)))

    def enrollments(self, *standings: str) -> QuerySet[Enrollment]:
        """Those of these standings, with what `note` asks of each."""
        ended = {standing == Standing.LEFT for standing in standings}
        rows = Enrollment.objects.filter(session=self.session)
        if len(ended) == 1:
            rows = rows.filter(withdrawn_at__isnull=not ended.pop())
        if standings == (Standing.UNPAID,):
            rows = rows.filter(order__in=Order.objects.unpaid().values("pk"))
        return rows.annotate(since=F("enrolled_at")).select_related("user").prefetch_related(
            *([Prefetch("order", Order.objects.with_owed())] if self.money else [])
        )  # fmt: skip

    def _waiting(self) -> QuerySet[WaitingEntry]:
        entries = WaitingEntry.objects.filter(session=self.session, ended_at__isnull=True)
        return entries.annotate(since=F("joined_at")).select_related("user")
