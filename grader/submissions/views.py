"""Pages of exercises, and what a submission's page tells of its grading."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from courses.catalog.models import SectionLecture
from courses.enrollment.access import Person, courses_open_to, may_submit, places_for
from courses.keys import key_of
from courses.people.models import User
from grader.assignments.models import Exercise
from grader.errors import SourceError
from grader.results import Report
from grader.submissions import scratch
from grader.submissions.difference import difference
from grader.submissions.due import due_for_exercise
from grader.submissions.limits import LimitReached
from grader.submissions.models import Submission
from grader.submissions.phases import phase_of
from grader.submissions.plots import plots_of
from grader.submissions.source import read_file, read_text

NOTHING_NEW, STOP_POLLING = 204, 286
# A page asks more seldom the more go before its submission.
SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS = 250, 5000
TOO_LATE_TO_CANCEL = "It is being graded already, so that it was not canceled."
TOO_MANY_RUNS = "Visitors may run code a few times a minute. Wait a little, or sign in to go on at once."
CLOSED = "Your session no longer takes new work. What you handed in stays readable."


def own_submissions(person: User) -> QuerySet[Submission]:
    """The person's latest submissions, newest first, without their texts."""
    own = Submission.objects.filter(student=person).select_related("exercise", "result")
    own = own.defer("source", "result__data", "exercise__statement", "exercise__starter")[:200]
    Submission.find_closed(own)
    return own


def visible_to(person: Person) -> QuerySet[Submission]:
    """Submissions that the person may see, with what their page shows."""
    return Submission.objects.visible_to(person).select_related(
        "exercise__lecture", "student", "result", "replaced_by", "regrade_asked_by"
    )


def live(request: HttpRequest, shown: Submission) -> HttpResponse:
    """The part of a page that polls, if it has changed; settled, it polls no more."""
    if not shown.is_settled and request.GET.get("seen") == progress_of(shown)["seen"]:
        return HttpResponse(status=NOTHING_NEW)
    context = {**status_of(shown, request.user), "in_workbench": "workbench" in request.GET}
    return render(request, "grader/submission_live.html", context, status=STOP_POLLING if shown.is_settled else 200)


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own submission out of the queue, as long as it waits there."""
    shown = get_object_or_404(visible_to(request.user), pk=pk, student=request.user)
    canceled = shown.cancel()
    if request.headers.get("HX-Request"):
        return live(request, shown)
    if not canceled:
        messages.error(request, TOO_LATE_TO_CANCEL)
    return redirect(shown)


def status_of(shown: Submission, person: Person) -> dict[str, Any]:
    """What a page tells this person of a submission: how far it is, then its report and plots."""
    report = shown.shown_report
    context: dict[str, Any] = {"submission": shown, "report": report, **progress_of(shown)}
    if report is None:
        return context
    context["plots"] = plots_of(report)
    context["lecture"] = _place_of(shown.exercise, places_for(person))
    context["error_line"], context["error_text"] = _error_at(report)
    return context


def progress_of(shown: Submission) -> dict[str, Any]:
    """Where an unsettled submission is, how long to wait before asking again, and a mark of what was seen."""
    if shown.is_settled:
        return {}
    running = shown.status == Submission.Status.RUNNING
    phase, ahead = (phase_of(shown.pk), 0) if running else (None, shown.ahead)
    return {
        "phase": phase,
        "ahead": ahead,
        "pause_ms": min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * (1 + ahead // 4)),
        "seen": f"{shown.status}-{shown.attempt}-{phase or ahead}",
    }


def earlier_results(shown: Submission) -> list[dict[str, Any]]:
    """Each regrade, newest first: the result that it gave, the one before it, and the checks that differ."""
    results = list(shown.results.select_related("asked_by"))
    due_passed = len(results) > 1 and shown.is_closed
    reports = [result.report.shown(due_passed=due_passed) for result in results]
    regrades = [
        {"result": result, "before": before, "after": after, "changes": difference(before, after)}
        for result, before, after in zip(results[1:], reports, reports[1:], strict=False)
    ]
    return regrades[::-1]


def _error_at(report: Report) -> tuple[int | None, str]:
    """The line of the student's file that raised, and what."""
    if report.error is not None and report.error.line:
        return report.error.line, report.error.message
    return next(((check.line, check.message) for check in report.checks if check.line), (None, ""))


