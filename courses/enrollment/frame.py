"""What all pages on which staff run a session share: who gets there, and the tabs."""

import contextlib
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from courses.enrollment.access import sessions_run_by, sessions_staffed_by
from courses.sessions.models import Session


class Tab(NamedTuple):
    """A page of a session's: `url` takes the session's key; `runs` where only those who teach it get there.

    waiting : how many things wait there; shown beside the label unless it is 0.
    """

    name: str
    label: str
    url: str
    runs: bool = False
    waiting: Callable[[Session], int] | None = None


# By what they are about.
TABS = {
    "Session": [
        Tab("overview", "Overview", "session_overview"),
        Tab("announcements", "Announcements", "announcements"),
        Tab("preview", "Preview", "session_preview"),
        Tab("staff", "Staff", "session_staff", runs=True),
        Tab("history", "History", "session_history", runs=True),
    ],
    "People": [
        Tab("roster", "Roster", "roster"),
        Tab("waiting", "Waiting list", "waiting_list", runs=True),
    ],
    "Classes": [
        Tab("timetable", "Meetings", "timetable"),
        Tab("recordings", "Recordings", "recordings"),
        Tab("attendance", "Attendance", "attendance"),
    ],
    "Work": [
        Tab("lectures", "Lectures", "session_lectures"),
    ],
}


def register(group: str, *tabs: Tab) -> None:
    """Show these, pages of slices that this one does not know, after the others of the group."""
    TABS[group] += tabs


def staffed(request: HttpRequest, pk: int) -> Session:
    """A session that the person teaches or assists in. Raises Http404."""
    return get_object_or_404(sessions_staffed_by(request.user).select_related("course"), pk=pk)


def run(request: HttpRequest, pk: int) -> Session:
    """A session that the person teaches. Raises Http404."""
    return get_object_or_404(sessions_run_by(request.user).select_related("course"), pk=pk)


def locked(request: HttpRequest, pk: int) -> Session:
    """As `run`; kept from others while a POST changes it, which is in one transaction then."""
    session = run(request, pk)
    if request.method == "POST":
        session.lock()
    return session


def post_in_one(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Handle a POST in one transaction; looking at the page begins none."""

    @wraps(view)
    def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic() if request.method == "POST" else contextlib.nullcontext():
            return view(request, *args, **kwargs)

    return handle


def data(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, be it nothing; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def page(
    request: HttpRequest, session: Session, tab: str, template: str, form: BaseForm | None = None,
    *, status: int = 200, **context: Any,
) -> HttpResponse:  # fmt: skip
    """A page within a session's tabs, TEMPLATE.html; its status is 400 where the form on it was refused."""
    runs = sessions_run_by(request.user).filter(pk=session.pk).exists()
    tabs = {
        group: [(one, one.waiting(session) if one.waiting else 0) for one in found if runs or not one.runs]
        for group, found in TABS.items()
    }
    context |= {"session": session, "tab": tab, "tabs": tabs, "runs": runs, "form": form}
    return render(request, f"{template}.html", context, status=400 if form and form.errors else status)
