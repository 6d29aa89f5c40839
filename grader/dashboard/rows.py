"""The rows behind the numbers of grading: submissions and gradings."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from courses.dashboard.ranges import school_zone
from grader.dashboard.counted import GRADING
from grader.dashboard.forms import OUTCOMES, WorkForm
from grader.dashboard.load import failed_in
from grader.dashboard.models import Standing
from grader.submissions.models import Result, Submission

LONG = ("exercise__statement", "exercise__starter", "exercise__hints")


def work(asked: WorkForm) -> tuple[QuerySet[Any], int]:
    """What the form names, the latest first, and how much it is: submissions, or results where it is of gradings."""
    what, days = asked.cleaned_data["what"], asked.chosen
    if what in ("graded", "regraded"):
        return gradings(asked)
    if what == "failed":
        rows = failed_in(days).order_by("-finished_at", "-pk")
    elif what == "waiting":
        rows = Submission.objects.unsettled().order_by("queued_at", "pk")
    else:
        rows = Submission.objects.filter(queued_at__gte=days.begins_at, queued_at__lt=days.ends_at)
        rows = rows.exclude(status=Submission.Status.CANCELED).order_by("-queued_at", "-pk")
    rows = rows.filter(**asked.where)
    number = rows.count() if what else GRADING.total(days, asked.where)["handed_in"]
    shown = rows.select_related("student", "exercise", "result")
    return shown.defer("source", "result__data", "result__marks_by_check", *LONG), number


def gradings(asked: WorkForm) -> tuple[QuerySet[Any], int]:
    """First gradings, or those that were made again, the latest first, and how many they are."""
    again, outcome, days = asked.cleaned_data["what"] == "regraded", asked.cleaned_data["outcome"], asked.chosen
    where = {f"submission__{lookup}": value for lookup, value in asked.where.items()}
    rows = Result.objects.filter(graded_at__gte=days.begins_at, graded_at__lt=days.ends_at, **where)
    rows = rows.filter(number__gt=1) if again else rows.filter(number=1)
    if outcome:
        rows = rows.filter(outcome=outcome)
    counts = GRADING.total(days, asked.where)
    number = counts["regraded"] if again else counts[outcome or "graded"]
    if again and outcome:
        number = rows.count()
    shown = rows.select_related("submission__student", "submission__exercise", "asked_by")
    long = [f"submission__{name}" for name in ("source", *LONG)]
    return shown.defer("data", "marks_by_check", *long).order_by("-graded_at", "-pk"), number


def at_risk(reason: str = "") -> QuerySet[Standing]:
    """Students at risk in sessions that run, with this reason or with any, session by session."""
    found = Standing.objects.running().at_risk(reason)
    shown = found.select_related("enrollment__user", "session__course", "stuck_on")
    return shown.defer(*(f"stuck_on__{name}" for name in ("statement", "starter", "hints"))).order_by(
        "session__starts_on", "session", "enrollment__user__name", "pk"
    )


def work_lines(rows: QuerySet[Any]) -> Iterator[list[object]]:
    """For a spreadsheet; moments are those of the school's clock."""
    if rows.model is Result:
        yield ["graded", "submission", "student", "email", "exercise", "outcome", "score", "of", "waited s", "took s",
               "number", "why again"]  # fmt: skip
        for row in rows:
            one = row.submission
            yield [
                _clock(row.graded_at), one.pk, one.student.name, one.student.email, one.exercise.title,
                OUTCOMES.get(row.outcome, row.outcome), row.score, row.max_score, row.waited_seconds, row.took_seconds,
                row.number, row.reason,
            ]  # fmt: skip
        return
    yield ["handed in", "submission", "student", "email", "exercise", "status", "score", "of", "tries", "failure"]
    for row in rows:
        result = row.result
        yield [
            _clock(row.queued_at), row.pk, row.student.name, row.student.email, row.exercise.title,
            row.get_status_display(), result and result.score, result and result.max_score, row.tries, row.failure,
        ]  # fmt: skip


def _clock(at: Any) -> str:
    return f"{at.astimezone(school_zone()):%Y-%m-%d %H:%M:%S}" if at else ""
