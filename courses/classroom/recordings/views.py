"""Watching recordings."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from courses.classroom.recordings.clock import clock, seconds_of
from courses.classroom.recordings.media import link_to
from courses.classroom.recordings.models import Recording, Viewing
from courses.enrollment.access import lectures_for, sessions_run_by, sessions_staffed_by
from courses.people.models import User

SPEEDS = ["0.5", "0.75", "1", "1.25", "1.5", "1.75", "2"]


@login_required
@require_safe
@never_cache
def recording(request: HttpRequest, pk: int) -> HttpResponse:
    """A recording with its captions, chapters and transcript, from where the person stopped, or from ?t=."""
    assert isinstance(request.user, User)
    shown = opened(request, pk)
    viewing = Viewing.objects.filter(recording=shown, person=request.user).first()
    asked = asked_for(request.GET.get("t", ""))
    stopped = viewing.seconds if viewing and viewing.finished_at is None else 0
    start = stopped if asked is None else asked
    session = shown.session
    context: dict[str, Any] = {
        "recording": shown,
        "session": session,
        "staffs": sessions_staffed_by(request.user).filter(pk=session.pk).exists(),
        "runs": sessions_run_by(request.user).filter(pk=session.pk).exists(),
        "viewing": viewing,
        "start": start,
        "stopped": clock(stopped) if stopped and asked is None else "",
        "captions": shown.captions.all(),
        "chapters": shown.chapters.select_related("lecture"),
        "places": places(request, shown),
        "speeds": SPEEDS,
    }
    if shown.state == Recording.State.READY:
        context["link"] = link_to(shown, request.user)
    return render(request, "courses/recordings/watch.html", context)


def opened(request: HttpRequest, pk: int) -> Recording:
    """A recording that the person may watch. Raises Http404."""
    found = Recording.objects.open_to(request.user).select_related("meeting__session__course")
    return get_object_or_404(found, pk=pk)


def asked_for(text: str) -> int | None:
    """The second that an address names by ?t=; None where it names none."""
    try:
        return seconds_of(text)
    except ValueError:
        return None


def places(request: HttpRequest, shown: Recording) -> dict[int, Any]:
    """Where the lectures of its chapters stand in the course, by their keys; those that the person may read."""
    found = shown.session.course.places.outline().filter(
        lecture__in=lectures_for(request.user), lecture__chapters__recording=shown, lecture__written=True
    )
    return {place.lecture_id: place for place in found}


@login_required
@require_safe
@never_cache
def recording_link(request: HttpRequest, pk: int) -> JsonResponse:
    """A new link to the file, for when the one on the page has expired."""
    assert isinstance(request.user, User)
    shown = opened(request, pk)
    if shown.state != Recording.State.READY:
        raise Http404
    return JsonResponse({"url": link_to(shown, request.user)})


@login_required
@require_POST
def recording_position(request: HttpRequest, pk: int) -> HttpResponse:
    """Note how far the person has come; for a link elsewhere, that they have watched it."""
    assert isinstance(request.user, User)
    shown = opened(request, pk)
    if "watched" in request.POST:
        Viewing.objects.note(shown, request.user)
        return redirect(shown)
    text = request.POST.get("seconds", "")
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        return JsonResponse({"detail": "`seconds` is a whole number."}, status=400)
    Viewing.objects.note(shown, request.user, int(text))
    return HttpResponse(status=204)


@login_required
@require_safe
@cache_control(private=True, max_age=60)
def recording_captions_file(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Captions in one language, as the player reads them."""
    caption = get_object_or_404(opened(request, pk).captions, language=language)
    return HttpResponse(caption.text, content_type="text/vtt; charset=utf-8")
