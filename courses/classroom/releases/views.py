"""The page on which those who teach a session set when its lectures open. Assistants read it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from courses.classroom.releases.forms import FillForm, ReleasesForm
from courses.enrollment import frame
from courses.people.models import User
from courses.sessions.models import Session
from courses.sessions.releases import LectureRelease


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def releases(request: HttpRequest, pk: int) -> HttpResponse:
    """The course's outline with a date beside each lecture; ?first= and ?every= fill them in, unsaved."""
    assert isinstance(request.user, User)
    if request.method != "POST":
        session = frame.staffed(request, pk)
        form = ReleasesForm(session)
        fill = FillForm(form, request.GET if "every" in request.GET else None, use_required_attribute=False)
        if fill.is_valid():
            return page(request, session, ReleasesForm(session, initial=fill.filled), fill, filled=True)
        return page(request, session, form, fill)
    session = frame.locked(request, pk)
    form = ReleasesForm(session, request.POST)
    if not form.is_valid():
        return page(request, session, form, FillForm(form))
    LectureRelease.objects.put(session, request.user, form.dates)
    messages.success(request, "The dates are saved." if form.dates else "Nothing has changed.")
    return redirect("session_lectures", session.pk)


def page(
    request: HttpRequest, session: Session, form: ReleasesForm, fill: FillForm, *, filled: bool = False
) -> HttpResponse:
    """The dates, as they are or as they were sent, and the helper beside them."""
    return frame.page(
        request, session, "lectures", "courses/releases/page", form,
        status=400 if fill.errors else 200, fill=fill, filled=filled,
    )  # fmt: skip
