"""How the students of a session stand: counted from its gradebook, its submissions and its attendance."""

import datetime
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from courses.classroom.meetings.models import Attendance, Meeting
from courses.dashboard.ranges import EARLIEST, ONE_DAY, begins_at, school_today
from courses.dashboard.rollups import Piece
from courses.enrollment.models import Enrollment
from courses.people.models import User
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment
from grader.dashboard.models import Completion, Standing
from grader.dashboard.risk import ABSENT_MEETINGS
from grader.gradebook.book import Book
from grader.gradebook.scores import Score
from grader.submissions.models import Submission

# A session that ended longer ago is counted anew on demand only.
SETTLED = datetime.timedelta(days=60)


@dataclass(frozen=True)
class Work:
    """A student's submissions for an assigned exercise.

    last : when the last one was handed in. full : whether one has full marks. failed : whether one could not be
    graded, by our fault.
    """

    last: datetime.datetime
    graded: int
    full: bool
    failed: bool


@dataclass(frozen=True)
class Standings:
    """All of a session, live, with the gradebook that they were counted from."""

    book: Book
    rows: list[Standing]

    @property
    def at_risk(self) -> list[Standing]:
        """Those with a reason to look after them, by name."""
        return [row for row in self.rows if row.is_at_risk]


def standings_of(session: Session) -> Standings:
    """How everybody with a seat in the session stands now. So many queries, however many people there are."""
    active = Enrollment.objects.active().filter(session=session).select_related("user")
    seats = list(active.order_by("user__name", "user__email"))
    book = Book(session, [seat.user for seat in seats])
    work, absences = _work(book), _absences(session)
    return Standings(book, [_standing(book, seat, work.get(seat.user_id, {}), absences) for seat in seats])


def _standing(book: Book, seat: Enrollment, work: dict[int, Work], absences: dict[int, int]) -> Standing:
    student = seat.user
    weighty = [one for one in book.assignments if one.weight > 0]
    scores = {one.pk: book.score(one, student) for one in weighty}
    failed = {exercise for exercise, each in work.items() if each.failed}
    without = [
        one for one in weighty
        if not is_done(scores[one.pk]) and not scores[one.pk].used and one.exercise_id not in failed
    ]  # fmt: skip
    due = {one.pk for one in weighty if (at := book.rule(one, student.pk).due) and at < book.now}
    idle = [one for one in without if _takes_work(book, one, student)]
    last = max((each.last for each in work.values()), default=None)
    stuck = max(
        ((each.graded, pk) for pk, each in work.items() if not each.full), default=(0, None)
    )  # fmt: skip
    return Standing(
        enrollment=seat,
        session=book.session,
        assigned=len(weighty),
        due=len(due),
        handed_in=sum(is_done(score) for score in scores.values()),
        missing=sum(one.pk in due for one in without),
        idle=len(idle),
        percent=book.total(student).percent,
        last_handed_in_at=last,
        quiet_days=_quiet_days(book, seat, idle, last),
        absences=absences.get(student.pk, 0),
        stuck_attempts=stuck[0],
        stuck_on=next((one.exercise for one in book.assignments if one.exercise_id == stuck[1]), None),
        counted_at=book.now,
    )


def is_done(score: Score) -> bool:
    """Whether something that counts was handed in and graded, or marked by staff."""
    return score.attempt is not None or score.decided is not None or score.rubric.earned > 0


def _takes_work(book: Book, assignment: Assignment, student: User) -> bool:
    """Whether the student can hand something in for it now."""
    is_open = assignment.opens_at is None or assignment.opens_at <= book.now
    return is_open and book.session.takes_submissions and book.rule(assignment, student.pk).counts(book.now)


def _quiet_days(book: Book, seat: Enrollment, idle: Sequence[Assignment], last: datetime.datetime | None) -> int | None:
    """Whole days since the student last handed something in, or could have begun to; None where there is no work."""
    if not idle:
        return None
    zone = zoneinfo.ZoneInfo(book.session.time_zone)
    begins = datetime.datetime.combine(book.session.starts_on, datetime.time(), zone)
    opened = min(one.opens_at or begins for one in idle)
    since = max(at for at in (begins, opened, seat.enrolled_at, last) if at is not None)
    return max(0, (book.now - since).days)


