"""Makes the whole school, one phase after another, all of it or nothing."""

import datetime
import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.models import Course, Enrollment, Session, User
from courses.people import audit
from grader.demo import (
    assignments,
    hours,
    meetings,
    orders,
    people,
    questions,
    readings,
    recordings,
    releases,
    review,
    scores,
    sessions,
    submissions,
    trail,
    waiting,
)
from grader.demo.books import Books
from grader.demo.school import Pool, School
from grader.demo.sessions import Batch
from grader.models import Exercise

COURSE = "neural-networks-fundamentals"
MADE = "made the demo school"
Told = Callable[[str, Sequence[Any]], Iterable[Any]]


class DemoRefused(Exception):
    """The demo school cannot be made here; the message says why, and what to do."""


def is_made() -> bool:
    """Whether the demo school is here; the audit trail says so."""
    return audit.Change.objects.filter(what__startswith=MADE).exists()


@transaction.atomic
def make(seed: int, people_wanted: int, sessions_wanted: int, *, grading: bool, told: Told) -> None:
    """Make a school of so many people and sessions.

    grading : whether the sandbox can run; without it nobody has handed anything in.
    told : shows a phase while its items are gone through.
    Raises DemoRefused.
    """
    school = begin(seed)
    people.make_people(school, people_wanted)
    plans = sessions.PLANS[:sessions_wanted]
    batches = [sessions.make_session(school, plan) for plan in told("Sessions", plans)]
    drafts = (batch.session for batch in batches if batch.session.state == Session.State.DRAFT)
    people.invite_staff(school, next(drafts, None))
    for batch in told("Timetables", batches):
        meetings.make_timetable(school, batch)
        releases.release(batch)
    books = enroll(school, batches, told)
    for batch in told("Attendance and announcements", batches):
        meetings.take_attendance(school, batch)
        meetings.announce(school, batch)
        readings.read(school, batch)
        questions.ask(school, batch)
        hours.open_hours(school, batch)
    with recordings.Film() as film:
        for batch in told("Recordings", batches):
            recordings.record_classes(school, batch, film)
    trail.leave_trail(school, books, batches)
    assignments.assign(school, batches)
    if grading:
        submissions.hand_in_and_grade(school, batches, told)
        review.review(school, batches[0])
    scores.decide(school, batches)
    audit.record(school.cast.admin, f"{MADE} with the seed {seed}")


def begin(seed: int) -> School:
    """The school as it is before anybody comes. Raises DemoRefused."""
    if Enrollment.objects.exists():
        raise DemoRefused(
            "People are enrolled here already, and the demo would mingle with them. Name another data folder: "
            "GRADUS_DATA=/path/to/folder"
        )
    course = Course.objects.filter(slug=COURSE).first()
    if course is None or not Exercise.objects.exists():
        raise DemoRefused("The course is not here yet. Run manage.py load_curriculum, then manage.py load_exercises.")
    cast = people.cast()
    if cast is None:
        raise DemoRefused("The demo people are not here yet. Run manage.py create_demo_people first.")
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return School(random.Random(seed), today, course, cast)  # noqa: S311 - no secret is drawn from it


def enroll(school: School, batches: Sequence[Batch], told: Told) -> Books:
    """Everybody's seats, in the order in which the sessions were held, with the money for them."""
    books, pool, vouchers = Books(school.cast.admin), Pool(school), orders.make_vouchers(school)
    for batch in told("Enrollments and payments", sorted(batches, key=lambda one: one.session.starts_on)):
        orders.fill(school, books, pool, vouchers, batch)
    orders.move(school, books, list(batches))
    books.write()
    for voucher in vouchers:
        voucher.save(update_fields=["uses"])
    for batch in told("Waiting lists", batches):
        waiting.make_waiting_list(school, pool, batch)
        count_seats(batch)
    people.settle_in(school.rng, first_seen(batches))
    return books


def count_seats(batch: Batch) -> None:
    """Seats that are taken: by people, by orders whose seats nobody has taken yet, by offers."""
    active = [one for one in batch.enrollments if one.is_active]
    unclaimed = sum(order.seats_open for order in batch.session.orders.all()) - len(active)
    taken = len(active) + unclaimed + waiting.open_offers(batch)
    Session.objects.filter(pk=batch.session.pk).update(seats_taken=taken)


def first_seen(batches: Sequence[Batch]) -> dict[User, datetime.datetime]:
    """When each person first did something here."""
    seen: dict[User, datetime.datetime] = {}
    for batch in batches:
        enrolled = [(one.user, one.enrolled_at) for one in batch.enrollments]
        for user, at in [*enrolled, *((one.user, one.joined_at) for one in batch.waiting)]:
            seen[user] = min(at, seen.get(user, at))
    return seen
