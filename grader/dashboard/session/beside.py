"""Several sessions beside each other, counted live: so many queries, however many sessions there are."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from courses.dashboard.charts import Chart, Column, percent
from courses.enrollment.models import Enrollment
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment
from grader.dashboard.models import Watch
from grader.dashboard.session.figures import FULL_MARKS, Came, came_by
from grader.gradebook.models import RegradeRequest
from grader.submissions.models import Submission

# No submission is older.
EVER = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def chart_of(sessions: Sequence[Session]) -> Chart:
    """Attendance, work and full marks of these sessions, in this order."""
    keys = [session.pk for session in sessions]
    seated = _count(Enrollment.objects.active().filter(session__in=keys), "session")
    came = dict(came_by(keys, "meeting__session"))
    due = _count(_due(keys), "session")
    done, full = _done(keys)
    watched = _count(Watch.objects.current().filter(session__in=keys), "session")
    asked = _count(
        RegradeRequest.objects.filter(assignment__session__in=keys, state=RegradeRequest.State.OPEN),
        "assignment__session",
    )
    rows = [
        (
            f"{session.where}, {date_format(session.starts_on, 'M j, Y')} · {session.course}",
            came.get(session.pk, Came()).percent,
            percent(done.get(session.pk, 0), due.get(session.pk, 0) * seated.get(session.pk, 0)),
            percent(full.get(session.pk, 0), done.get(session.pk, 0)),
            seated.get(session.pk, 0),
            watched.get(session.pk, 0),
            asked.get(session.pk, 0),
        )
        for session in sessions
    ]
    best = max(rows, key=lambda row: row[2] or 0, default=None)
    return Chart(
        "sessions",
        f"Most of what is due was handed in for {best[0]}: {best[2]}\u00a0%" if best and best[2]
        else "Nothing is due in these sessions yet",
        "Session",
        [Column("Came to meetings", "%"), Column("Due work handed in", "%"), Column("Full marks in it", "%"),
         Column("Students", drawn=False), Column("Watched by hand", drawn=False),
         Column("Open regrade requests", drawn=False)],
        rows, kind="ranking",
        sentence="Of those with a seat now: at meetings of which attendance was taken down; of assignments with a "
        "weight whose due date is past, extensions aside, those with something handed in; of these, with full marks.",
        links=[reverse("session_figures", args=[key]) for key in keys],
        empty="Figures will be here once meetings are held and work is due in your sessions.",
    )  # fmt: skip


def _due(sessions: Sequence[int]) -> QuerySet[Assignment]:
    return Assignment.objects.current().filter(session__in=sessions, weight__gt=0, due_at__lt=timezone.now())


def _done(sessions: Sequence[int]) -> tuple[dict[int, int], dict[int, int]]:
    """By session, students × due assignments with something handed in, and with full marks."""
    seat = "student__enrollments"
    left = Enrollment.objects.left_for(OuterRef(f"{seat}__session"), OuterRef(f"{seat}__session__course"))
    handed_in = (
        Submission.objects.exclude(status=Submission.Status.CANCELED)
        .filter(
            # Not before the assignment opened, as who repeats a course has; but who moved here brings work along.
            Q(queued_at__gte=Coalesce("exercise__assignments__opens_at", Value(EVER)))
            | Exists(left.filter(user=OuterRef("student"))),
            student__enrollments__session__in=sessions, student__enrollments__withdrawn_at__isnull=True,
            exercise__assignments__session=F(f"{seat}__session"), exercise__assignments__removed_at__isnull=True,
            exercise__assignments__weight__gt=0, exercise__assignments__due_at__lt=timezone.now(),
        )
        .order_by()
        .values_list(f"{seat}__session", "exercise")
        .annotate(
            done=Count("student", distinct=True), full=Count("student", distinct=True, filter=FULL_MARKS)
        )
    )  # fmt: skip
    done: dict[int, int] = {}
    full: dict[int, int] = {}
    for session, _, of_exercise, with_full in handed_in:
        done[session] = done.get(session, 0) + of_exercise
        full[session] = full.get(session, 0) + with_full
    return done, full


def _count(rows: QuerySet[Any], by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")))
