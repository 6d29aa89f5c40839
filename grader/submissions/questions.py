"""Ask about this: a question about an exercise or a submission, with its report attached."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from courses.enrollment.access import Person, sessions_to_ask_about
from courses.people.models import User
from courses.sessions.models import Session
from courses.support.files import Checked
from courses.support.forms import AboutForm
from courses.support.models import Ticket, TicketRefused
from grader.assignments.assignment import Assignment
from grader.assignments.models import Exercise
from grader.results import Report
from grader.submissions.models import Submission


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_about_exercise(request: HttpRequest, slug: str) -> HttpResponse:
    """A question about an exercise, with the person's latest report where there is one."""
    exercise = get_object_or_404(Exercise.objects.open_to(request.user), slug=slug)
    return _ask(request, exercise, latest(request.user, exercise))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_about_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """A question about one of the person's own submissions, with its report."""
    submission = get_object_or_404(own(request.user), pk=pk)
    return _ask(request, submission.exercise, submission)


def _ask(request: HttpRequest, exercise: Exercise, submission: Submission | None) -> HttpResponse:
    assert isinstance(request.user, User)
    attachment = attached(submission) if submission else ""
    sent = request.method == "POST"
    sessions = sessions_about(request.user, exercise)
    form = AboutForm(
        sessions, request.POST if sent else None, request.FILES if sent else None,
        initial={"session": assigned_in(sessions, exercise)},
    )  # fmt: skip
    if sent and form.is_valid():
        try:
            given = form.cleaned_data
            ticket = ask(request.user, exercise, submission, given["text"], form.chosen, given["files"])
            return redirect(ticket)
        except TicketRefused as refused:
            form.add_error(None, str(refused))
    context = {"exercise": exercise, "submission": submission, "attachment": attachment, "form": form}
    return render(request, "grader/ask.html", context, status=400 if form.errors else 200)


def own(person: Person) -> QuerySet[Submission]:
    """One's own submissions, with what a question about them tells."""
    return Submission.objects.filter(student_id=person.pk).select_related("exercise", "result")


def latest(person: Person, exercise: Exercise) -> Submission | None:
    """The person's latest one for the exercise that was not taken back."""
    return own(person).filter(exercise=exercise).exclude(status=Submission.Status.CANCELED).first()


def sessions_about(person: Person, exercise: Exercise) -> QuerySet[Session]:
    """Those in which the person learns the exercise: the staff of one of them answers."""
    return sessions_to_ask_about(person).filter(course__lectures=exercise.lecture_id)


def assigned_in(sessions: QuerySet[Session], exercise: Exercise) -> int | None:
    """The key of the only one that is not over and in which it is assigned: most likely it is meant. Else None."""
    now = Session.objects.upcoming().filter(pk__in=sessions)
    assigned = Assignment.objects.opened().filter(exercise=exercise, session__in=now)
    keys = list(assigned.values_list("session", flat=True)[:2])
    return keys[0] if len(keys) == 1 else None


def ask(
    asker: User, exercise: Exercise, submission: Submission | None, text: str, session: Session | None,
    files: Iterable[Checked] = (),
) -> Ticket:  # fmt: skip
    """Ask the session's staff, with what the asker is shown of the submission. Raises TicketRefused."""
    return Ticket.objects.ask(
        asker, text, files=files, session=session, subject=f"About “{exercise}”"[:200],
        about_url=(submission or exercise).get_absolute_url(), attachment=attached(submission) if submission else "",
    )  # fmt: skip


def attached(submission: Submission) -> str:
    """What the student is shown of the submission, in Markdown: score, findings, failed checks, the code."""
    report = submission.shown_report
    lines = [f"Submission {submission.pk}, handed in {submission.queued_at:%B %-d, %Y, %H:%M} UTC."]
    lines += _of_report(report) if report else ["It is not graded yet."]
    return "\n\n".join([*lines, f"```python\n{submission.source.replace('```', '` ` `')}\n```"])


def _of_report(report: Report) -> list[str]:
    lines = [f"**{report.score:g} of {report.max_score:g} points.**"]
    if report.error:
        lines.append(report.error.message)
    lines += [f"**{finding.code}** (in `{finding.where}`): {finding.message}" for finding in report.findings]
    failed = [check for check in report.checks if not check.passed]
    lines += [f"- {check.name}: {check.message}" for check in failed]
    return lines
