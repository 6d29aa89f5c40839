"""An assignment's rubric, which those who teach its session write, and all staff mark by."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.enrollment import frame
from courses.enrollment.access import sessions_run_by
from courses.people.models import User
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment
from grader.gradebook.rubric import writing
from grader.gradebook.rubric.forms import CopyForm, CriterionForm
from grader.gradebook.rubric.marking import Round
from grader.gradebook.rubric.models import Criterion, RubricRefused, shipped_with

TAB = "assignments"


def assignment_in(session: Session, pk: int) -> Assignment:
    """An assignment of the session. Raises Http404."""
    return get_object_or_404(Assignment.objects.current().filter(session=session).select_related("exercise"), pk=pk)


def sources_for(person: User, assignment: Assignment) -> Any:
    """Assignments with criteria in sessions that the person teaches, to copy from."""
    run = Assignment.objects.filter(session__in=sessions_run_by(person), criteria__isnull=False)
    return run.exclude(pk=assignment.pk).select_related("exercise", "session__course").distinct()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def rubric(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    """The criteria; POST adds one, or takes over those of the exercise or of another assignment."""
    assert isinstance(request.user, User)
    session = frame.locked(request, pk) if request.method == "POST" else frame.staffed(request, pk)
    shown = assignment_in(session, assignment)
    copy = CopyForm(sources_for(request.user, shown), request.POST if "copy" in request.POST else None)
    form = CriterionForm(request.POST if request.method == "POST" and not _takes_over(request) else None)
    if request.method == "POST":
        try:
            if _add(request, shown, form, copy):
                return redirect("rubric", session.pk, shown.pk)
        except RubricRefused as refused:
            form.is_bound = True
            form.add_error(None, str(refused))
    return frame.page(
        request, session, TAB, "grader/gradebook/rubric", form, status=400 if copy.errors else 200,
        assignment=shown, criteria=list(shown.criteria.all()), copy=copy, shipped=shipped_with(shown),
        round=Round.of(shown), sources=copy.fields["source"].queryset.exists(),  # type: ignore[attr-defined]
    )  # fmt: skip


def _takes_over(request: HttpRequest) -> bool:
    return bool({"copy", "shipped"} & set(request.POST))


def _add(request: HttpRequest, assignment: Assignment, form: CriterionForm, copy: CopyForm) -> bool:
    """Do what was asked for, if it is valid. Raises RubricRefused."""
    assert isinstance(request.user, User)
    if "shipped" in request.POST:
        added = writing.take_shipped(assignment, request.user)
    elif "copy" in request.POST:
        if not copy.is_valid():
            return False
        added = writing.add(assignment, request.user, list(copy.cleaned_data["source"].criteria.all()))
    else:
        if not form.is_valid():
            return False
        added = writing.add(assignment, request.user, [form.save(commit=False)])
    messages.success(request, f"{len(added)} criteria are added." if len(added) != 1 else f"“{added[0]}” is added.")
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a criterion. Other points, where marks are given, are asked about first: what follows is said."""
    assert isinstance(request.user, User)
    criterion = _run(request, pk)
    before = criterion.points
    form = CriterionForm(frame.data(request), instance=criterion)
    asks = None
    if request.method == "POST" and form.is_valid():
        marks = criterion.marks.count()
        if not marks or criterion.points == before or "sure" in request.POST:
            writing.keep(criterion, request.user)
            messages.success(request, f"“{criterion}” is saved.")
            return redirect("rubric", criterion.assignment.session_id, criterion.assignment_id)
        above = criterion.marks.filter(points__gt=criterion.points).count()
        asks = {"marks": marks, "above": above, "before": before, "after": criterion.points}
    return frame.page(
        request, criterion.assignment.session, TAB, "grader/gradebook/criterion", form,
        assignment=criterion.assignment, criterion=criterion, asks=asks,
    )  # fmt: skip


@login_required
@require_POST
@frame.post_in_one
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Up or down by one place."""
    assert isinstance(request.user, User)
    criterion = _run(request, pk)
    criterion.move(request.user, up=request.POST.get("do") == "up")
    return redirect("rubric", criterion.assignment.session_id, criterion.assignment_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a criterion out; with marks, only once it is said again that they go with it."""
    assert isinstance(request.user, User)
    criterion = _run(request, pk)
    marks = criterion.marks.count()
    if request.method == "POST" and (not marks or "sure" in request.POST):
        writing.remove(criterion, request.user)
        messages.success(request, f"“{criterion}” is deleted.")
        return redirect("rubric", criterion.assignment.session_id, criterion.assignment_id)
    return frame.page(
        request, criterion.assignment.session, TAB, "grader/gradebook/criterion_delete",
        assignment=criterion.assignment, criterion=criterion, marks=marks,
    )  # fmt: skip


def _run(request: HttpRequest, pk: int) -> Criterion:
    """A criterion in a session that the person teaches. Raises Http404."""
    own = Criterion.objects.filter(assignment__session__in=sessions_run_by(request.user))
    criterion = get_object_or_404(own.select_related("assignment__exercise", "assignment__session__course"), pk=pk)
    if request.method == "POST":
        criterion.assignment.session.lock()
    return criterion


@login_required
@require_safe
def marks(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    """On to the first student who is not marked yet, or to the first one."""
    session = frame.staffed(request, pk)
    shown = assignment_in(session, assignment)
    everybody = Round.of(shown)
    first = everybody.next_unmarked() or next(iter(everybody.students), None)
    if first is None or not shown.criteria.exists():
        messages.info(request, "There is nobody to mark." if first is None else "Write the rubric first.")
        return redirect("rubric", session.pk, shown.pk)
    return redirect("mark", session.pk, shown.pk, first.pk)
