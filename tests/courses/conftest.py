"""A course with a session, and the small cast around it."""

import datetime
import zoneinfo
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from courses.models import Course, Instructor, Session, User

NEW_YORK = zoneinfo.ZoneInfo("America/New_York")


@pytest.fixture
def course(db) -> Course:
    return Course.objects.create(slug="networks", title="Neural networks")


@pytest.fixture
def new_session(course) -> Callable[..., Session]:
    """Make a session of the course: online, published, begun today, for 100 dollars, unless said otherwise."""

    def new(slug: str = "now", **values: Any) -> Session:
        today = timezone.now().astimezone(NEW_YORK).date()
        return Session.objects.create(**{
            "course": course, "slug": slug, "modality": "online", "time_zone": "America/New_York", "seats": 5,
            "price": 100, "published": True, "starts_on": today, "ends_on": today + datetime.timedelta(days=60), **values,
        })  # fmt: skip

    return new


@pytest.fixture
def session(new_session, instructor, assistant) -> Session:
    """The session that the instructor runs and the assistant assists in."""
    session = new_session()
    session.instructors.add(instructor.instructor)
    session.assistants.add(assistant)
    return session


def person(name: str, **fields: Any) -> User:
    return User.objects.create_user(f"{name}@example.org", "a long password", name=name.capitalize(), **fields)


@pytest.fixture
def student(db) -> User:
    return person("student", time_zone="Europe/Berlin")


@pytest.fixture
def other(db) -> User:
    """Another student."""
    return person("other")


@pytest.fixture
def assistant(db) -> User:
    return person("assistant")


@pytest.fixture
def instructor(db) -> User:
    """Teaches `session`."""
    user = person("instructor", time_zone="America/New_York")
    Instructor.objects.create(slug="instructor", name="Ida Instructor", user=user)
    return user


@pytest.fixture
def stranger(db) -> User:
    """An instructor of no session of ours."""
    user = person("stranger")
    Instructor.objects.create(slug="stranger", name="Sam Stranger", user=user)
    return user


@pytest.fixture
def admin(db) -> User:
    return User.objects.create_superuser("admin@example.org", "a long password", name="Admin")
