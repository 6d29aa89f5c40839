"""What each tile tells, counted anew from the tables: the figure, what it was before, and the unit, by the label."""

import datetime
import math
from collections.abc import Callable, Collection
from typing import Any

from courses.dashboard.ranges import Range
from tests.grader.demo.standings import Gradebook, Stands, middle
from tests.grader.demo.tables import date_of, read, share

# By label.
Told = dict[str, tuple[Any, Any, str]]


def both(days: Range, before: Range, count: Callable[[Range], Any], unit: str = "") -> tuple[Any, Any, str]:
    return count(days), count(before), unit


def school(days: Range, before: Range, sessions: Collection[int], kept: dict[int, list[Stands]],
           now: datetime.datetime) -> Told:  # fmt: skip
    """Enrollment and money of these sessions. kept : how their students stood when that was last counted."""
    told: Told = {}
    seats = [row for row in read("SELECT session_id, enrolled_at, withdrawn_at, order_id FROM courses_enrollment")
             if row.session_id in sessions]  # fmt: skip
    came = both(days, before, lambda of: sum(date_of(row.enrolled_at) in of for row in seats))
    went = both(
        days, before, lambda of: sum(bool(row.withdrawn_at) and date_of(row.withdrawn_at) in of for row in seats)
    )
    told["Enrollments"], told["Withdrawals"] = came, went
    told["Net"] = came[0] - went[0], came[1] - went[1], ""
    told["Seats taken"] = fill(sessions, seats, now), None, "%"
    entries = [row for row in read("SELECT session_id, joined_at, ended_at FROM courses_waitingentry")
               if row.session_id in sessions]  # fmt: skip
    told["People waiting"] = both(days, before, lambda of: sum(
        date_of(row.joined_at) <= of.last and (row.ended_at is None or date_of(row.ended_at) > of.last) for row in entries
    ))  # fmt: skip
    money = [row for row in read(
        "SELECT o.session_id, t.kind, p.currency, SUM(p.amount) AS amount, t.at AS booked_at FROM courses_transaction t "
        "JOIN courses_order o ON o.id = t.order_id JOIN courses_posting p ON p.transaction_id = t.id "
        "WHERE p.account = 'cash' GROUP BY t.id, o.session_id, t.kind, p.currency, t.at"
    ) if row.session_id in sessions]  # fmt: skip
    for currency in sorted({row.currency for row in money
                            if date_of(row.booked_at) in days or date_of(row.booked_at) in before}):  # fmt: skip
        told[f"Revenue, {currency}"] = both(days, before, lambda of, currency=currency: sum(
            row.amount for row in money if row.currency == currency and date_of(row.booked_at) in of
        ), currency)  # fmt: skip
    return told | completed(days, before, sessions, kept)


def fill(sessions: Collection[int], seats: list[Any], now: datetime.datetime) -> int | None:
    """Seats of orders and of people without one, and those on offer; not the number that sessions keep of them."""
    offered = [row for row in read(
        "SELECT id, seats, ends_on, published FROM courses_session WHERE canceled_at IS NULL"
    ) if row.id in sessions and row.published and row.ends_on >= date_of(now)]  # fmt: skip
    keys = {row.id for row in offered}
    ordered = sum(row.n for row in read("SELECT session_id, seats - seats_released AS n FROM courses_order")
                  if row.session_id in keys)  # fmt: skip
    given = sum(row.session_id in keys and row.order_id is None and row.withdrawn_at is None for row in seats)
    on_offer = sum(row.session_id in keys for row in read(
        "SELECT session_id FROM courses_waitingentry WHERE offered_at IS NOT NULL AND ended_at IS NULL"
    ))  # fmt: skip
    return share(ordered + given + on_offer, sum(row.seats for row in offered))


def completed(days: Range, before: Range, sessions: Collection[int], kept: dict[int, list[Stands]]) -> Told:
    ends = {row.id: row.ends_on for row in read("SELECT id, ends_on FROM courses_session WHERE canceled_at IS NULL")}

    def completion(of: Range) -> int | None:
        people = [one for session in sessions if ends.get(session) and ends[session] in of
                  for one in kept.get(session, ()) if one.assigned]  # fmt: skip
        return share(sum(one.done >= one.assigned for one in people), len(people))

    return {"Completion": both(days, before, completion, "%")}


def students(days: Range, before: Range, sessions: Collection[int], kept: dict[int, list[Stands]],
             book: Gradebook) -> Told:  # fmt: skip
    """Completion, and who is at risk in sessions that run."""
    at_risk = sum(bool(one.reasons) for key in book.running() if key in sessions for one in kept.get(key, ()))
    return completed(days, before, sessions, kept) | {"Students at risk": (at_risk, None, "")}


