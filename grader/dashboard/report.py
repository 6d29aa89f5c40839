"""What the weekly report says of grading: to admins its health, to instructors how their sessions stand."""

from collections.abc import Mapping
from typing import Any

from courses.dashboard.charts import Tile
from courses.dashboard.ranges import Range, school_today
from courses.dashboard.tiles import Links
from courses.enrollment.models import Enrollment
from courses.sessions.models import Session
from grader.dashboard.load import Load
from grader.dashboard.models import Standing
from grader.dashboard.questions import tiles_of
from grader.dashboard.standing import standings_of
from grader.gradebook.models import RegradeRequest
from grader.submissions.models import Submission

# Of the dashboard's numbers, those that a mail tells.
HEALTH = ("handed-in", "graded", "wait-50", "wait-99", "failed", "oldest")


def lines_of(days: Range, before: Range, where: Mapping[str, Any]) -> list[Tile]:
    """Of these days beside those before. where : of which sessions, by `session__in`; nothing for the school's."""
    if not where:
        return [tile for tile in tiles_of(Load(days, before, {}), Links(None)) if tile.slug in HEALTH]
    return of_sessions(days, before, list(where["session__in"]))


def of_sessions(days: Range, before: Range, sessions: list[int]) -> list[Tile]:
    """What was handed in in these sessions; what is missing and who is at risk in those that run; what was asked."""
    today = school_today()
    running = Session.objects.filter(
        pk__in=sessions, starts_on__lte=today, ends_on__gte=today, canceled_at__isnull=True
    ).select_related("course")
    standings: list[Standing] = [row for session in running for row in standings_of(session).rows]
    asked = RegradeRequest.objects.filter(assignment__session__in=sessions, state=RegradeRequest.State.OPEN)
    return [
        Tile("handed-in", "Handed in", _handed_in(days, sessions), _handed_in(before, sessions),
             says="By those with a seat in your sessions, for exercises of their courses."),
        Tile("missing", "Assignments missing now", sum(row.missing for row in standings),
             says="Due, and nothing handed in, in sessions that run."),
        Tile("at-risk", "Students at risk now", sum(row.is_at_risk for row in standings),
             says="The watch list of each session says who, and why."),
        Tile("regrade-requests", "Requests to look again", asked.count(), says="They wait for an answer."),
    ]  # fmt: skip


def _handed_in(days: Range, sessions: list[int]) -> int:
    people = Enrollment.objects.active().filter(session__in=sessions).values("user")
    rows = Submission.objects.filter(
        student__in=people,
        exercise__lecture__courses__sessions__in=sessions,
        queued_at__gte=days.begins_at,
        queued_at__lt=days.ends_at,
    ).exclude(status=Submission.Status.CANCELED)
    return rows.distinct().count()
