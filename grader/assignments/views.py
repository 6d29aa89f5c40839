"""The assignments of a session, for its staff; those who teach it assign, change, take out and put back."""

from decimal import Decimal
from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.enrollment import frame
from courses.enrollment.access import sessions_staffed_by
from courses.people.models import User
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment, EditedMeanwhile
from grader.assignments.forms import AddForm, AssignmentForm


class Row(NamedTuple):
    """An assignment in the list.

    share : percent of the weights of all. handed_in, graded : how many of the session's students have.
    """

    assignment: Assignment
    lecture: str
    share: Decimal | None
    extensions: int
    handed_in: int
    graded: int


def rows_of(session: Session) -> list[Row]:
    """All assignments of the session, those taken out too."""
    found = session.assignments.listed().annotate(extended=Count("extensions"))
    turnout, weights = Assignment.objects.turnout(session), sum(one.weight for one in found if one.removed_at is None)
    lectures = {place.lecture_id: str(place) for place in session.course.places.outline()}
    return [
        Row(
            one,
            lectures.get(one.exercise.lecture_id, one.exercise.lecture.title),
            100 * one.weight / weights if weights else None,
            one.extended,
            *turnout.get(one.pk, (0, 0)),
        )
        for one in found
    ]


@login_required
@require_safe
def assignments(request: HttpRequest, pk: int) -> HttpResponse:
    """All of the session's, with how many have handed in; those taken out below."""
    session = frame.staffed(request, pk)
    rows = rows_of(session)
    return frame.page(
        request, session, "assignments", "grader/assignments/list",
        rows=[row for row in rows if row.assignment.removed_at is None],
        removed=[row for row in rows if row.assignment.removed_at is not None],
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Assign several exercises of the course with one rule."""
    assert isinstance(request.user, User)
    session = frame.locked(request, pk)
    form = AddForm(frame.data(request), session)
    if request.method == "POST" and form.is_valid():
        for assignment in form.assignments:
            assignment.assign(request.user)
        number = len(form.assignments)
        messages.success(request, f"{number} exercise{' is' if number == 1 else 's are'} assigned.")
        return redirect("assignments", session.pk)
    return frame.page(request, session, "assignments", "grader/assignments/add", form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an assignment. What others have changed meanwhile is shown beside what was typed, and nothing is lost."""
    assert isinstance(request.user, User)
    assignment = run(request, pk)
    form = AssignmentForm(frame.data(request), assignment)
    if request.method != "POST" or not form.is_valid():
        return _edit_page(request, Assignment.objects.listed().get(pk=pk), form)
    assignment.version = form.cleaned_data["version"]
    try:
        assignment.keep(request.user)
    except EditedMeanwhile as meanwhile:
        return _conflict(request, meanwhile.current)
    messages.success(request, f"“{assignment}” is saved.")
    return redirect("assignments", assignment.session_id)


def _conflict(request: HttpRequest, current: Assignment) -> HttpResponse:
    """Both versions; what was typed stands in the form, and saving it again takes it."""
    typed = request.POST.copy()
    typed["version"] = str(current.version)
    form = AssignmentForm(typed, current)
    form.is_valid()
    shown = Assignment.objects.listed().get(pk=current.pk)
    return _edit_page(request, shown, form, status=409, conflicts=form.conflicts(), conflict=True)


def _edit_page(
    request: HttpRequest, shown: Assignment, form: AssignmentForm, *, status: int = 200, **context: object
) -> HttpResponse:
    return frame.page(
        request, shown.session, "assignments", "grader/assignments/edit", form,
        status=status, assignment=shown, **context,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """What becomes of its scores, and doing it."""
    assert isinstance(request.user, User)
    assignment = run(request, pk)
    if request.method == "POST":
        assignment.take_out(request.user)
        messages.success(request, f"“{assignment}” is no assignment of this session any more.")
        return redirect("assignments", assignment.session_id)
    return frame.page(
        request, assignment.session, "assignments", "grader/assignments/take_out", assignment=assignment,
        scored=assignment.scored.count(), touched=assignment.is_touched, extended=assignment.extensions.count(),
    )  # fmt: skip


@login_required
@require_POST
@frame.post_in_one
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Have what was taken out again, with its scores."""
    assert isinstance(request.user, User)
    removed = Assignment.objects.run_by(request.user).filter(removed_at__isnull=False)
    assignment = get_object_or_404(removed.listed(), pk=pk)
    assignment.session.lock()
    assignment.put_back(request.user)
    messages.success(request, f"“{assignment}” is assigned again; its scores count.")
    return redirect("assignments", assignment.session_id)


def staffed(request: HttpRequest, pk: int) -> Assignment:
    """An assignment of a session that the person teaches or assists in. Raises Http404."""
    found = Assignment.objects.filter(session__in=sessions_staffed_by(request.user)).current()
    return get_object_or_404(found.listed(), pk=pk)


def run(request: HttpRequest, pk: int) -> Assignment:
    """An assignment of a session that the person teaches, kept from others while a POST changes it. Raises Http404."""
    found = Assignment.objects.run_by(request.user).current()
    assignment = get_object_or_404(found.listed(), pk=pk)
    if request.method == "POST":
        assignment.session.lock()
        assignment = get_object_or_404(found.listed(), pk=pk)
    return assignment
