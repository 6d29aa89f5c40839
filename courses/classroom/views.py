"""What those who belong to a course see."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from courses.catalog.models import SectionLecture
from courses.classroom.figures import figure_file
from courses.classroom.laboratories import LABORATORIES, laboratories_for, lecture_of
from courses.enrollment.access import courses_for, lectures_for


@require_safe
def lecture(request: HttpRequest, course: str, lecture: str) -> HttpResponse:
    """A lecture's text between the one before and the one after; those not yet written are skipped."""
    shown = get_object_or_404(courses_for(request.user), slug=course)
    places = list(SectionLecture.objects.filter(course=shown).select_related("section", "lecture", "course"))
    place = next((p for p in places if p.lecture.slug == lecture), None)
    if place is None or not lectures_for(request.user).filter(pk=place.lecture_id).exists():
        raise Http404
    at = places.index(place)
    context = {
        "course": shown,
        "place": place,
        "places": places,
        "lecture": place.lecture,
        "previous": next((p for p in reversed(places[:at]) if p.lecture.written), None),
        "next": next((p for p in places[at + 1 :] if p.lecture.written), None),
    }
    return render(request, "courses/lecture.html", context)


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
    place = SectionLecture.objects.filter(lecture=taught_in, course__in=courses_for(request.user)).select_related(
        "course", "lecture", "section"
    ).first()  # fmt: skip
    return render(request, "courses/laboratory.html", {"laboratory": shown, "place": place})
