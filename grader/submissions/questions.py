"""Ask about this: a question about an exercise or a submission, with its report attached."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from courses.enrollment.access import sessions_to_ask_about
from courses.people.models import User
from courses.support.forms import AboutForm
from courses.support.models import Ticket, TicketRefused
from grader.assignments.models import Exercise
from grader.results import Report
from grader.submissions.models import Submission


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_about_exercise(request: HttpRequest, slug: str) -> HttpResponse:
    """A question about an exercise, with the person's latest report where there is one."""
    exercise = get_object_or_404(Exercise.objects.open_to(request.user), slug=slug)
    own = Submission.objects.filter(student_id=request.user.pk, exercise=exercise).select_related("exercise", "result")
    return _ask(request, exercise, own.exclude(status=Submission.Status.CANCELED).first())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_about_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """A question about one of the person's own submissions, with its report."""
    own = Submission.objects.filter(student_id=request.user.pk).select_related("exercise", "result")
    submission = get_object_or_404(own, pk=pk)
    return _ask(request, submission.exercise, submission)


def _ask(request: HttpRequest, exercise: Exercise, submission: Submission | None) -> HttpResponse:
    assert isinstance(request.user, User)
    attachment = attached(submission) if submission else ""
    sessions = sessions_to_ask_about(request.user).filter(course__lectures=exercise.lecture_id)
    sent = request.method == "POST"
    form = AboutForm(sessions, request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        try:
            ticket = Ticket.objects.ask(
                request.user,
                form.cleaned_data["text"],
                files=form.cleaned_data["files"],
                session=form.chosen,
                subject=f"About “{exercise}”"[:200],
                about_url=(submission or exercise).get_absolute_url(),
                attachment=attachment,
            )
            return redirect(ticket)
        except TicketRefused as refused:
            form.add_error(None, str(refused))
    context = {"exercise": exercise, "submission": submission, "attachment": attachment, "form": form}
    return render(request, "grader/ask.html", context, status=400 if form.errors else 200)


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
