"""The trail of what staff changed: of one session, for those who run it; of all, for admins."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.enrollment import frame
from courses.enrollment.access import is_admin
from courses.enrollment.history.forms import ChangeFilter, ChangeOfSessionFilter
from courses.people.audit import Change

CHANGES_A_PAGE = 50


@login_required
@require_safe
def session_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was changed about a session and its people."""
    session = frame.run(request, pk)
    found = ChangeFilter(request.GET, Change.objects.filter(session=session))
    return frame.page(request, session, "history", "courses/history/session", found.form, page=_page(request, found.qs))


@login_required
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Everything that staff changed."""
    if not is_admin(request.user):
        raise Http404
    found = ChangeOfSessionFilter(request.GET, Change.objects.all())
    context = {"form": found.form, "page": _page(request, found.qs.select_related("session__course"))}
    return render(request, "courses/history/page.html", context, status=200 if found.is_valid() else 400)


def _page(request: HttpRequest, changes: QuerySet[Change]) -> Page[Change]:
    return Paginator(changes.select_related("actor"), CHANGES_A_PAGE).get_page(request.GET.get("page"))
