"""A session in New York over the whole of 2027, three exercises of its course, and the small cast. It is March 1."""

import datetime

import pytest
import time_machine

from courses.models import Course, Enrollment, Instructor, Lecture, Section, SectionLecture, Session, User
from grader.models import Assignment, Exercise, Result, Submission

NOW = datetime.datetime(2027, 3, 1, 17, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_march(db):
    with time_machine.travel(NOW, tick=False):
        yield


def person(name, **fields):
    return User.objects.create(email=f"{name}@example.org", name=name.capitalize(), password="!", **fields)


@pytest.fixture
def course():
    """With three lectures, the last one first in its outline, and an exercise of each."""
    course = Course.objects.create(slug="networks", title="Neural networks")
    section = Section.objects.create(course=course, slug="s", title="S", position=1)
    for position, slug in enumerate(["sums", "products", "chains"], 1):
        lecture = Lecture.objects.create(slug=slug, title=slug.capitalize(), body="Text")
        SectionLecture.objects.create(course=course, section=section, lecture=lecture, position=4 - position)
        new_exercise(lecture)
    return course


def new_exercise(lecture, slug=None):
    slug = slug or f"{lecture.slug}-exercise"
    return Exercise.objects.create(
        slug=slug, version="1", title=slug.replace("-", " ").capitalize(), lecture=lecture, points=10,
        flavor="numpy", wall_seconds=10,
    )  # fmt: skip


@pytest.fixture
def new_session(course):
    def new(slug="year", **values):
        return Session.objects.create(**{
            "course": course, "slug": slug, "modality": "online", "time_zone": "America/New_York", "seats": 50,
            "price": 0, "published": True, "starts_on": datetime.date(2027, 1, 1), "ends_on": datetime.date(2027, 12, 31),
            **values,
        })  # fmt: skip

    return new


@pytest.fixture
def session(new_session, instructor, assistant, student):
    """The session that the instructor runs, and in which the student has a seat."""
    session = new_session()
    session.instructors.add(instructor.instructor)
    session.assistants.add(assistant)
    Enrollment.objects.create(user=student, session=session)
    return session


@pytest.fixture
def student():
    return person("student", time_zone="Europe/Berlin")


@pytest.fixture
def other(session):
    """Another student of the session."""
    other = person("other")
    Enrollment.objects.create(user=other, session=session)
    return other


@pytest.fixture
def instructor():
    user = person("instructor", time_zone="America/New_York")
    Instructor.objects.create(slug="instructor", name="Ida Instructor", user=user)
    return user


@pytest.fixture
def assistant():
    return person("assistant")


@pytest.fixture
def exercise(course):
    return Exercise.objects.get(slug="sums-exercise")


@pytest.fixture
def assignment(session, exercise):
    """Due a week ago, with a day of grace, 10 percent a day, for three days."""
    return Assignment.objects.create(
        session=session, exercise=exercise, due_at=NOW - 7 * DAY, grace_days=1, late_days=3, late_percent=10
    )


@pytest.fixture
def runs(client, instructor):
    client.force_login(instructor)
    return client


def hand_in(student, exercise, at=None, score=None):
    """A submission, with a score where there is one."""
    submission = Submission.objects.create(student=student, exercise=exercise, source="x", queued_at=at or NOW)
    if score is not None:
        result = Result.objects.create(
            submission=submission, number=1, attempt=1, exercise_version="1", outcome="ok", score=score, max_score=10,
            open_score=min(score, 8), open_max_score=8, data={},
        )  # fmt: skip
        Submission.objects.filter(pk=submission.pk).update(result=result, status="graded")
        submission.refresh_from_db()
    return submission


@pytest.fixture
def admin():
    return person("admin", is_superuser=True, is_staff=True)
