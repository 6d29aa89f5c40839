"""What follows where a regrade gives a submission other marks, so that this slice needs to know of none of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.submissions.models import Result, Submission

Follow = Callable[["Submission", "Result", "Result"], None]
_following: list[Follow] = []


def register(follow: Follow) -> None:
    """Call `follow(submission, before, after)` in the transaction in which a result takes the place of another."""
    _following.append(follow)


def tell(submission: "Submission", before: "Result", after: "Result") -> None:
    """Where the marks of any check are not what they were. The submission has the later result already."""
    if before.marks_by_check != after.marks_by_check or before.marks != after.marks:
        for follow in _following:
            follow(submission, before, after)
