"""What all parts of the demo draw from: one generator, one moment that counts as now, and the people."""

import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from courses.models import Course, Instructor, User
from grader.demo.habits import DECK, KEEN, Habit


@dataclass(frozen=True)
class Cast:
    """The demo people who sign in, as `create_demo_people` makes them."""

    student: User
    assistant: User
    instructor: User
    admin: User


@dataclass
class School:
    """The school in the making. The same seed on the same day gives the same one.

    now : when the day began (UTC); nothing has happened since.
    """

    rng: random.Random
    now: datetime.datetime
    course: Course
    cast: Cast
    instructors: list[Instructor] = field(default_factory=list)
    assistants: list[User] = field(default_factory=list)
    students: list[User] = field(default_factory=list)
    deck: list[Habit] = field(default_factory=list)
    habits: dict[User, Habit] = field(default_factory=dict)

    @property
    def today(self) -> datetime.date:
        return self.now.date()

    def teacher_of(self, number: int) -> User:
        """Who signs in for this one of the instructors."""
        user = self.instructors[number].user
        assert user is not None
        return user

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def habit_of(self, student: User) -> Habit:
        """How the student studies, dealt from a deck when it is first asked, so that a small class has all kinds."""
        if student not in self.habits:
            if not self.deck:
                self.deck = self.rng.sample(DECK, len(DECK))
            self.habits[student] = KEEN if student == self.cast.student else self.deck.pop()
        return self.habits[student]

    def moment(self, first: datetime.datetime, last: datetime.datetime) -> datetime.datetime:
        """Some whole second from `first` to `last`, so far as it is past."""
        last = min(last, self.now - datetime.timedelta(hours=2))
        first = min(first, last).replace(microsecond=0)
        return first + datetime.timedelta(seconds=self.rng.randint(0, int((last - first).total_seconds())))


class Pool:
    """Students to choose from: those who have no seat anywhere come first, so that everybody has something."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.fresh = school.rng.sample(school.students, len(school.students))
        self.known: list[User] = []

    def take(self, number: int, but: Sequence[User] = ()) -> list[User]:
        """So many different people, at most; `but` : whom not to take."""
        rng, left_out = self.school.rng, {user.pk for user in but}
        chosen: list[User] = []
        returning = [user for user in self.known if user.pk not in left_out]
        rng.shuffle(returning)
        while len(chosen) < number and (self.fresh or returning):
            if returning and (not self.fresh or self.school.chance(0.05)):
                chosen.append(returning.pop())
            else:
                chosen.append(self.fresh.pop())
        new = set(chosen).difference(self.known)
        self.known += [user for user in chosen if user in new]
        return chosen
