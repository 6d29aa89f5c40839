"""What stands in a person's calendar beside meetings: other slices say here what they have for it."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from courses.people.models import User


@dataclass(frozen=True)
class Appointment:
    """Something at which the person is to be; its times are shown by the clocks of `time_zone`.

    name : what is never the same of two of them, such as "booking-7". sequence, changed_at : of its last change.
    url : the address of its page, from the site's own root on.
    """

    name: str
    summary: str
    description: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    time_zone: str
    where: str
    url: str
    sequence: int
    changed_at: datetime.datetime


AppointmentsOf = Callable[[User], Iterable[Appointment]]
_sources: list[AppointmentsOf] = []


def register(appointments_of: AppointmentsOf) -> None:
    """Have in each person's calendar what `appointments_of(person)` gives."""
    _sources.append(appointments_of)


def appointments_of(person: User) -> list[Appointment]:
    """All that other slices have for the person's calendar."""
    return [appointment for source in _sources for appointment in source(person)]
