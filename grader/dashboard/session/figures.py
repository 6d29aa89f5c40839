"""What is known of a session, counted live: attendance, progress, scores, submissions, beside what went before."""

import datetime
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import TruncDate

from courses.catalog.models import SectionLecture
from courses.classroom.meetings.models import Attendance, Meeting
from courses.classroom.progress import path
from courses.dashboard.charts import percent
from courses.dashboard.ranges import Range, school_zone
from courses.enrollment.access import Person
from courses.enrollment.models import Enrollment
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment
from grader.assignments.models import Exercise
from grader.dashboard.session.misconceptions import Misconception, earlier_sessions, misconceptions_of
from grader.dashboard.standing import Standings, standings_of
from grader.gradebook.scores import State
from grader.submissions.models import Submission

THERE = Q(status__in=[Attendance.Status.PRESENT, Attendance.Status.LATE])
# The rarer mistakes no lecture is taught again for.
MOST_MISTAKES = 15
FULL_MARKS = Q(result__score__gte=F("result__max_score"))


class Came(NamedTuple):
    """Of a meeting, or of several: how many came, how many of them late, were excused, were absent."""

    came: int = 0
    late: int = 0
    excused: int = 0
    absent: int = 0

    @property
    def percent(self) -> int | None:
        return percent(self.came, self.came + self.excused + self.absent)


class LectureWork(NamedTuple):
    """Of a lecture's exercises: how many students handed something in, and how many have full marks in all of them."""

    place: SectionLecture
    handed_in: int
    mastered: int
    earlier_percent: int | None


class Spread(NamedTuple):
    """An assignment's scores in percent, as the gradebook has them, and who has none.

    earlier : the median of the best scores in earlier sessions, before penalties.
    """

    assignment: Assignment
    percents: list[float]
    waiting: int
    nothing: int
    earlier: float | None

    @property
    def median(self) -> float | None:
        return median(self.percents) if self.percents else None

    def between(self, low: float, high: float) -> int:
        """How many have at least `low` and less than `high`."""
        return sum(low <= percent < high for percent in self.percents)


