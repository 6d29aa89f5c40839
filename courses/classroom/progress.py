"""How far a person is in a course: what was read, tried and mastered, and what to do next.

It is for the person alone, to learn by: there is no certificate, and nobody else is shown it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from courses.catalog.models import Course, SectionLecture
from courses.classroom.models import Reading
from courses.enrollment.access import Opening, openings_for
from courses.people.models import User


@dataclass(frozen=True)
class Work:
    """A lecture's exercises as a person has done them; next_title, next_url : the first that is not mastered."""

    exercises: int
    tried: int
    mastered: int
    next_title: str = ""
    next_url: str = ""


class State(StrEnum):
    """How far a person is in a lecture. Mastered: every exercise with full marks, and the lecture read."""

    NEW = ""
    READ = "read"
    TRIED = "tried"
    MASTERED = "mastered"


@dataclass(frozen=True)
class Step:
    """A lecture in a course, and how far the person is in it; `opening` where it is not open to them yet."""

    place: SectionLecture
    reading: Reading | None
    work: Work | None
    opening: Opening | None = None

    @property
    def state(self) -> State:
        work = self.work
        if self.reading and (work.mastered == work.exercises if work else self.reading.confidence == "sure"):
            return State.MASTERED
        if work and work.tried:
            return State.TRIED
        return State.READ if self.reading else State.NEW


@dataclass(frozen=True)
class Progress:
    """A person's way through a course: a step for each written lecture, in the order in which to take them."""

    steps: tuple[Step, ...]

    @property
    def read(self) -> int:
        return sum(step.reading is not None for step in self.steps)

    @property
    def mastered(self) -> int:
        return sum(step.state == State.MASTERED for step in self.steps)

    @property
    def states(self) -> dict[int, State]:
        """By the lecture's key."""
        return {step.place.lecture_id: step.state for step in self.steps}

    @property
    def next(self) -> Step | None:
        """Where to go on: the first lecture with something left, those that one wants to come back to last."""
        left = [step for step in self.steps if step.state != State.MASTERED and step.opening is None]
        done_for_now = [step for step in left if step.reading and not step.work]
        return next((step for step in left if step not in done_for_now), next(iter(done_for_now), None))

    @property
    def next_to_open(self) -> Step | None:
        """What opens next to the person."""
        ahead = [(step.opening.at, number) for number, step in enumerate(self.steps) if step.opening is not None]
        return self.steps[min(ahead)[1]] if ahead else None


WorkOf = Callable[[User, Collection[int]], dict[int, Work]]
_sources: list[WorkOf] = []


def register(work_of: WorkOf) -> None:
    """Ask `work_of(person, lectures)` for what the person has done of these lectures' exercises."""
    _sources.append(work_of)


def path(course: Course) -> list[SectionLecture]:
    """The course's lectures in the order in which to take them: the sections of its path first, then the others."""
    return course.in_order(course.places.outline())


def progress_of(person: User, places: Sequence[SectionLecture]) -> Progress:
    """The person's progress in these lectures, in this order; those not yet written are left out."""
    written = [place for place in places if place.lecture.written]
    lectures = [place.lecture_id for place in written]
    readings = {reading.lecture_id: reading for reading in Reading.objects.filter(person=person, lecture__in=lectures)}
    work = {key: done for work_of in _sources for key, done in work_of(person, lectures).items()}
    opens = openings_for(person)
    keyed = [(place, place.lecture_id) for place in written]
    return Progress(tuple(Step(place, readings.get(key), work.get(key), opens.get(key)) for place, key in keyed))
