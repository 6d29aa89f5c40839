"""How people study: most keep up; some fall behind, each in a way of their own."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Habit:
    """A student's way through a session; chances and shares are from 0 to 1.

    skill : how likely an attempt is right. gives_up : how likely one that is not was the last.
    hands_in : how likely something comes for an assignment. late : how likely after it is due.
    works_for, comes_for : for which share of the session so far they work, and come to class.
    """

    skill: float = 0.55
    gives_up: float = 0.35
    hands_in: float = 0.99
    late: float = 0.06
    works_for: float = 1.0
    comes_for: float = 1.0


KEEN = Habit(skill=0.8, gives_up=0.15)
# As they are dealt to students: of so many people one is as the card says.
DECK = (
    *[KEEN] * 7,
    *[Habit()] * 9,
    *[Habit(skill=0.4, gives_up=0.5)] * 3,
    *[Habit(late=0.6)] * 2,
    Habit(hands_in=0.6),
    Habit(works_for=0.4, comes_for=0.6),
    Habit(skill=0.05, gives_up=0.12),
    Habit(comes_for=0.75),
)
