"""The trail of what staff changed: of one session, for those who run it; of all, for admins."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses.enrollment.access import is_admin, sessions_run_by
from courses.enrollment.history.forms import ChangeFilter, ChangeOfSessionFilter
from courses.people.audit import Change

CHANGES_A_PAGE = 50


@login_required
@require_safe
def session_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was changed about a session and its people."""
    session = get_object_or_404(sessions_run_by(request.user).select_related("course"), pk=pk)
    found = ChangeFilter(request.GET, Change.objects.filter(session=session))
    context = {"session": session, "tab": "history", "runs": True, **_shown(request, found, found.qs)}
    return render(request, "courses/history/session.html", context, status=200 if found.is_valid() else 400)


@login_required
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Everything that staff changed."""
    if not is_admin(request.user):
        raise Http404
    found = ChangeOfSessionFilter(request.GET, Change.objects.all())
    context = _shown(request, found, found.qs.select_related("session__course"))
    return render(request, "courses/history/page.html", context, status=200 if found.is_valid() else 400)


def _shown(request: HttpRequest, found: ChangeFilter, changes: QuerySet[Change]) -> dict[str, object]:
    pages = Paginator(changes.select_related("actor"), CHANGES_A_PAGE)
    return {"form": found.form, "page": pages.get_page(request.GET.get("page"))}
