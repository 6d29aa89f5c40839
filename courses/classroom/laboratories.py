"""The laboratories: pages to play on, each an ES module of its slug below static/courses/laboratories."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from courses.catalog.models import Lecture
from courses.enrollment.access import Person, lectures_for


@dataclass(frozen=True)
class Laboratory:
    """One of them; `invitation` says what to do in it."""

    slug: str
    title: str
    invitation: str

    def get_absolute_url(self) -> str:
        return reverse("laboratory", args=[self.slug])


LABORATORIES = {
    laboratory.slug: laboratory
    for laboratory in (
        Laboratory(
            "bump",
            "Two steps make a bump",
            "Move the steps and the output weights of two hidden neurons, and see what they add up to.",
        ),
    )
}


def laboratories_for(person: Person) -> list[Laboratory]:
    """Those in a lecture that the person may read."""
    named = Q()
    for slug in LABORATORIES:
        named |= Q(body__contains=_directive(slug))
    bodies = list(lectures_for(person).filter(named).values_list("body", flat=True))
    return [lab for slug, lab in LABORATORIES.items() if any(_directive(slug) in body for body in bodies)]


def lecture_of(laboratory: Laboratory, person: Person) -> Lecture | None:
    """The first lecture with the laboratory that the person may read."""
    return lectures_for(person).filter(body__contains=_directive(laboratory.slug)).order_by("pk").first()


def _directive(slug: str) -> str:
    """How a lecture's text names the laboratory, to the end of its line."""
    return f"::: laboratory {slug}\n"
