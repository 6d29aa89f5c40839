"""A session's figures for its staff, and those of all of somebody's sessions side by side."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses import sheets
from courses.dashboard.frame import about, file_of
from courses.dashboard.ranges import RangeForm, school_today
from courses.enrollment import frame
from courses.enrollment.access import sessions_staffed_by
from courses.people.models import User
from courses.sessions.models import Session
from grader.dashboard.session import questions
from grader.dashboard.session.beside import chart_of
from grader.dashboard.session.figures import SessionFigures

# So many stand side by side.
A_PAGE = 12


@login_required
@require_safe
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Attendance, submissions, scores, progress and mistakes of a session, and the lectures to teach again."""
    session = frame.staffed(request, pk)
    asked = RangeForm(request.GET)
    template = "grader/dashboard/session"
    if not asked.is_valid():
        return frame.page(request, session, "figures", template, status=400, **about(asked))
    found = SessionFigures(session, request.user, asked.chosen, asked.compared)
    charts = questions.charts_of(found, asked.compared_words)
    if (file := file_of(request, charts, asked)) is not None:
        return file
    return frame.page(
        request, session, "figures", template, **about(asked, session.starts_on),
        tiles=questions.tiles_of(found), charts=charts, misconceptions=found.misconceptions,
    )  # fmt: skip


def begun(person: User) -> QuerySet[Session]:
    """Sessions of which the person is staff and that have begun, the latest first."""
    own = sessions_staffed_by(person).filter(canceled_at__isnull=True, starts_on__lte=school_today())
    return own.select_related("course").order_by("-starts_on", "-pk")


@login_required
@require_safe
def side_by_side(request: HttpRequest) -> HttpResponse:
    """One's own sessions beside each other, those that began last first; as a file too."""
    assert isinstance(request.user, User)
    if not request.user.teaches:
        raise Http404
    page = Paginator(begun(request.user), A_PAGE).get_page(request.GET.get("page"))
    chart = chart_of(list(page))
    if "csv" in request.GET:
        return sheets.download(chart.lines(), chart.slug)
    return render(request, "grader/dashboard/side_by_side.html", {"page": page, "chart": chart})
