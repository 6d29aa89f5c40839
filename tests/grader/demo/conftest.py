"""A small school, made once as `make run` makes the large one, for all tests of this folder."""

import datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction

from courses.models import (
    Attendance,
    Booking,
    Enrollment,
    LectureRelease,
    Message,
    Posting,
    Reading,
    Session,
    User,
    Viewing,
    WaitingEntry,
)
from grader.models import Assignment, Extension, Submission

MORNING = datetime.datetime(2027, 3, 17, 9, tzinfo=datetime.UTC)
SMALL = ("--people", "30", "--sessions", "4")


def make(*arguments):
    told = StringIO()
    call_command("create_demo_school", *SMALL, *arguments, stdout=told)
    return told.getvalue()


@pytest.fixture(scope="package")
def loaded(django_db_setup, django_db_blocker, broker_of_run):
    """The course and the demo people."""
    broker_of_run.start()
    with django_db_blocker.unblock(), time_machine.travel(MORNING), transaction.atomic():
        for command in ("load_curriculum", "load_exercises", "create_demo_people"):
            call_command(command, stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _on_the_same_day(loaded, db):
    with time_machine.travel(MORNING + datetime.timedelta(hours=2), tick=False):
        yield


@pytest.fixture(scope="package")
def others(loaded):
    """What two other schools held, which are gone: one of the same seed, made later on the same day, one of another."""
    found = []
    for moment, *arguments in (MORNING + datetime.timedelta(hours=9),), (MORNING, "--seed", "4", "--without-grading"):
        with time_machine.travel(moment), transaction.atomic():
            make(*arguments)
            found.append(held())
            transaction.set_rollback(True)
    return found


@pytest.fixture(scope="package")
def made(loaded, others):
    """What the command said when it made the school that several tests look at."""
    with transaction.atomic():
        yield make()
        transaction.set_rollback(True)


def somebody(role):
    return User.objects.get(email=f"{role}@example.org")


def held():
    """What the school holds, without keys and secrets."""
    return [
        sorted(map(str, model.objects.values_list(*fields)))
        for model, *fields in (
            (User, "email", "name", "time_zone"),
            (Session, "slug", "seats_taken"),
            (Enrollment, "user__email", "session__slug", "enrolled_at", "withdrawn_at", "ending"),
            (Posting, "order__buyer__email", "account", "amount", "transaction__at", "transaction__reference"),
            (WaitingEntry, "user__email", "joined_at", "outcome"),
            (Attendance, "person__email", "meeting__starts_at", "status", "joined_at"),
            (LectureRelease, "session__slug", "lecture__slug", "opens_at"),
            (Booking, "student__email", "hour__host__email", "hour__starts_at", "about", "booked_at"),
            (Viewing, "person__email", "seconds"),
            (Reading, "person__email", "lecture__slug", "confidence"),
            (Message, "author__email", "text", "sent_at"),
            (Assignment, "session__slug", "exercise__slug", "due_at", "weight", "late_percent", "hidden"),
            (Extension, "student__email", "assignment__exercise__slug", "due_at", "granted_by__email", "granted_at"),
            (Submission, "student__email", "exercise__slug", "source", "seed", "queued_at", "result__score"),
        )
    ]
