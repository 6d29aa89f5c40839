"""A session with an assignment, and the small cast around it. Nothing is graded here: results are written as rows."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from courses.models import Course, Enrollment, Instructor, Lecture, Section, SectionLecture, Session, User
from grader.models import Assignment, Exercise, Result, Submission
from grader.results import CheckResult, Report

# Of the exercise “backpropagation”, as its folder has them.
FULL = {
    "One layer": 2,
    "Layers of equal width": 3,
    "Layers of unequal width": 3,
    "A batch of one": 1,
    "Single precision": 1,
}
SOURCE = "import numpy as np\n\ndef backprop(weights, biases, x, y):\n    return weights, biases\n"


def person(name: str, **values: Any) -> User:
    user = User(email=f"{name}@example.org", name=name.capitalize(), **values)
    user.set_unusable_password()
    user.save()
    return user


@pytest.fixture
def exercise(db) -> Exercise:
    lecture = Lecture.objects.create(slug="back-propagation", title="Back-propagation")
    course = Course.objects.create(slug="course", title="Course")
    section = Section.objects.create(course=course, slug="s", title="S", position=1)
    SectionLecture.objects.create(course=course, section=section, lecture=lecture, position=1)
    return Exercise.objects.create(
        slug="backpropagation", version="1", title="Back-propagation", lecture=lecture, points=10, flavor="numpy",
        wall_seconds=10, statement="S", starter="s",
    )  # fmt: skip


@pytest.fixture
def new_session(exercise) -> Callable[..., Session]:
    """Make a session of the course: online, published, begun today, unless said otherwise."""

    def new(slug: str = "now", **values: Any) -> Session:
        today = timezone.now().date()
        return Session.objects.create(**{
            "course": Course.objects.get(), "slug": slug, "modality": "online", "time_zone": "America/New_York",
            "seats": 30, "price": 10, "published": True, "starts_on": today,
            "ends_on": today + datetime.timedelta(days=60), **values,
        })  # fmt: skip

    return new


@pytest.fixture
def instructor(db) -> User:
    user = person("instructor")
    Instructor.objects.create(slug="instructor", name="Ida Instructor", user=user)
    return user


@pytest.fixture
def assistant(db) -> User:
    return person("assistant")


@pytest.fixture
def session(new_session, instructor, assistant) -> Session:
    """The session that the instructor runs and the assistant assists in."""
    session = new_session()
    session.instructors.add(instructor.instructor)
    session.assistants.add(assistant)
    return session


@pytest.fixture
def enroll() -> Callable[[User, Session], Enrollment]:
    """Seat somebody without an order."""
    return lambda user, session: Enrollment.objects.create(user=user, session=session)


@pytest.fixture
def student(session, enroll) -> User:
    """Has a seat in the session."""
    user = person("student", time_zone="Europe/Berlin")
    enroll(user, session)
    return user


@pytest.fixture
def other(session, enroll) -> User:
    """Another student of the session."""
    user = person("other")
    enroll(user, session)
    return user


@pytest.fixture
def stranger(new_session) -> User:
    """Teaches another session of the course."""
    user = person("stranger")
    Instructor.objects.create(slug="stranger", name="Sam Stranger", user=user)
    new_session("elsewhere").instructors.add(user.instructor)
    return user


@pytest.fixture
def admin(db) -> User:
    return person("admin", is_superuser=True)


@pytest.fixture
def assignment(session, exercise) -> Assignment:
    """The exercise, in the session, with scores that are shown at once."""
    return Assignment.objects.create(session=session, exercise=exercise)


def handed_in(student: User, exercise: Exercise, source: str = SOURCE, **values: Any) -> Submission:
    """A submission that waits."""
    return Submission.objects.create(student=student, exercise=exercise, source=source, **values)


def graded(
    student: User, exercise: Exercise, marks: dict[str, float], *, full: dict[str, float] = FULL,
    hidden: tuple[str, ...] = (), source: str = SOURCE,
) -> Submission:  # fmt: skip
    """A submission with a result: these marks, 0 for checks that are not named."""
    submission = handed_in(student, exercise, source)
    checks = tuple(
        CheckResult(
            name=name, points=marks.get(name, 0), max_points=most, passed=marks.get(name, 0) == most,
            visibility="hidden" if name in hidden else "public", message="" if marks.get(name) == most else "Look again.",
        )
        for name, most in full.items()
    )  # fmt: skip
    report = Report(
        exercise=exercise.slug, version="1", seed=1, outcome="ok", score=sum(c.points for c in checks),
        max_score=sum(full.values()), checks=checks,
    )  # fmt: skip
    submission.attempt = 1
    submission.result = Result.add(submission, report)
    submission.status = Submission.Status.GRADED
    submission.save(update_fields=["attempt", "result", "status"])
    return submission
