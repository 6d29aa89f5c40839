"""What those who belong to a course see."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses.catalog.models import SectionLecture
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