def grading(days: Range, before: Range, exercises: Collection[int], now: datetime.datetime) -> Told:
    """Load and health of grading for these exercises."""
    work = [row for row in read(
        "SELECT exercise_id, status, priority, queued_at, finished_at FROM grader_submission WHERE status <> 'canceled'"
    ) if row.exercise_id in exercises]  # fmt: skip
    graded = [row for row in read(
        "SELECT s.exercise_id, r.number, r.graded_at, r.waited_seconds, r.took_seconds FROM grader_result r "
        "JOIN grader_submission s ON s.id = r.submission_id"
    ) if row.exercise_id in exercises]  # fmt: skip
    first, again = ([row for row in graded if (row.number > 1) == more] for more in (False, True))
    failed = [row for row in work if row.status == "failed"]
    queued = [row for row in work if row.status == "queued" and row.priority != 3]
    running = sum(row.status == "running" for row in work)

    def number(rows: list[Any], at: str) -> tuple[Any, Any, str]:
        return both(days, before, lambda of: sum(date_of(getattr(row, at)) in of for row in rows))

    told = {
        "Handed in": number(work, "queued_at"), "Graded": number(first, "graded_at"),
        "Graded again": number(again, "graded_at"), "Failed by our fault": number(failed, "finished_at"),
        "In the queue now": (len(queued) + running, None, ""),
        "Longest wait now": (max((round((now - row.queued_at).total_seconds(), 1) for row in queued), default=None),
                             None, "s"),
    }  # fmt: skip
    for label, part in (("median", 0.5), ("90 of 100 within", 0.9), ("99 of 100 within", 0.99)):
        told[f"Wait, {label}"] = both(days, before, lambda of, part=part: waited(
            within([row.waited_seconds for row in first if date_of(row.graded_at) in of], part)), "s")  # fmt: skip
    for label, part in (("median", 0.5), ("90 of 100 within", 0.9)):
        told[f"Grading, {label}"] = both(days, before, lambda of, part=part: took(
            within([row.took_seconds for row in first if date_of(row.graded_at) in of], part)), "ms")  # fmt: skip
    return told


def within(seconds: list[float], part: float) -> float | None:
    """Within how many seconds this part of all was done, as the pages promise it: to a tenth of a power of ten."""
    if not seconds:
        return None
    exact = sorted(seconds)[math.ceil(round(part * len(seconds), 6)) - 1]
    return float(10 ** ((math.ceil(10 * math.log10(max(exact, 0.009))) - 0.5) / 10))


def waited(seconds: float | None) -> float | None:
    return None if seconds is None else max(0.1, round(seconds, 1))


def took(seconds: float | None) -> int | None:
    """In milliseconds, of which two digits are told."""
    return None if seconds is None else int(float(f"{1000 * seconds:.1e}"))


def session(key: int, book: Gradebook) -> Told:
    """A session's figures, as they are now."""
    stands = book.stand(key)
    due, missing = sum(one.due for one in stands), sum(one.missing for one in stands)
    return {
        "Students": (len(stands), None, ""),
        "Came to meetings": (book.came([key]), book.came(book.earlier(key)), "%"),
        "Due work handed in": (share(due - missing, due), None, "%"),
        "Median total": (middle(stands), None, "%"),
        "At risk": (sum(bool(one.reasons) for one in stands), None, ""),
    }


def report(days: Range, before: Range, sessions: Collection[int], book: Gradebook) -> Told:
    """What a weekly report tells an instructor of these sessions beside the school's figures of them."""
    people = {seat.user_id for key in sessions for seat in book.seats.get(key, ())}
    courses = {book.sessions[key].course_id for key in sessions}
    work = [row for row in read(
        "SELECT DISTINCT s.id, s.student_id, s.queued_at, p.course_id FROM grader_submission s "
        "JOIN grader_exercise e ON e.id = s.exercise_id JOIN courses_sectionlecture p ON p.lecture_id = e.lecture_id "
        "WHERE s.status <> 'canceled'"
    ) if row.student_id in people and row.course_id in courses]  # fmt: skip
    stands = [one for key in book.running() if key in sessions for one in book.stand(key)]
    asked = [row for row in read(
        "SELECT a.session_id FROM grader_regraderequest q JOIN grader_assignment a ON a.id = q.assignment_id "
        "WHERE q.state = 'open'"
    ) if row.session_id in sessions]  # fmt: skip
    return {
        "Handed in": both(days, before, lambda of: len({row.id for row in work if date_of(row.queued_at) in of})),
        "Assignments missing now": (sum(one.missing for one in stands), None, ""),
        "Students at risk now": (sum(bool(one.reasons) for one in stands), None, ""),
        "Requests to look again": (len(asked), None, ""),
    }
