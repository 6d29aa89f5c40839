"""What admins ask of enrollment and money: each question a chart, titled by its answer."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from courses.dashboard.charts import Chart, Column, leading, movement, percent, words_of
from courses.dashboard.facts import Facts, Money, People, sum_by, total
from courses.dashboard.tiles import Links
from courses.sessions.models import Session

MOST = 20
NOBODY = "No enrollments in this range. Choose a longer one."
NO_MONEY = "No payments in this range. Choose a longer one."
STEPS = {"day": "Day", "week": "Seven days from", "month": "Month"}
EARNED = "What came in less what went back, by the day on which it was booked, at the school or by a provider."


def charts_of(facts: Facts, links: Links, compared: str) -> list[Chart]:
    """Every chart, in the page's order. compared : words for what the range is compared with."""
    charts = [
        over_time(facts, links, compared),
        by_course(facts, links),
        by_session(facts, links),
        by_place(facts, links),
        by_modality(facts, links),
        fill(facts),
        waiting(facts),
    ]
    for currency in facts.currencies:
        charts += [
            revenue_over_time(facts, links, compared, currency),
            revenue_by_course(facts, links, currency),
            refunds(facts, links, currency),
        ]
    return charts


# --- people -------------------------------------------------------------------------------------------------


def over_time(facts: Facts, links: Links, compared: str) -> Chart:
    told = facts.people_over_time()
    now, before = total(facts.people.values(), People), total(facts.people_before.values(), People)
    return Chart(
        "enrollments",
        f"Enrollments {movement(now.enrolled, before.enrolled, compared)}",
        STEPS[facts.days.step],
        [Column("Enrolled"), Column("Withdrawn"), Column("Enrolled before", faint=True)],
        [(part.label(facts.days.step), of_now.enrolled, of_now.withdrawn, of_before.enrolled if of_before else None)
         for part, of_now, of_before in told],
        kind="lines",
        sentence=f"{now.enrolled:,} people enrolled and {now.withdrawn:,} withdrew, {before.enrolled:,} enrolled in "
        f"{compared}. A move counts in both sessions; who came back counts as never having left.",
        links=[links.enrollments(**_span(part.first, part.last)) for part, _, _ in told],
        empty=NOBODY,
    )  # fmt: skip


def by_course(facts: Facts, links: Links) -> Chart:
    return _ranking(
        facts, "courses", "Course", lambda pk: facts.sessions[pk].course,
        lambda course: facts.courses[course], lambda course: links.enrollments(course=course),
        "{share} of all who enrolled chose {name}",
    )  # fmt: skip


def by_session(facts: Facts, links: Links) -> Chart:
    return _ranking(
        facts, "sessions", "Session", lambda pk: pk, facts.name_of,
        lambda session: links.enrollments(session=session), "Most enrolled for {name}: {number}",
    )  # fmt: skip


def by_place(facts: Facts, links: Links) -> Chart:
    return _ranking(
        facts, "places", "Place", lambda pk: facts.sessions[pk].where, str,
        lambda place: links.enrollments(**_at(place)), "{name} leads the places, with {share} of all who enrolled",
    )  # fmt: skip


def _at(place: str) -> dict[str, str]:
    """What the address says of a place; sessions online have none."""
    online = Session.Modality.ONLINE
    return {"modality": online.value} if place == online.label else {"place": place}


def by_modality(facts: Facts, links: Links) -> Chart:
    labels = dict(Session.Modality.choices)
    return _ranking(
        facts, "modalities", "Modality", lambda pk: facts.sessions[pk].modality, lambda modality: str(labels[modality]),
        lambda modality: links.enrollments(modality=modality), "{share} of all who enrolled learn {lower}",
    )  # fmt: skip


def _ranking(
    facts: Facts, slug: str, head: str, key: Callable[[int], Any], name: Callable[[Any], str],
    link: Callable[[Any], str], answer: str,
) -> Chart:  # fmt: skip
    """Who enrolled, by what `key` makes of a session; answer : the title, of the first."""
    now, before = (sum_by(rows, key, People) for rows in (facts.people, facts.people_before))
    ranked = sorted(now, key=lambda of: (-now[of].enrolled, of))
    rows, links = leading(
        ranked, name, lambda of: (now[of].enrolled, now[of].withdrawn, before.get(of, People()).enrolled), link
    )
    everybody = sum(people.enrolled for people in now.values())
    title = f"Nobody enrolled, by {head.lower()}"
    if everybody:
        first = rows[0]
        share = f"{percent(first[1], everybody)}\u00a0%"
        title = answer.format(name=first[0], lower=first[0].lower(), number=words_of(first[1]), share=share)
    return Chart(
        slug, title, head,
        [Column("Enrolled"), Column("Withdrawn", drawn=False), Column("Enrolled before", faint=True, drawn=False)],
        rows, kind="ranking", sentence=f"Enrollments by {head.lower()}, the most first.", links=links, empty=NOBODY,
    )  # fmt: skip


# --- seats --------------------------------------------------------------------------------------------------