def _work(book: Book) -> dict[int, dict[int, Work]]:
    """By student and exercise, since it opened in the session: who repeats a course has handed it in before.

    Who moved here brings earlier work along.
    """
    opened = Q(exercise__assignments__opens_at__isnull=True) | Q(queued_at__gte=F("exercise__assignments__opens_at"))
    opened |= Q(student__in=book.records.moved)
    found = (
        Submission.objects.filter(
            opened,
            student__in=[student.pk for student in book.students],
            exercise__assignments__in=book.assignments,
        )
        .exclude(status=Submission.Status.CANCELED)
        .order_by()
        .values_list("student", "exercise")
        .annotate(
            last=Max("queued_at"),
            graded=Count("result"),
            full=Count("pk", filter=Q(result__score__gte=F("result__max_score"))),
            failed=Count("pk", filter=Q(status=Submission.Status.FAILED)),
        )
    )
    work: dict[int, dict[int, Work]] = {}
    for student, exercise, last, graded, full, failed in found:
        work.setdefault(student, {})[exercise] = Work(last, graded, bool(full), bool(failed))
    return work


def _absences(session: Session) -> dict[int, int]:
    """By person, at how many of the last meetings of which attendance was taken down they were not, without excuse."""
    taken = Exists(Attendance.objects.filter(meeting=OuterRef("pk")).exclude(status=""))
    held = Meeting.objects.past().filter(taken, session=session).order_by("-starts_at")
    last = list(held.values_list("pk", flat=True)[:ABSENT_MEETINGS])
    absent = Attendance.objects.filter(meeting__in=last, status=Attendance.Status.ABSENT)
    return dict(absent.order_by().values_list("person").annotate(n=Count("pk")))


# --- kept daily, for what concerns all sessions ----------------------------------------------------------


@dataclass(frozen=True)
class DailyStandings:
    """How everybody stands, counted once a day, as one of the roll-ups of `manage.py roll_up`.

    Only the last count is kept; when it was taken says which sessions are left, so that it may stop after any of them.
    """

    what: str = "standings"
    unit: str = "session"

    def pieces(self, since: datetime.date | None = None) -> list[Piece]:
        """Each session that is to be counted; where a day is named, each that was not long over by then, too."""
        chosen = Q(pk__in=sessions_to_count().values("pk"))
        if since is not None:
            chosen |= Q(pk__in=sessions_not_settled(since).values("pk"))
        newest_first = Session.objects.filter(chosen).order_by("-starts_on", "pk").values_list("pk", flat=True)
        return [Piece(partial(recount, pk)) for pk in newest_first]

    def forget(self, since: datetime.date) -> None:
        """What is counted stays until it is counted anew."""


def recount(pk: int) -> None:
    """Keep how everybody in the session of this key stands now."""
    session = Session.objects.select_related("course").get(pk=pk)
    standings = standings_of(session)
    completion = {
        "people": sum(row.assigned > 0 for row in standings.rows),
        "completed": sum(row.has_completed for row in standings.rows),
        "counted_at": standings.book.now,
    }
    with transaction.atomic():
        session.lock()
        Standing.objects.filter(session=session).delete()
        Standing.objects.bulk_create(standings.rows, batch_size=500)
        Completion.objects.update_or_create(session=session, defaults=completion)


def sessions_not_settled(since: datetime.date) -> QuerySet[Session]:
    """Those that have begun and take place, unless they ended long before this day."""
    return _begun().filter(ends_on__gte=max(since, EARLIEST) - SETTLED)


def sessions_to_count() -> QuerySet[Session]:
    """Those that are not settled and not counted today, and those that never were counted."""
    today = school_today()
    not_today = Q(ends_on__gte=today - SETTLED, completion__counted_at__lt=begins_at(today))
    return _begun().filter(not_today | Q(completion__isnull=True))


def _begun() -> QuerySet[Session]:
    # Somewhere it is tomorrow already.
    return Session.objects.filter(starts_on__lte=school_today() + ONE_DAY, canceled_at__isnull=True)
