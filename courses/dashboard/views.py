"""The admins' dashboard of enrollment and money, and the rows behind its numbers."""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses import sheets
from courses.dashboard import frame, rows
from courses.dashboard.counted import ENROLLMENTS, REVENUE
from courses.dashboard.facts import Facts
from courses.dashboard.forms import EnrollmentRowsForm, PaymentRowsForm, RowsForm, SchoolForm
from courses.dashboard.questions import charts_of
from courses.dashboard.tiles import Links, tiles_of


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """What happens at the school in a range of days, compared with another."""
    frame.admin_of(request)
    asked = SchoolForm(request.GET)
    beginning = min(filter(None, (ENROLLMENTS.beginning(), REVENUE.beginning())), default=None)
    if not asked.is_valid():
        return frame.page(request, "school", asked, beginning=beginning)
    facts, links = Facts(asked.chosen, asked.compared, asked.where), Links(asked)
    charts = charts_of(facts, links, asked.compared_words)
    return frame.page(request, "school", asked, tiles_of(facts, links), charts, beginning=beginning)


@require_safe
def enrollments(request: HttpRequest) -> HttpResponse:
    """Who enrolled, or no longer is, in these days."""
    frame.admin_of(request)
    asked = EnrollmentRowsForm(request.GET)
    found = rows.enrollments(asked) if asked.is_valid() else None
    return _rows(request, asked, "enrollments", found, rows.enrollment_lines)


@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    """What was paid, and paid back, in these days."""
    frame.admin_of(request)
    asked = PaymentRowsForm(request.GET)
    if not asked.is_valid():
        return _rows(request, asked, "payments", None, rows.payment_lines)
    found, number, money = rows.payments(asked)
    context = {"money": money, "currency": asked.cleaned_data["currency"]}
    return _rows(request, asked, "payments", (found, number), rows.payment_lines, **context)


def _rows(
    request: HttpRequest, asked: RowsForm, name: str, found: tuple[QuerySet[Any], int] | None,
    lines: Callable[[Any], Iterator[list[object]]], **context: Any,
) -> HttpResponse:  # fmt: skip
    """A list of rows by pages, or all of them as a file; status 400 where the range was refused."""
    status = 200
    if found is None:
        status = 400
    else:
        all_rows, number = found
        too_many = number > rows.MOST_IN_FILE
        if "csv" in request.GET and not too_many:
            return sheets.download(lines(all_rows), f"{name}-{asked.chosen.first}-{asked.chosen.last}")
        status = 400 if "csv" in request.GET else 200
        page = Paginator(rows.Counted(all_rows, number), rows.A_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "number": number, "too_many": too_many, "most": rows.MOST_IN_FILE,
                    "left_out": number > rows.MOST_SHOWN, "session": asked.chosen_session}  # fmt: skip
    context |= frame.about(asked) | {
        "zone": settings.SCHOOL_TIME_ZONE, "back": asked.query("what", "kind", "currency", "session"),
    }  # fmt: skip
    return render(request, f"courses/dashboard/{name}.html", context, status=status)
