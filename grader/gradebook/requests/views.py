"""Requests to look at a score again: the student's page, and the queue of those who teach the session."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.enrollment import frame
from courses.enrollment.access import sessions_seated_in
from courses.keys import key_of
from courses.people.models import User
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment
from grader.gradebook.book import Book
from grader.gradebook.comments.models import lines_in
from grader.gradebook.requests import asking
from grader.gradebook.requests.forms import AnswerForm, AskForm
from grader.gradebook.requests.models import RegradeRequest, RequestRefused
from grader.gradebook.scores import Score
from grader.results import Report
from grader.submissions.models import Submission

# Of those that were answered, so many are shown.
ANSWERED_SHOWN = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """A student's requests about an assignment; POST asks. ?submission= names the one that is meant."""
    assert isinstance(request.user, User)
    seated = sessions_seated_in(request.user)
    found = Assignment.objects.current().filter(session__in=seated).select_related("exercise", "session__course")
    assignment = get_object_or_404(found, pk=pk)
    about = _about(request, request.user, assignment)
    form = AskForm(frame.data(request))
    refusal, status = "", 200
    try:
        asking.check(assignment, request.user, about)
        if request.method == "POST" and form.is_valid():
            asking.ask(assignment, request.user, form.cleaned_data["text"], about)
            messages.success(request, "Your request is on its way to those who teach the session.")
            return redirect("regrade_ask", assignment.pk)
    except RequestRefused as refused:
        refusal, status = str(refused), 409 if request.method == "POST" else 200
    requests = RegradeRequest.objects.filter(assignment=assignment, student=request.user).select_related("answered_by")
    waits = any(one.is_open for one in requests)
    context: dict[str, Any] = {"assignment": assignment, "about": about, "form": form, "refusal": refusal}
    context |= {"requests": requests, "waits": waits}
    return render(request, "grader/gradebook/regrade_ask.html", context, status=400 if form.errors else status)


def _about(request: HttpRequest, student: User, assignment: Assignment) -> Submission | None:
    """The submission of the student's that is named, if it is one for the assignment."""
    named = key_of(request.POST.get("submission", "") or request.GET.get("submission", ""))
    return Submission.objects.filter(pk=named, student=student, exercise=assignment.exercise_id).first()


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a request of one's own."""
    own = RegradeRequest.objects.filter(student_id=request.user.pk).select_related("assignment")
    withdrawn = get_object_or_404(own, pk=pk)
    try:
        withdrawn.withdraw()
        messages.success(request, "The request is withdrawn.")
    except RequestRefused as refused:
        messages.error(request, str(refused))
    return redirect("regrade_ask", withdrawn.assignment_id)


class Entry(NamedTuple):
    """A request as staff see it: the score as it is now, all of the examiner's report, the code, a form to answer."""

    request: RegradeRequest
    score: Score | None
    report: Report | None
    lines: list[str]
    form: AnswerForm | None


@login_required
@require_safe
def queue(request: HttpRequest, pk: int) -> HttpResponse:
    """What students ask for, the oldest first, and what was answered. Assistants read it."""
    return _queue(request, frame.staffed(request, pk))


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or decline with an answer, or have the examiner grade again. Refused, the queue keeps what was typed."""
    assert isinstance(request.user, User)
    own = RegradeRequest.objects.run_by(request.user).select_related(
        "assignment__exercise", "assignment__session__course", "student", "submission__exercise"
    )
    asked = get_object_or_404(own, pk=pk)
    session, do = asked.assignment.session, request.POST.get("do")
    form = AnswerForm(request.POST, prefix=str(asked.pk))
    try:
        if do == "again":
            asked.grade_again(request.user)
            messages.success(request, "It is graded again, behind all others. The request waits for your answer.")
            return redirect("regrade_requests", session.pk)
        if not form.is_valid() or do not in ("grant", "decline"):
            return _queue(request, session, asked, form, status=400)
        (asked.grant if do == "grant" else asked.decline)(request.user, form.cleaned_data["answer"])
        messages.success(request, f"{asked.student} gets your answer by e-mail.")
    except RequestRefused as refused:
        messages.error(request, str(refused))
        return _queue(request, session, asked, form, status=409)
    return redirect("regrade_requests", session.pk)


def _queue(
    request: HttpRequest, session: Session, asked: RegradeRequest | None = None, form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page, with this form at this request."""
    runs: dict[int, Any] = {asked.pk: form} if asked else {}
    of_session = RegradeRequest.objects.of_session(session).select_related(
        "assignment__exercise", "student", "submission__result", "submission__exercise", "answered_by"
    )
    waiting = list(of_session.open().order_by("asked_at"))
    students = list({one.student_id: one.student for one in waiting}.values())
    book = Book(session, students, only={one.assignment_id for one in waiting})
    entries = [
        Entry(
            one,
            book.scores.get((one.assignment_id, one.student_id)),
            one.submission.report if one.submission else None,
            lines_in(one.submission.source) if one.submission else [],
            runs.get(one.pk) or AnswerForm(prefix=str(one.pk)),
        )
        for one in waiting
    ]
    answered = of_session.exclude(state=RegradeRequest.State.OPEN).order_by("-answered_at", "-pk")
    return frame.page(
        request, session, "requests", "grader/gradebook/requests", status=status,
        entries=entries, answered=answered[:ANSWERED_SHOWN],
    )  # fmt: skip