def fill(facts: Facts) -> Chart:
    """How full sessions are now; the fullest."""
    batches = sorted(
        facts.open_sessions, key=lambda one: (-(one.seats_taken / one.seats if one.seats else 0), one.starts_on)
    )
    seats, taken = sum(batch.seats for batch in batches), sum(batch.seats_taken for batch in batches)
    full = sum(batch.seats_taken >= batch.seats > 0 for batch in batches)
    share = percent(taken, seats)
    return Chart(
        "fill",
        "No seats are offered" if share is None else f"{share}\u00a0% of the seats that are offered are taken",
        "Session",
        [Column("Taken", "%"), Column("Seats taken", drawn=False), Column("Seats", drawn=False)],
        [(facts.name_of(batch.pk), percent(batch.seats_taken, batch.seats), batch.seats_taken, batch.seats)
         for batch in batches[:MOST]],
        kind="ranking",
        sentence=f"Of the {len(batches):,} sessions that run or are to come, {full:,} are full. "
        + ("As things stand now, the fullest first." if len(batches) <= MOST else f"The {MOST} fullest, now."),
        links=[_session(batch.pk) for batch in batches[:MOST]],
        empty="No seats are taken in sessions that run or are to come. Publish one, or wait.",
    )  # fmt: skip


def waiting(facts: Facts) -> Chart:
    """Who waits for a seat, by session."""
    ranked = sorted(facts.waiting, key=lambda pk: (-facts.waiting[pk], pk))
    rows, links = leading(
        ranked, facts.name_of, lambda pk: (facts.waiting[pk],), lambda pk: _session(pk, "waiting_list")
    )
    everybody = sum(facts.waiting.values())
    people = "1 person waits" if everybody == 1 else f"{everybody:,} people wait"
    return Chart(
        "waiting",
        f"{people} for a seat, most for {rows[0][0]}" if rows else "Nobody waits for a seat",
        "Session", [Column("Waiting")], rows, kind="ranking",
        sentence="On the waiting lists at the end of these days, those to whom a seat is offered among them.",
        links=links,
        empty="Whoever waits for a seat of a full session will be counted here.",
    )  # fmt: skip


def _session(pk: int, page: str = "roster") -> str:
    return reverse(page, args=[pk])


# --- money --------------------------------------------------------------------------------------------------


def revenue_over_time(facts: Facts, links: Links, compared: str, currency: str) -> Chart:
    told = facts.money_over_time[currency]
    now, before = (_of(rows, currency) for rows in (facts.money, facts.money_before))
    return Chart(
        f"revenue-{currency.lower()}",
        f"Revenue in {currency} {movement(now.net, before.net, compared, currency)}",
        STEPS[facts.days.step],
        [Column("Received", currency), Column("Refunded", currency), Column("Net", currency, drawn=False),
         Column("Net before", currency, faint=True)],
        [(part.label(facts.days.step), one.received, -one.refunded, one.net, was.net if was else None)
         for part, one, was in told],
        sentence=f"{EARNED} {words_of(now.received, currency)} came in and {words_of(now.refunded, currency)} went "
        "back; refunds of a canceled session stand below zero on the day they were booked.",
        links=[links.payments(currency=currency, **_span(part.first, part.last)) for part, _, _ in told],
        stacked=True,
        empty=NO_MONEY,
    )  # fmt: skip


def revenue_by_course(facts: Facts, links: Links, currency: str) -> Chart:
    courses = sum_by(facts.money_in(currency), lambda pk: facts.sessions[pk].course, Money)
    rows, to_rows = leading(
        sorted(courses, key=lambda course: (-courses[course].net, facts.courses[course])),
        lambda of: facts.courses[of],
        lambda of: (courses[of].net, courses[of].received, -courses[of].refunded),
        lambda of: links.payments(course=of, currency=currency),
    )
    title = f"No course earned {currency}"
    if rows:
        title = f"{rows[0][0]} earned most in {currency}: {words_of(rows[0][1], currency)}"
    return Chart(
        f"courses-{currency.lower()}", title, "Course",
        [Column("Net", currency), Column("Received", currency, drawn=False), Column("Refunded", currency, drawn=False)],
        rows, kind="ranking", sentence=EARNED, links=to_rows, empty=NO_MONEY,
    )  # fmt: skip


def refunds(facts: Facts, links: Links, currency: str) -> Chart:
    sessions = {pk: money for pk, money in facts.money_in(currency).items() if money.refunds}
    rows, to_rows = leading(
        sorted(sessions, key=lambda pk: (-sessions[pk].refunded, pk)),
        facts.name_of,
        lambda pk: (sessions[pk].refunded, sessions[pk].refunds),
        lambda pk: links.payments(session=pk, currency=currency, kind="refund"),
    )
    now = _of(facts.money, currency)
    went = f"{words_of(now.refunded, currency)} went back"
    share = words_of(percent(now.refunded, now.received), "%")
    return Chart(
        f"refunds-{currency.lower()}",
        f"{went}, most of it for {rows[0][0]}" if rows else f"Nothing went back in {currency}",
        "Session", [Column("Refunded", currency), Column("Refunds", drawn=False)], rows, kind="ranking",
        sentence=f"Refunds by session, the most first; {share} of what came in.",
        links=to_rows,
        empty="No refunds in this range.",
    )  # fmt: skip


def _of(money: Mapping[tuple[int, str], Money], currency: str) -> Money:
    found: Money = total((one for (_, of), one in money.items() if of == currency), Money)
    return found


def _span(first: date, last: date) -> dict[str, date]:
    return {"from": first, "to": last}
