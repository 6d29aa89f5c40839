"""The admins' dashboards of grading and of students, and the rows behind their numbers."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses import sheets
from courses.dashboard import frame
from courses.dashboard.forms import SchoolForm
from courses.dashboard.rows import A_PAGE, MOST_IN_FILE, MOST_SHOWN, Counted
from courses.dashboard.tiles import Links
from grader.dashboard import questions, rows, students
from grader.dashboard.counted import GRADING
from grader.dashboard.forms import OUTCOMES, GradingForm, RiskForm, WorkForm
from grader.dashboard.load import Load
from grader.dashboard.models import Standing
from grader.dashboard.students import Students


@require_safe
def grading(request: HttpRequest) -> HttpResponse:
    """How much is graded, how long it takes, how it ends, and what fails by our fault."""
    frame.admin_of(request)
    asked = GradingForm(request.GET)
    if not asked.is_valid():
        return frame.page(request, "grading", asked)
    load, links = Load(asked.chosen, asked.compared, asked.where), Links(asked)
    charts = questions.charts_of(load, links, asked.compared_words)
    return frame.page(
        request, "grading", asked, questions.tiles_of(load, links), charts, beginning=GRADING.beginning()
    )  # fmt: skip


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """The submissions, or the gradings, behind a number; as a file too."""
    frame.admin_of(request)
    asked = WorkForm(request.GET)
    context: dict[str, Any] = {"zone": settings.SCHOOL_TIME_ZONE, "outcomes": OUTCOMES, "status": 400}
    if asked.is_valid():
        found, number = rows.work(asked)
        too_many = number > MOST_IN_FILE
        if "csv" in request.GET and not too_many:
            return sheets.download(rows.work_lines(found), f"grading-{asked.chosen.first}-{asked.chosen.last}")
        page = Paginator(Counted(found, number), A_PAGE).get_page(request.GET.get("page"))
        context |= {
            "page": page, "number": number, "too_many": too_many, "most": MOST_IN_FILE,
            "left_out": number > MOST_SHOWN, "status": 400 if "csv" in request.GET else 200,
            "gradings": asked.cleaned_data["what"] in ("graded", "regraded"),
        }  # fmt: skip
    context |= frame.about(asked) | {"back": asked.query("what", "outcome")}
    return render(request, "grader/dashboard/work.html", context, status=context.pop("status"))


@require_safe
def school(request: HttpRequest) -> HttpResponse:
    """Who completed the sessions that ended in a range of days, and who is at risk in those that run."""
    frame.admin_of(request)
    asked = SchoolForm(request.GET)
    template = "grader/dashboard/students.html"
    if not asked.is_valid():
        return frame.page(request, "students", asked, template=template)
    found = Students(asked.chosen, asked.compared, asked.where)
    return frame.page(
        request, "students", asked, students.tiles_of(found, Links(asked)), students.charts_of(found), template,
        as_of=found.as_of, zone=settings.SCHOOL_TIME_ZONE,
    )  # fmt: skip


@require_safe
def at_risk(request: HttpRequest) -> HttpResponse:
    """Who is at risk in sessions that run, each with the reasons; as a file too."""
    frame.admin_of(request)
    asked = RiskForm(request.GET)
    shown = rows.at_risk(asked.cleaned_data["reason"] if asked.is_valid() else "")
    if "csv" in request.GET and asked.is_valid():
        return sheets.download(risk_lines(shown[:MOST_IN_FILE]), "students-at-risk")
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    oldest = shown.order_by("counted_at").values_list("counted_at", flat=True).first()
    context = {"asked": asked, "page": page, "as_of": oldest, "zone": settings.SCHOOL_TIME_ZONE}
    return render(request, "grader/dashboard/at_risk.html", context, status=200 if asked.is_valid() else 400)


def risk_lines(standings: QuerySet[Standing]) -> Iterator[list[object]]:
    """For a spreadsheet."""
    yield ["name", "email", "course", "session", "why", "total %", "handed in", "of", "missing"]
    for one in standings:
        person = one.enrollment.user
        why = " ".join(reason.sentence for reason in one.reasons)
        percent = None if one.percent is None else round(one.percent, 1)
        yield [
            person.name, person.email, one.session.course.title, str(one.session), why, percent, one.handed_in,
            one.assigned, one.missing,
        ]  # fmt: skip
