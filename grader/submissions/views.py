"""Pages of exercises and of submissions."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from courses.enrollment.access import may_submit
from courses.people.models import User
from grader.assignments.models import Exercise
from grader.errors import SourceError
from grader.grading import decode_source
from grader.results import Report
from grader.submissions.models import Submission
from grader.submissions.plots import heat_map_plot, layer_plot

STOP_POLLING = 286


@login_required
def my_submissions(request: HttpRequest) -> HttpResponse:
    """One's own submissions, newest first."""
    assert isinstance(request.user, User)
    own = Submission.objects.filter(student=request.user).select_related("exercise").defer("source", "data")[:200]
    return render(request, "grader/my_submissions.html", {"submissions": own})


@login_required
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """The live status, then the report; only the part that changes where the page polls."""
    shown = get_object_or_404(Submission.objects.visible_to(request.user).select_related("exercise", "student"), pk=pk)
    report = shown.report.shown(due_passed=False) if shown.report else None
    context: dict[str, Any] = {"submission": shown, "report": report, "lines": shown.source.splitlines()}
    if report is not None:
        wrong = [g for g in report.gradients if not g.passed]
        checks = list(dict.fromkeys(layer.check for layer in report.layers))
        context["heat_maps"] = [(g, heat_map_plot(g)) for g in wrong if g.heat_map][:12]
        context["layer_plots"] = [
            (name, layers, layer_plot(layers))
            for name in checks
            if (layers := [layer for layer in report.layers if layer.check == name])
        ]
        context["error_line"] = _error_line(report)
    polled = bool(request.headers.get("HX-Request"))
    template = "grader/submission_status.html" if polled else "grader/submission.html"
    return render(request, template, context, status=STOP_POLLING if polled and shown.is_settled else 200)


def _error_line(report: Report) -> int | None:
    if report.error is not None and report.error.line:
        return report.error.line
    return next((check.line for check in report.checks if check.line), None)


@login_required
def exercise(request: HttpRequest, slug: str) -> HttpResponse:
    """Read and write; POST hands in. A refusal keeps what was typed."""
    assert isinstance(request.user, User)
    shown = get_object_or_404(Exercise.objects.open_to(request.user), slug=slug)
    own = Submission.objects.filter(student=request.user, exercise=shown)
    last = own.first()
    context: dict[str, Any] = {"exercise": shown, "source": last.source if last else shown.starter, "history": own[:20]}
    if request.method != "POST":
        return render(request, "grader/exercise.html", context)
    source = request.POST.get("source", "").replace("\r\n", "\n")
    context["source"] = source
    try:
        decode_source(source.encode("utf-8", "surrogatepass"))
    except SourceError as error:
        return render(request, "grader/exercise.html", {**context, "error": str(error)}, status=400)
    if not may_submit(request.user, shown.lecture):
        closed = "Your session no longer takes new work. What you handed in stays readable."
        return render(request, "grader/exercise.html", {**context, "error": closed}, status=400)
    return redirect(Submission.hand_in(request.user, shown, source))
