"""The watch list's page, for a session's staff."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from courses import sheets
from courses.enrollment import frame
from courses.people.models import User
from courses.sessions.models import Session
from grader.dashboard.watching.forms import NoteForm, WatchForm
from grader.dashboard.watching.listed import Listed, listed_in, note, unwatch, watch

A_PAGE = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def watch_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is at risk, or watched, with notes; as a file too. A POST puts a student on the list."""
    session = frame.staffed(request, pk)
    form = WatchForm(frame.data(request), session=session)
    if request.method == "POST" and form.is_valid():
        student = form.cleaned_data["student"]
        watch(session, student, _actor(request))
        messages.success(request, f"{student} is on the watch list.")
        return redirect("watch_list", pk)
    listed = listed_in(session)
    if "csv" in request.GET:
        return sheets.download(lines(listed), f"watch-list-{session.slug}")
    return _page(request, session, listed, form)


@login_required
@require_POST
def write(request: HttpRequest, pk: int, student: int) -> HttpResponse:
    """Write a note about a student; whoever left the session can be written about too."""
    session = frame.staffed(request, pk)
    about = _student(session, student)
    form = NoteForm(request.POST)
    if form.is_valid():
        note(session, about, form.cleaned_data["text"], _actor(request))
        messages.success(request, f"The note about {about} is kept.")
        return redirect("watch_list", pk)
    listed = listed_in(session, besides=about)
    return _page(request, session, listed, WatchForm(session=session), refused=form, refused_about=about)


@login_required
@require_POST
def end(request: HttpRequest, pk: int, student: int) -> HttpResponse:
    """Take a student off the list; 404 where staff did not put them on it."""
    session = frame.staffed(request, pk)
    about = _student(session, student)
    if not unwatch(session, about, _actor(request)):
        raise Http404
    messages.success(request, f"{about} is no longer on the watch list by hand. The notes are kept.")
    return redirect("watch_list", pk)


def _page(
    request: HttpRequest, session: Session, listed: list[Listed], form: WatchForm,
    refused: NoteForm | None = None, refused_about: User | None = None,
) -> HttpResponse:  # fmt: skip
    """refused : a note that was, about this student."""
    # The page with the student about whom something was refused.
    place = next((n for n, row in enumerate(listed) if row.student == refused_about), None)
    number = request.GET.get("page") if place is None else place // A_PAGE + 1
    return frame.page(
        request, session, "figures", "grader/dashboard/watch_list", form, status=400 if refused else 200,
        page=Paginator(listed, A_PAGE).get_page(number), refused=refused, refused_about=refused_about,
    )  # fmt: skip


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _student(session: Session, pk: int) -> User:
    """Whoever has, or had, a seat in the session. Raises Http404."""
    return get_object_or_404(User, pk=pk, enrollments__session=session)


def lines(listed: list[Listed]) -> list[list[object]]:
    """For a spreadsheet."""
    rows: list[list[object]] = [["name", "email", "why", "watched since", "by", "notes"]]
    for row in listed:
        why = " ".join(reason.sentence for reason in row.standing.reasons) if row.standing else "Left the session."
        since, by = (f"{row.watch.added_at:%Y-%m-%d}", str(row.watch.added_by)) if row.watch else ("", "")
        notes = "\n".join(f"{one.written_at:%Y-%m-%d}, {one.author}: {one.text}" for one in row.notes)
        rows.append([row.student.name, row.student.email, why, since, by, notes])
    return rows