@require_http_methods(["GET", "HEAD", "POST"])
def exercise(request: HttpRequest, slug: str) -> HttpResponse:
    """Read and write; POST hands in what was typed or a file. A refusal keeps what was typed."""
    shown = _open_to(request.user).filter(slug=slug).first()
    if not isinstance(request.user, User) and (shown is None or request.method == "POST"):
        return redirect_to_login(request.get_full_path())
    if shown is None:
        raise Http404
    if isinstance(request.user, User) and request.method == "POST":
        return hand_in(request, request.user, shown)
    own = Submission.objects.filter(student_id=request.user.pk, exercise=shown)
    last = None if "starter" in request.GET else own.first()
    source = last.source if last else shown.starter
    return _workbench(request, shown, source)


def _open_to(person: Person) -> QuerySet[Exercise]:
    return Exercise.objects.open_to(person).select_related("lecture")


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
        submission = Submission.hand_in(person, shown, source, replaces=_to_replace(request, person, shown))
    except (SourceError, LimitReached) as error:
        status = 400 if isinstance(error, SourceError) else 429
        if request.headers.get("HX-Request"):
            return render(request, "grader/refusal.html", {"error": error}, status=status)
        return _workbench(request, shown, source or shown.starter, error, status=status)
    if request.headers.get("HX-Request"):
        return render(request, "grader/handed_in.html", {**status_of(submission, person), "in_workbench": True})
    return redirect(submission)


def _to_replace(request: HttpRequest, person: User, shown: Exercise) -> Submission | None:
    """The waiting submission of the person's that the new one is to take the place of."""
    own = Submission.objects.filter(student=person, exercise=shown)
    return own.filter(pk=key_of(request.POST.get("replaces", ""))).first()


def _workbench(
    request: HttpRequest, shown: Exercise, source: str, error: Exception | None = None, status: int = 200
) -> HttpResponse:
    own = Submission.objects.filter(student_id=request.user.pk, exercise=shown).select_related("exercise", "result")
    history = own.defer("source", "result__data")[:20]
    Submission.find_closed(history)
    waiting = own.filter(status=Submission.Status.QUEUED).exclude(priority=Submission.Priority.REGRADE).first()
    own_places = places_for(request.user).filter(course__in=courses_open_to(request.user))
    context = {
        "exercise": shown,
        "source": source,
        "error": error,
        "history": history,
        "waiting": waiting,
        "work": due_for_exercise(shown, request.user),
        "place": _place_of(shown, own_places),
    }
    return render(request, "grader/exercise.html", context, status=status)


def _place_of(shown: Exercise, places: QuerySet[SectionLecture]) -> SectionLecture | None:
    """Where the exercise's lecture is, of these places."""
    return places.filter(lecture=shown.lecture_id).select_related("course", "lecture", "section").first()


@require_http_methods(["GET", "HEAD", "POST"])
def run(request: HttpRequest, slug: str) -> HttpResponse:
    """POST runs the editor's code once for what it prints; GET shows how far that is."""
    shown = _open_to(request.user).filter(slug=slug).first()
    if shown is None:
        if isinstance(request.user, User):
            raise Http404
        return redirect_to_login(request.get_full_path())
    if request.method != "POST":
        found = scratch.latest(_owner(request))
        if found is None or found.exercise != shown.slug:
            raise Http404
        return render(
            request, "grader/run.html", {"exercise": shown, "run": found}, status=STOP_POLLING if found.settled else 200
        )
    try:
        if not isinstance(request.user, User) and not VisitorsRuns().allow_request(Request(request), APIView()):
            raise scratch.ScratchRunning(TOO_MANY_RUNS)
        begun = scratch.start(_owner(request), shown, read_text(request.POST.get("source", "")))
    except SourceError as error:
        return render(request, "grader/refusal.html", {"error": error}, status=400)
    except scratch.ScratchRunning as error:
        return render(request, "grader/refusal.html", {"error": error}, status=429)
    except scratch.ScratchUnavailable as error:
        return render(request, "grader/refusal.html", {"error": error}, status=503)
    return render(request, "grader/run_live.html", {"exercise": shown, "run": begun})


def _owner(request: HttpRequest) -> str:
    """Whose a scratch run is: the person's, or this visit's."""
    if isinstance(request.user, User):
        return str(request.user.pk)
    if request.session.session_key is None:
        request.session.create()
    return f"visit-{request.session.session_key}"


class VisitorsRuns(AnonRateThrottle):
    """How often code is run for one address without anybody signed in."""

    scope = "visitor"
