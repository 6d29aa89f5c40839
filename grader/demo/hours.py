"""Office hours of sessions that run: those of the weeks that are over, most of them booked, and some to come."""

import datetime
from collections.abc import Iterator

from courses.classroom.meetings.models import wall_time
from courses.models import Booking, OfficeHour, User
from grader.demo.meetings import over
from grader.demo.school import School
from grader.demo.sessions import CITIES, Batch

NOON = datetime.time(12, 30)
LENGTH = datetime.timedelta(minutes=20)
# Slots in a row that a teacher opens; how many come to the one that an assistant opens; for how many weeks to come.
SLOTS, PLACES, WEEKS_AHEAD = 3, 4, 2
DAY = datetime.timedelta(days=1)
# How likely a place is booked, in a week that is over and in one to come.
PAST, TO_COME = 0.7, 0.35
ABOUT = (
    "I get the shapes of the backward step wrong, again and again",
    "Which attempt counts, and what lateness costs me",
    "A walk through the chain rule with two layers",
    "Why my gradient check passes and the examiner’s does not",
    "What to read beside the lectures",
    "I fell behind: what should I do first?",
)


def open_hours(school: School, batch: Batch) -> None:
    """Those of who teaches on the day after a week's first class, those of who assists after its second."""
    if not over(school, batch) or batch.session.ends_on < school.today:
        return
    batch.hours = [hour for hour in planned(school, batch) if hour.ends_at.date() <= batch.session.ends_on]
    others, bookings = [one for one in batch.members if one != school.cast.student], []
    for hour in batch.hours:
        chance = PAST if hour.starts_at < school.now else TO_COME
        number = sum(school.chance(chance) for _ in range(hour.capacity))
        bookings += [book(school, hour, student) for student in school.rng.sample(others, min(number, len(others)))]
    bookings += of_demo_student(school, batch)
    OfficeHour.objects.bulk_create(batch.hours)
    Booking.objects.bulk_create(bookings)


def planned(school: School, batch: Batch) -> Iterator[OfficeHour]:
    """All of them, by week."""
    plan, session = batch.plan, batch.session
    assistant = None if plan.assistant is None else school.assistants[plan.assistant]
    for week in range((school.today - session.starts_on).days // 7 + 1 + WEEKS_AHEAD):
        begins = session.starts_on + week * 7 * DAY
        for slot in range(SLOTS):
            yield new_hour(batch, school.teacher_of(plan.teacher), begins + DAY, slot)
        if assistant is not None:
            yield new_hour(batch, assistant, begins + (1 + plan.days[1] - plan.days[0]) * DAY, capacity=PLACES)


def new_hour(batch: Batch, host: User, day: datetime.date, slot: int = 0, capacity: int = 1) -> OfficeHour:
    """A slot of twenty minutes at noon of the session's clocks; one for several is thrice as long."""
    starts_at = wall_time(day, NOON, batch.session.time_zone) + slot * LENGTH
    ends_at = starts_at + LENGTH * (1 if capacity == 1 else 3)
    place = {"room": CITIES[batch.plan.place][1]} if batch.plan.place else {"join_url": batch.meetings[0].join_url}
    return OfficeHour(
        session=batch.session, host=host, starts_at=starts_at, ends_at=ends_at, capacity=capacity,
        changed_at=batch.meetings[0].changed_at, **place,
    )  # fmt: skip


def book(school: School, hour: OfficeHour, student: User) -> Booking:
    """A place in it, taken in the days before."""
    at = school.moment(hour.starts_at - 12 * DAY, hour.starts_at - DAY / 4)
    hour.booked, hour.sequence, hour.changed_at = hour.booked + 1, hour.sequence + 1, max(hour.changed_at, at)
    return Booking(hour=hour, student=student, about=school.rng.choice(ABOUT), booked_at=at)


def of_demo_student(school: School, batch: Batch) -> list[Booking]:
    """The next slot that is free, in the demo student's own session."""
    if school.cast.student not in batch.members:
        return []
    free = [hour for hour in batch.hours if hour.starts_at > school.now + DAY and not hour.booked]
    return [book(school, hour, school.cast.student) for hour in free[:1]]
