"""How students stand, worked out anew from the rules that instructors set: nothing of the gradebook's code is used."""

import datetime
import math
import zoneinfo
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.grader.demo.tables import DAY, by, date_of, read, share


@dataclass
class Cell:
    """A student's work for an assignment; percent : None where nothing counts yet."""

    assignment: Any
    due: datetime.datetime
    percent: float | None
    done: bool
    missing: bool
    idle: bool
    tries: list[Any]


@dataclass
class Stands:
    """Of the assignments those with a weight are counted."""

    student: int
    assigned: int
    due: int
    done: int
    missing: int
    percent: float | None
    reasons: set[str]


class Gradebook:
    """The rows that say how everybody stands, of all sessions."""

    def __init__(self, now: datetime.datetime) -> None:
        self.now = now
        self.sessions = {one.id: one for one in read(
            "SELECT id, course_id, time_zone, starts_on, ends_on, submissions_close_on, canceled_at FROM courses_session"
        )}  # fmt: skip
        seats = read("SELECT session_id, user_id, enrolled_at, withdrawn_at, ending FROM courses_enrollment")
        self.seats = by([one for one in seats if one.withdrawn_at is None], "session_id")
        self.moves = by([one for one in seats if one.ending == "moved"], "user_id")
        self.assignments = by(read(
            "SELECT a.id, a.session_id, a.exercise_id, a.opens_at, a.due_at, a.weight, a.attempts, a.counted, "
            "a.grace_days, a.late_percent, a.late_days, e.points FROM grader_assignment a "
            "JOIN grader_exercise e ON e.id = a.exercise_id WHERE a.removed_at IS NULL"
        ), "session_id")  # fmt: skip
        self.extensions = by(read("SELECT assignment_id, student_id, due_at FROM grader_extension"),
                             "assignment_id", "student_id")  # fmt: skip
        self.work = by(read(
            "SELECT s.id, s.student_id, s.exercise_id, s.queued_at, s.status, r.score, r.max_score "
            "FROM grader_submission s LEFT JOIN grader_result r ON r.submission_id = s.id AND r.number = "
            "(SELECT MAX(number) FROM grader_result WHERE submission_id = s.id) "
            "WHERE s.status <> 'canceled' ORDER BY s.queued_at, s.id"
        ), "student_id", "exercise_id")  # fmt: skip
        self.overrides = by(read(
            "SELECT assignment_id, student_id, points, of FROM grader_override o WHERE id = (SELECT MAX(id) "
            "FROM grader_override WHERE assignment_id = o.assignment_id AND student_id = o.student_id)"
        ), "assignment_id", "student_id")  # fmt: skip
        self.criteria = by(read("SELECT id, assignment_id, points FROM grader_criterion"), "assignment_id")
        self.marks = by(read(
            "SELECT m.student_id, c.assignment_id, m.points, c.points AS most FROM grader_mark m "
            "JOIN grader_criterion c ON c.id = m.criterion_id"
        ), "assignment_id", "student_id")  # fmt: skip
        self.schemes = by(read("SELECT session_id, drop_lowest FROM grader_scheme"), "session_id")
        self.attendances = by(read(
            "SELECT m.session_id, m.id AS meeting_id, m.starts_at, m.ends_at, a.person_id, a.status "
            "FROM courses_meeting m JOIN courses_attendance a ON a.meeting_id = m.id "
            "WHERE m.canceled_at IS NULL AND a.status <> '' ORDER BY m.starts_at DESC"
        ), "session_id")  # fmt: skip

    def stand(self, session: int) -> list[Stands]:
        """Everybody with a seat in the session."""
        return [self.stands(session, seat) for seat in self.seats.get(session, ())]

    def stands(self, session: int, seat: Any) -> Stands:
        cells = [self.cell(one, seat) for one in self.assignments.get(session, ())]
        weighty = [one for one in cells if one.assignment.weight > 0]
        due = [one for one in weighty if one.due < self.now]
        done, missing = sum(one.done for one in weighty), sum(one.missing for one in due)
        percent = self.total(session, weighty)
        away, quiet = self.away(session, seat.user_id), self.quiet(session, seat, cells)
        stuck = max((self.stuck(one) for one in cells), default=0)
        reasons = {
            "quiet": quiet >= 14, "missing": missing >= 2, "low": percent is not None and percent < 50,
            "absent": away >= 2, "stuck": stuck >= 8,
        }  # fmt: skip
        reasons_met = {name for name, met in reasons.items() if met}
        return Stands(seat.user_id, len(weighty), len(due), done, missing, percent, reasons_met)

    def cell(self, one: Any, seat: Any) -> Cell:
        extended = [row.due_at for row in self.extensions.get((one.id, seat.user_id), ())]
        due = max([one.due_at, *extended])
        closes = due + one.late_days * DAY
        moved = any(row.session_id != one.session_id and self.sessions[row.session_id].course_id
                    == self.sessions[one.session_id].course_id for row in self.moves.get(seat.user_id, ()))  # fmt: skip
        handed_in = self.work.get((seat.user_id, one.exercise_id), [])
        tries = [row for row in handed_in if one.opens_at is None or row.queued_at >= one.opens_at]
        ours = [row for row in (handed_in if moved else tries) if row.status != "failed"]
        counted = [row for row in ours if row.queued_at <= closes][: one.attempts]
        graded = [row for row in counted if row.score is not None]
        decided = [row for row in self.overrides.get((one.id, seat.user_id), ()) if row.points is not None]
        marks = self.marks.get((one.id, seat.user_id), [])
        given = sum(min(row.points, row.most) for row in marks)
        done = bool(graded or decided or given)
        absent = not done and not counted and all(row.status != "failed" for row in tries)
        takes_work = (one.opens_at is None or one.opens_at <= self.now) and self.now <= closes
        return Cell(
            one, due, self.percent(one, due, closes, ours, counted, decided, given, len(marks)), done,
            missing=absent, idle=absent and takes_work and self.takes_submissions(one.session_id), tries=tries,
        )  # fmt: skip

    def percent(self, one: Any, due: Any, closes: Any, ours: Any, counted: Any, decided: Any, given: float,
                marked: int) -> float | None:  # fmt: skip
        """What the work is worth: an override holds; else the best or last try, less what lateness costs."""
        if decided:
            return 100 * decided[0].points / decided[0].of
        criteria = self.criteria.get(one.id, [])
        asked = sum(row.points for row in criteria)
        graded = [row for row in counted if row.score is not None]
        if not graded and not counted and (ours or (not given and self.now > closes)):
            return 0.0
        if marked < len(criteria) or (counted and not graded):
            return None
        if not graded:
            return 100 * given / (one.points + asked) if criteria else None
        if one.counted == "last" and counted[-1].score is None:
            return None
        worth = [
            100 * (row.score + given) / (row.max_score + asked) * (100 - penalty(one, due, row.queued_at)) / 100
            for row in graded
        ]
        return worth[-1] if one.counted == "last" else max(worth)

    def total(self, session: int, cells: list[Cell]) -> float | None:
        counting = sorted((one.percent, one.assignment.weight) for one in cells if one.percent is not None)
        dropped = min(sum(row.drop_lowest for row in self.schemes.get(session, ())), len(counting) - 1)
        kept = counting[max(dropped, 0) :]
        return sum(percent * weight for percent, weight in kept) / sum(weight for _, weight in kept) if kept else None

    def takes_submissions(self, session: int) -> bool:
        one = self.sessions[session]
        today = self.now.astimezone(zoneinfo.ZoneInfo(one.time_zone)).date()
        return one.submissions_close_on is None or today <= one.submissions_close_on

    def quiet(self, session: int, seat: Any, cells: list[Cell]) -> int:
        """Whole days without work while there was some to do."""
        idle = [one.assignment for one in cells if one.idle and one.assignment.weight > 0]
        if not idle:
            return 0
        one = self.sessions[session]
        begun = datetime.datetime.combine(one.starts_on, datetime.time(), zoneinfo.ZoneInfo(one.time_zone))
        worked = [row.queued_at for cell in cells for row in cell.tries]
        since = max(begun, seat.enrolled_at, min(each.opens_at or begun for each in idle), *worked)
        return (self.now - since).days

    def away(self, session: int, student: int) -> int:
        """How often absent from the last two meetings."""
        taken = [row for row in self.attendances.get(session, ()) if row.ends_at <= self.now]
        last = list(dict.fromkeys(row.meeting_id for row in taken))[:2]
        return sum(row.meeting_id in last and row.person_id == student and row.status == "absent" for row in taken)

    def stuck(self, cell: Cell) -> int:
        """Graded tries, unless one is right."""
        graded = [row for row in cell.tries if row.score is not None]
        return 0 if any(row.score >= row.max_score for row in graded) else len(graded)

    # --- of a session, and of all ---------------------------------------------------------------------------

    def came(self, sessions: list[int]) -> int | None:
        """How many of all who were expected came to meetings, in percent."""
        taken = [row.status for session in sessions for row in self.attendances.get(session, ())]
        return share(sum(status in ("present", "late") for status in taken), len(taken))

    def earlier(self, session: int) -> list[int]:
        """The last three of the same course before it."""
        own = self.sessions[session]
        alike = [one for one in self.sessions.values() if one.course_id == own.course_id and one.canceled_at is None]
        before = [one for one in alike if one.starts_on < own.starts_on]
        return [one.id for one in sorted(before, key=lambda one: (one.starts_on, one.id))[-3:]]

    def running(self) -> list[int]:
        """Sessions that run today, by the school's clock."""
        today = date_of(self.now)
        return [one.id for one in self.sessions.values()
                if one.starts_on <= today <= one.ends_on and one.canceled_at is None]  # fmt: skip


def penalty(one: Any, due: datetime.datetime, at: datetime.datetime) -> int:
    """Percent that each day begun takes away, after those of grace."""
    days = max(0, math.ceil((at - due) / DAY))
    return min(100, one.late_percent * max(0, days - one.grace_days))


def middle(stands: list[Stands]) -> float | None:
    """The median total."""
    totals = [one.percent for one in stands if one.percent is not None]
    return round(median(totals), 1) if totals else None
