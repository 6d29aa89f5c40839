"""What all pages on which staff run a session share: who gets there, and the tabs."""

import contextlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from courses.enrollment.access import sessions_run_by, sessions_staffed_by
from courses.sessions.models import Session


def staffed(request: HttpRequest, pk: int) -> Session:
    """A session that the person teaches or assists in. Raises Http404."""
    return get_object_or_404(sessions_staffed_by(request.user).select_related("course"), pk=pk)


def run(request: HttpRequest, pk: int) -> Session:
    """A session that the person teaches; kept from others while it is changed. Raises Http404."""
    session = get_object_or_404(sessions_run_by(request.user).select_related("course"), pk=pk)
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
    request: HttpRequest, session: Session, tab: str, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page within a session's tabs."""
    runs = sessions_run_by(request.user).filter(pk=session.pk).exists()
    frame = {"session": session, "tab": tab, "runs": runs}
    return render(request, f"courses/teaching/{template}.html", {**frame, **context}, status=status)
