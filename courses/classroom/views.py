"""The school's pages: the catalog and what those who belong to a course see."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from courses.catalog.models import SectionLecture
from courses.classroom.figures import figure_file
from courses.classroom.laboratories import LABORATORIES, laboratories_for, lecture_of
from courses.classroom.meetings.timetable import next_classes
from courses.classroom.models import Reading
from courses.classroom.outline import Outline, outline_of
from courses.classroom.progress import Progress, path, progress_of
from courses.classroom.recordings.models import Recording
from courses.classroom.recordings.parts import Chapter
from courses.classroom.showing import shown_of
from courses.enrollment.access import (
    Person,
    courses_for,
    courses_open_to,
    lectures_for,
    places_for,
    sessions_for,
    sessions_staffed_by,
)
from courses.enrollment.seats import seat_of, seats_to_answer
from courses.people.models import User
from courses.sessions.filters import SessionFilter


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The catalog, upcoming sessions by what one looks for, and how far the person is in their courses."""
    person = request.user
    context: dict[str, Any] = {
        "courses": courses_for(person),
        "mine": None,
        "filters": SessionFilter(request.GET, queryset=sessions_for(person).upcoming().select_related("course")),
    }
    if isinstance(person, User):
        context["mine"] = [(mine, progress_of(person, path(mine))) for mine in courses_open_to(person)]
        context["seats"] = seats_to_answer(person)
        context["classes"] = next_classes(person)
        context["watch"] = Recording.objects.missed_by(person).listed(person)
    return render(request, "courses/home/page.html", context)


@require_safe
def course(request: HttpRequest, course: str) -> HttpResponse:
    """A course: facts, outline with the person's progress, sessions, instructors, questions."""
    shown = get_object_or_404(courses_for(request.user), slug=course)
    outline = outline_of(shown, request.user)
    context = {
        "course": shown,
        "outline": outline,
        "progress": _progress(request.user, outline),
        "sessions": sessions_for(request.user).upcoming().filter(course=shown).select_related("course"),
    }
    return render(request, "courses/course.html", context)


def _progress(person: Person, outline: Outline) -> Progress | None:
    """How far the person is in a course that is open to them."""
    if not isinstance(person, User) or not courses_open_to(person).filter(pk=outline.course.pk).exists():
        return None
    return progress_of(person, outline.places)


@require_safe
def session(request: HttpRequest, course: str, session: str) -> HttpResponse:
    """Dates, price, seats, instructors and one button; for those who belong, what they need to take part."""
    shown = get_object_or_404(sessions_for(request.user).select_related("course"), course__slug=course, slug=session)
    context = {
        "session": shown,
        "course": shown.course,
        **shown_of(shown, request.user),
        "seat": seat_of(request.user, shown),
        "staffs": sessions_staffed_by(request.user).filter(pk=shown.pk).exists(),
    }
    return render(request, "courses/session/page.html", context)


@require_safe
def lecture(request: HttpRequest, course: str, lecture: str) -> HttpResponse:
    """A lecture's text between the one before and the one after; those not yet written, or open, are skipped."""
    place = _place(request.user, course, lecture)
    outline = outline_of(place.course, request.user)
    previous, following = outline.around(place)
    progress = _progress(request.user, outline)
    context: dict[str, Any] = {
        "course": place.course,
        "place": place,
        "outline": outline,
        "places": sorted(outline.places, key=lambda other: other.section.position),
        "lecture": place.lecture,
        "previous": previous,
        "next": following,
        "progress": progress,
        "recorded": Chapter.objects.about(place.lecture, request.user),
        "confidences": Reading.Confidence.choices,
    }
    if progress:
        context["step"] = next((step for step in progress.steps if step.place == place), None)
    return render(request, "courses/lecture.html", context)


def _place(person: Person, course: str, lecture: str) -> SectionLecture:
    """A lecture of a course, for those who may read it. Raises Http404."""
    places = places_for(person).filter(course__slug=course, lecture__slug=lecture)
    return get_object_or_404(places.select_related("section", "lecture", "course"))


@login_required
@require_POST
def read(request: HttpRequest, course: str, lecture: str) -> HttpResponse:
    """Note that the person has read the lecture and how sure they feel, or that they have not."""
    assert isinstance(request.user, User)
    place = _place(request.user, course, lecture)
    confidence = request.POST.get("confidence", "")
    if confidence in Reading.Confidence.values:
        Reading.objects.update_or_create(
            person=request.user, lecture=place.lecture, defaults={"confidence": confidence}
        )
    elif "unread" in request.POST:
        Reading.objects.filter(person=request.user, lecture=place.lecture).delete()
    return redirect(f"{place.get_absolute_url()}#progress")


@require_safe
@cache_control(private=True, max_age=3600)
def figure(request: HttpRequest, course: str, lecture: str, name: str) -> HttpResponse:
    """A figure of a lecture, for those who may read it."""
    get_object_or_404(courses_for(request.user), slug=course)
    readable = lectures_for(request.user).filter(slug=lecture, courses__slug=course)
    file = figure_file(lecture, name) if readable.exists() else None
    if file is None:
        raise Http404
    return HttpResponse(file.read_bytes(), content_type="image/svg+xml")


@require_safe
def laboratories(request: HttpRequest) -> HttpResponse:
    """The laboratories that the person may use."""
    return render(request, "courses/laboratories.html", {"laboratories": laboratories_for(request.user)})


@require_safe
def laboratory(request: HttpRequest, slug: str) -> HttpResponse:
    """A laboratory on a page of its own."""
    shown = LABORATORIES.get(slug)
    taught_in = lecture_of(shown, request.user) if shown else None
    if taught_in is None:
        raise Http404
    place = places_for(request.user).filter(lecture=taught_in).select_related("course", "lecture", "section").first()
    return render(request, "courses/laboratory.html", {"laboratory": shown, "place": place})
