"""Pages of exercises and of submissions."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from courses.catalog.models import SectionLecture
from courses.enrollment.access import courses_open_to, may_submit
from courses.people.models import User
from grader.assignments.models import Exercise
from grader.errors import SourceError
from grader.results import Report
from grader.submissions import scratch
from grader.submissions.models import Submission
from grader.submissions.phases import phase_of
from grader.submissions.plots import plots_of
from grader.submissions.source import read_file, read_text

STOP_POLLING = 286
CLOSED = "Your session no longer takes new work. What you handed in stays readable."


@login_required
@require_safe
def my_submissions(request: HttpRequest) -> HttpResponse:
    """One's own submissions, newest first."""
    assert isinstance(request.user, User)
    own = Submission.objects.filter(student=request.user).select_related("exercise__lecture", "student")
    own = own.defer("source", "data")[:200]
    return render(request, "grader/my_submissions.html", {"submissions": own})


@login_required
@require_safe
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """The live status, then the report; only the part that changes where the page polls."""
    visible = Submission.objects.visible_to(request.user).select_related("exercise__lecture", "student")
    shown = get_object_or_404(visible, pk=pk)
    context = {**status_of(shown), "lines": shown.source.splitlines()}
    if not request.headers.get("HX-Request"):
        return render(request, "grader/submission.html", context)
    return render(request, "grader/submission_status.html", context, status=STOP_POLLING if shown.is_settled else 200)


def status_of(shown: Submission) -> dict[str, Any]:
    """What a page tells of a submission: how far it is, then its report and plots."""
    context: dict[str, Any] = {"submission": shown, "report": (report := shown.shown_report)}
    if report is None:
        context["phase"] = phase_of(shown.pk) if shown.status == Submission.Status.RUNNING else ""
        return context
    context["plots"] = plots_of(report)
    context["lecture"] = SectionLecture.objects.filter(lecture=shown.exercise.lecture).select_related(
        "course", "lecture", "section"
    ).first()  # fmt: skip
    context["error_line"], context["error_text"] = _error_at(report)
    return context


def _error_at(report: Report) -> tuple[int | None, str]:
    """The line of the student's file that raised, and what."""
    if report.error is not None and report.error.line:
        return report.error.line, report.error.message
    return next(((check.line, check.message) for check in report.checks if check.line), (None, ""))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exercise(request: HttpRequest, slug: str) -> HttpResponse:
    """Read and write; POST hands in what was typed or a file. A refusal keeps what was typed."""
    assert isinstance(request.user, User)
    shown = get_object_or_404(Exercise.objects.open_to(request.user).select_related("lecture"), slug=slug)
    if request.method == "POST":
        return hand_in(request, request.user, shown)
    own = Submission.objects.filter(student=request.user, exercise=shown)
    last = None if "starter" in request.GET else own.first()
    source = last.source if last else shown.starter
    return _workbench(request, shown, source)


def hand_in(request: HttpRequest, person: User, shown: Exercise) -> HttpResponse:
    """The submission's live status where the page asks for it, else a way to the submission's own page."""
    source = request.POST.get("source", "")
    try:
        if file := request.FILES.get("file"):
            source = read_file(file)
        elif "source" not in request.POST:
            raise SourceError("SourceError", "No file came. Choose a .py or an .ipynb file, then hand it in.")
        source = read_text(source)
        if not may_submit(person, shown.lecture):
            raise SourceError("Closed", CLOSED)
    except SourceError as error:
        if request.headers.get("HX-Request"):
            return render(request, "grader/refusal.html", {"error": error}, status=400)
        return _workbench(request, shown, source or shown.starter, error, status=400)
    submission = Submission.hand_in(person, shown, source)
    if request.headers.get("HX-Request"):
        return render(request, "grader/handed_in.html", status_of(submission))
    return redirect(submission)


def _workbench(
    request: HttpRequest, shown: Exercise, source: str, error: SourceError | None = None, status: int = 200
) -> HttpResponse:
    history = Submission.objects.filter(student_id=request.user.pk, exercise=shown).select_related(
        "exercise__lecture", "student"
    )
    places = SectionLecture.objects.filter(lecture=shown.lecture, course__in=courses_open_to(request.user))
    context = {
        "exercise": shown,
        "source": source,
        "error": error,
        "history": history.defer("source", "data")[:20],
        "place": places.select_related("course", "lecture", "section").first(),
    }
    return render(request, "grader/exercise.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def run(request: HttpRequest, slug: str) -> HttpResponse:
    """POST runs the editor's code once for what it prints; GET shows how far that is."""
    assert isinstance(request.user, User)
    shown = get_object_or_404(Exercise.objects.open_to(request.user), slug=slug)
    if request.method != "POST":
        found = scratch.latest(request.user.pk)
        if found is None or found.exercise != shown.slug:
            raise Http404
        return render(
            request, "grader/run.html", {"exercise": shown, "run": found}, status=STOP_POLLING if found.settled else 200
        )
    try:
        begun = scratch.start(request.user, shown, read_text(request.POST.get("source", "")))
    except SourceError as error:
        return render(request, "grader/refusal.html", {"error": error}, status=400)
    except scratch.ScratchUnavailable as error:
        return render(request, "grader/refusal.html", {"error": error}, status=503)
    return render(request, "grader/run_live.html", {"exercise": shown, "run": begun})
