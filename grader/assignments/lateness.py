"""What handing in late costs: arithmetic alone, of a due date and a rule."""

import datetime
from dataclasses import dataclass, replace

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class LateRule:
    """When work is due, and what of its marks counts later. Without a due date nothing is late.

    A day is 24 hours, over a change of the clocks too.

    grace_days : so many days late cost nothing.
    percent : of the marks earned that each further day, once begun, takes away.
    late_days : for so many days after the due date work counts at all, grace days among them.
    """

    due: datetime.datetime | None
    grace_days: int = 0
    percent: int = 0
    late_days: int = 0

    def __post_init__(self) -> None:
        # Two moments of one time zone would be subtracted by what its clocks show, an hour off over their change.
        if self.due is not None:
            object.__setattr__(self, "due", self.due.astimezone(datetime.UTC))

    @property
    def closes(self) -> datetime.datetime | None:
        """Until when work counts; None: as long as it is taken."""
        return self.due and self.due + self.late_days * DAY

    def extended(self, due: datetime.datetime | None) -> "LateRule":
        """The same with a later due date; an earlier one changes nothing."""
        return replace(self, due=due) if self.due and due and due > self.due else self

    def days_late(self, handed_in: datetime.datetime) -> int:
        """Days begun after the due date: 0 up to it, 1 within 24 hours after it."""
        return 0 if self.due is None else max(0, -((self.due - handed_in) // DAY))

    def penalty(self, handed_in: datetime.datetime) -> int:
        """Percent of the marks earned that lateness takes away, 0 to 100; 100 where work counts no more."""
        days = self.days_late(handed_in)
        if days > self.late_days:
            return 100
        return min(100, max(0, days - self.grace_days) * self.percent)

    def counts(self, handed_in: datetime.datetime) -> bool:
        """Whether what was handed in then counts at all."""
        return self.days_late(handed_in) <= self.late_days

    def marks(self, earned: float, handed_in: datetime.datetime) -> float:
        """What of the marks earned counts."""
        # Rounded, 0.007 * 100 / 100 is more than 0.007.
        return min(earned, earned * (100 - self.penalty(handed_in)) / 100)