@dataclass
class SessionFigures:
    """A session's figures as `person`, of its staff, may see them; submissions by day of `days` beside `before`."""

    session: Session
    person: Person
    days: Range
    before: Range

    @cached_property
    def standings(self) -> Standings:
        return standings_of(self.session)

    @property
    def people(self) -> int:
        """Who has a seat."""
        return len(self.standings.rows)

    @cached_property
    def earlier(self) -> list[int]:
        """Sessions of the course before it, with which it is compared."""
        return [session.pk for session in earlier_sessions(self.session)]

    @cached_property
    def students(self) -> list[int]:
        """Who has a seat, by their keys."""
        return [row.enrollment.user_id for row in self.standings.rows]

    @cached_property
    def students_earlier(self) -> set[int]:
        """Who had a seat in the sessions before, to the end."""
        seats = Enrollment.objects.active().filter(session__in=self.earlier)
        return set(seats.values_list("user", flat=True))

    # --- attendance -----------------------------------------------------------------------------------------

    @cached_property
    def meetings(self) -> list[tuple[Meeting, Came]]:
        """Those held so far of which attendance was taken down, in their order."""
        held = Meeting.objects.past().filter(session=self.session).select_related("session").order_by("starts_at")
        counted = dict(came_by([self.session.pk], "meeting"))
        return [(meeting, counted[meeting.pk]) for meeting in held if meeting.pk in counted]

    @cached_property
    def came(self) -> Came:
        return Came(*(sum(figures) for figures in zip(*(came for _, came in self.meetings), strict=True)))

    @cached_property
    def came_earlier(self) -> Came:
        return _all_of(self.earlier)

    # --- progress ---------------------------------------------------------------------------------------------

    @cached_property
    def lectures(self) -> list[LectureWork]:
        """Those with exercises, in the order in which to take them. What people have read is theirs alone."""
        found = Exercise.objects.filter(current=True, lecture__courses=self.session.course_id)
        lecture_of = dict(found.values_list("pk", "lecture"))
        asked = Counter(lecture_of.values())
        done = _handed_in(self.students).filter(exercise__in=lecture_of).order_by()
        each = done.values_list("student", "exercise__lecture").annotate(
            mastered=Count("exercise", distinct=True, filter=FULL_MARKS)
        )  # fmt: skip
        handed_in: dict[int, int] = {}
        mastered: dict[int, int] = {}
        for _, lecture, full in each:
            handed_in[lecture] = handed_in.get(lecture, 0) + 1
            mastered[lecture] = mastered.get(lecture, 0) + (full >= asked[lecture])
        then = _handed_in(self.students_earlier).filter(exercise__in=lecture_of).order_by()
        before = dict(then.values_list("exercise__lecture").annotate(n=Count("student", distinct=True)))
        return [
            LectureWork(
                place,
                handed_in.get(key, 0),
                mastered.get(key, 0),
                percent(before.get(key, 0), len(self.students_earlier)),
            )
            for place in path(self.session.course)
            if (key := place.lecture_id) in asked
        ]

    # --- scores -----------------------------------------------------------------------------------------------

    @cached_property
    def spreads(self) -> list[Spread]:
        """Of each assignment, as they are due."""
        book = self.standings.book
        earlier = self._medians_earlier(book.assignments)
        spreads = []
        for assignment in book.assignments:
            scores = [book.score(assignment, student) for student in book.students]
            nothing = sum(score.state in (State.OPEN, State.MISSING) and score.decided is None for score in scores)
            percents = [
                score.percent for score in scores
                if score.percent is not None and (score.state != State.MISSING or score.decided is not None)
            ]  # fmt: skip
            waiting = len(scores) - nothing - len(percents)
            spreads.append(Spread(assignment, percents, waiting, nothing, earlier.get(assignment.exercise_id)))
        return spreads

    def _medians_earlier(self, assignments: Collection[Assignment]) -> dict[int, float]:
        """By exercise that is assigned, the median of what students of earlier sessions had at best."""
        # By the assignments: given keys of a few exercises, PostgreSQL reads all that was handed in for them.
        graded = (
            _handed_in(self.students_earlier)
            .filter(exercise__assignments__in=assignments, result__max_score__gt=0)
            .order_by()
        )
        best = graded.values_list("exercise", "student").annotate(
            best=Max(100 * F("result__score") / F("result__max_score"))
        )  # fmt: skip
        found: dict[int, list[float]] = {}
        for exercise, _, percent_of in best:
            found.setdefault(exercise, []).append(percent_of)
        return {exercise: median(percents) for exercise, percents in found.items()}

    @property
    def totals(self) -> list[float]:
        """Running totals in percent, of whoever has one."""
        return [row.percent for row in self.standings.rows if row.percent is not None]

    # --- submissions by day -----------------------------------------------------------------------------------

    @cached_property
    def by_day_before(self) -> dict[datetime.date, int]:
        return self._by_day(self.before)

    def _by_day(self, days: Range) -> dict[datetime.date, int]:
        """What its students handed in for the course's exercises, by the school's days."""
        rows = _handed_in(self.students).filter(
            exercise__lecture__courses=self.session.course_id,
            queued_at__gte=days.begins_at, queued_at__lt=days.ends_at,
        )  # fmt: skip
        rows = rows.annotate(day=TruncDate("queued_at", tzinfo=school_zone())).order_by()
        return dict(rows.values_list("day").annotate(n=Count("pk")))

    @cached_property
    def submissions(self) -> list[tuple[Range, int, int | None]]:
        """Of each step of the range, beside the step of the same place before."""
        now, then = self._by_day(self.days), self.by_day_before
        parts_before = self.before.steps(self.days.step)
        return [
            (part, _within(now, part), _within(then, parts_before[n]) if n < len(parts_before) else None)
            for n, part in enumerate(self.days.steps())
        ]

    @cached_property
    def misconceptions(self) -> list[Misconception]:
        """The most frequent ones."""
        course = self.session.course
        return misconceptions_of(course, self.students, self.students_earlier, self.person, MOST_MISTAKES)


def _within(by_day: dict[datetime.date, int], part: Range) -> int:
    return sum(number for day, number in by_day.items() if day in part)


def _handed_in(students: Collection[int]) -> QuerySet[Submission]:
    """What they handed in, whenever and for whatever, and did not take back."""
    return Submission.objects.filter(student__in=students).exclude(status=Submission.Status.CANCELED)


def came_by(sessions: Collection[int], by: str) -> Any:
    """(key, Came) by "meeting" or by "meeting__session", of what was taken down of meetings that took place."""
    held = Meeting.objects.filter(session__in=sessions, canceled_at__isnull=True).values_list("pk", flat=True)
    noted = Attendance.objects.filter(meeting__in=list(held))
    rows = noted.exclude(status="").order_by().values_list(by).annotate(**_sums())
    return ((key, Came(*figures)) for key, *figures in rows)


def _all_of(sessions: Collection[int]) -> Came:
    each = [came for _, came in came_by(sessions, "meeting__session")]
    return Came(*(sum(figures) for figures in zip(*each, strict=True)))


def _sums() -> dict[str, Count]:
    status = Attendance.Status
    return {
        "n_came": Count("pk", filter=THERE),
        "n_late": Count("pk", filter=Q(status=status.LATE)),
        "n_excused": Count("pk", filter=Q(status=status.EXCUSED)),
        "n_absent": Count("pk", filter=Q(status=status.ABSENT)),
    }
