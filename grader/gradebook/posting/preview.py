"""What students will see once scores are posted, before they are."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from courses.people.models import User
from grader.assignments.assignment import Assignment
from grader.gradebook.book import Book
from grader.gradebook.posting.posting import Line, lines_of
from grader.gradebook.scores import State
from grader.gradebook.words import counted


@dataclass
class Preview:
    """Of these assignments, what each student would see, and what is not ready yet."""

    book: Book
    chosen: Collection[int]

    @property
    def assignments(self) -> list[Assignment]:
        return [one for one in self.book.assignments if one.pk in self.chosen]

    @cached_property
    def shown(self) -> Book:
        """The book as students will see it: with these posted."""
        shown = Book(self.book.session, self.book.students, for_student=True)
        for one in shown.assignments:
            if one.pk in self.chosen:
                one.hidden = False
        return shown

    @property
    def rows(self) -> list[tuple[User, list[Line]]]:
        """Of each student the lines of their mail; none where they have nothing to see."""
        return [(student, lines_of(self.shown, student, self.chosen)) for student in self.book.students]

    @property
    def unready(self) -> list[str]:
        """Of each assignment what keeps it from being complete, as a sentence."""
        said = []
        for one in self.assignments:
            states = [self.book.score(one, student) for student in self.book.students]
            waiting = sum(each.state == State.WAITING and each.decided is None for each in states)
            unmarked = sum(each.state == State.UNMARKED and each.decided is None for each in states)
            parts = [f"{counted('work', waiting)} being graded"] if waiting else []
            parts += [f"{counted('work', unmarked)} without all marks of the rubric"] if unmarked else []
            if parts:
                said.append(f"{one}: {' and '.join(parts)}.")
        return said
