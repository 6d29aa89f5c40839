"""What else ends with a seat, in slices that this one does not know: they say here what they do then."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from courses.enrollment.models import Enrollment

_deeds: list[Callable[["Enrollment"], None]] = []


def register(deed: Callable[["Enrollment"], None]) -> None:
    """Do this with each enrollment that ends, in the transaction that ends it, with its session locked."""
    _deeds.append(deed)


def follow(enrollment: "Enrollment") -> None:
    """Do all that is to be done once the enrollment has ended."""
    for deed in _deeds:
        deed(enrollment)
