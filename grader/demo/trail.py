"""The audit trail of the year: what staff would have left in it."""

import datetime
import itertools
from collections.abc import Iterator, Sequence

from courses.classroom.meetings.models import names
from courses.models import Change, Enrollment, Posting, Recording, Session, Transaction, User
from courses.templatetags.dates import span_in
from courses.templatetags.money import money
from grader.demo.books import Books
from grader.demo.school import School
from grader.demo.sessions import Batch

OPENED_AHEAD = datetime.timedelta(days=10)
BECAUSE = "too few people could come on these dates"


def leave_trail(school: School, books: Books, batches: Sequence[Batch]) -> None:
    """Note what instructors did to their sessions, and admins to seats and money, at its time."""
    rows = [row for batch in batches for row in of_session(school, batch)]
    rows += of_money(school.cast.admin, books)
    Change.objects.bulk_create(sorted(rows, key=lambda row: row.at))


def of_session(school: School, batch: Batch) -> Iterator[Change]:
    session, teacher = batch.session, school.teacher_of(batch.plan.teacher)
    begins = datetime.datetime.combine(session.starts_on, datetime.time(9), datetime.UTC)
    if session.published and not batch.plan.offered:
        yield note(teacher, f"published {session}", session, begins - datetime.timedelta(weeks=11))
    if session.closed_at is not None:
        yield note(teacher, f"closed {session}", session, session.closed_at)
    if session.canceled_at is not None:
        yield note(school.cast.admin, f"canceled {session}: {BECAUSE}", session, session.canceled_at)
    if number := session.releases.count():
        yield note(teacher, f"changed when {number} lectures open", session, begins - datetime.timedelta(weeks=2))
    yield from of_hours(school, batch)
    recordings = Recording.objects.filter(meeting__session=session).select_related("meeting__session__course")
    for recording in recordings.prefetch_related(*names("meeting__")):
        if recording.published_at is not None:
            yield note(teacher, f"published the recording “{recording}”", session, recording.published_at)


def of_hours(school: School, batch: Batch) -> Iterator[Change]:
    """That somebody opened office hours, some in a row."""
    for (host, _), row in itertools.groupby(batch.hours, lambda hour: (hour.host, hour.starts_at.date())):
        first, *others = row
        number = f"{1 + len(others)} office hours" if others else "1 office hour"
        when = span_in(first.starts_at, [first, *others][-1].ends_at, batch.session.time_zone)
        yield note(host, f"opened {number}: {when}", batch.session, min(first.starts_at, school.now) - OPENED_AHEAD)


def of_money(admin: User, books: Books) -> Iterator[Change]:
    for enrollment in books.enrollments:
        if enrollment.ending == Enrollment.Ending.MOVED and enrollment.withdrawn_at is not None:
            what = f"moved {enrollment.user} to another session"
            yield note(admin, what, enrollment.session, enrollment.withdrawn_at)
    for posting in books.postings:
        booked, order = posting.transaction, posting.order
        by_hand = booked.kind == Transaction.Kind.PAYMENT and booked.provider == "manual"
        if by_hand and posting.account == Posting.Account.CASH:
            what = f"booked a payment of {money(posting.amount, posting.currency)} for order {order}"
            yield note(admin, what, order.session, booked.at)


def note(actor: User, what: str, session: Session, at: datetime.datetime) -> Change:
    return Change(actor=actor, what=what[:300], session=session, at=at)
