"""A course's outline as pages show it to a person: which lectures are open to them, and when the others open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from courses.catalog.models import Course, Section, SectionLecture
from courses.classroom.progress import path
from courses.enrollment.access import Opening, Person, lectures_for, openings_for


@dataclass(frozen=True)
class Outline:
    """A course's lectures in the order in which to take them; those in `readable`, by their keys, are links.

    opens : when a lecture opens to the person that is not open yet, by its key.
    """

    course: Course
    places: Sequence[SectionLecture]
    readable: frozenset[int]
    opens: Mapping[int, Opening]

    @property
    def sections(self) -> list[tuple[Section, list[SectionLecture]]]:
        """As the catalog has them, each with its lectures."""
        sections = self.course.sections.all()
        return [(section, [p for p in self.places if p.section_id == section.pk]) for section in sections]

    @property
    def start(self) -> SectionLecture | None:
        """The first lecture that can be read."""
        return next((place for place in self.places if place.lecture_id in self.readable), None)

    def around(self, place: SectionLecture) -> tuple[SectionLecture | None, SectionLecture | None]:
        """The nearest lectures before and after it that can be read."""
        at = self.places.index(place)
        before = next((p for p in reversed(self.places[:at]) if p.lecture_id in self.readable), None)
        after = next((p for p in self.places[at + 1 :] if p.lecture_id in self.readable), None)
        return before, after


def outline_of(course: Course, person: Person) -> Outline:
    """The course's outline for the person."""
    return Outline(course, path(course), readable_by(person), openings_for(person))


def readable_by(person: Person) -> frozenset[int]:
    """Lectures that are written, and that the person may read, by their keys."""
    return frozenset(lectures_for(person).filter(written=True).values_list("pk", flat=True))
