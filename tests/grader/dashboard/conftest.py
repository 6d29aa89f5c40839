"""A course with two exercises and a session that runs, its people, and work of theirs as workers leave it."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.utils import timezone

from courses.models import Course, Enrollment, Instructor, Lecture, Section, SectionLecture, Session, User
from grader.models import Assignment, Exercise, Finding, Result, Submission
from grader.results import Outcome, Report

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
NOW = datetime.datetime(2026, 11, 26, 15, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock(time_machine, settings):
    """It is Thursday afternoon, and the school's days are those of New York."""
    settings.SCHOOL_TIME_ZONE = "America/New_York"
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def course(db) -> Course:
    course = Course.objects.create(slug="networks", title="Neural networks")
    section = Section.objects.create(course=course, slug="s", title="S", position=1)
    for position, slug in enumerate(("back-propagation", "activation-functions"), 1):
        lecture = Lecture.objects.create(slug=slug, title=slug.capitalize(), body="Text")
        SectionLecture.objects.create(course=course, section=section, lecture=lecture, position=position)
    return course


def exercise_of(slug: str, lecture: str, flavor: str = "numpy") -> Exercise:
    return Exercise.objects.create(
        slug=slug, version="1", title=slug.capitalize(), lecture=Lecture.objects.get(slug=lecture), points=10,
        flavor=flavor, wall_seconds=10,
    )  # fmt: skip


@pytest.fixture
def exercise(course) -> Exercise:
    return exercise_of("backpropagation", "back-propagation")


@pytest.fixture
def second(course) -> Exercise:
    return exercise_of("activations", "activation-functions", "tensorflow")


@pytest.fixture
def people(db) -> dict[str, User]:
    """By name; nobody signs in with a password. Ida teaches the session, Sam another one, Asa assists, Ada runs all."""
    names = ("ann", "ben", "cleo", "ida", "sam", "asa", "ada")
    User.objects.bulk_create(
        User(email=f"{name}@example.org", name=name.capitalize(), password="!", is_superuser=name == "ada",
             is_staff=name == "ada")
        for name in names
    )  # fmt: skip
    found = {user.name.lower(): user for user in User.objects.all()}
    for name in ("ida", "sam"):
        Instructor.objects.create(slug=name, name=name.capitalize(), user=found[name])
    return found


@pytest.fixture
def new_session(course) -> Callable[..., Session]:
    """Make an online session that began four weeks ago, unless said otherwise, with these people."""

    def new(slug: str = "now", members: Sequence[User] = (), **values: Any) -> Session:
        today = timezone.now().date()
        session = Session.objects.create(**{
            "course": course, "slug": slug, "modality": "online", "time_zone": "America/New_York", "seats": 50,
            "price": 0, "published": True, "starts_on": today - 28 * DAY, "ends_on": today + 28 * DAY, **values,
        })  # fmt: skip
        Enrollment.objects.bulk_create(
            Enrollment(user=one, session=session, enrolled_at=timezone.now() - 28 * DAY) for one in members
        )
        return session

    return new


@pytest.fixture
def session(new_session, people) -> Session:
    """Ann, Ben and Cleo attend it."""
    session = new_session(members=[people[name] for name in ("ann", "ben", "cleo")])
    session.instructors.add(people["ida"].instructor)
    session.assistants.add(people["asa"])
    return session


@pytest.fixture
def assign(session) -> Callable[..., Assignment]:
    def assign(exercise: Exercise, due: datetime.datetime | None = None, **values: Any) -> Assignment:
        return Assignment.objects.create(**{"session": session, "exercise": exercise, "due_at": due, **values})

    return assign


def hand_in(
    student: User, exercise: Exercise, at: datetime.datetime = NOW, score: float | None = 10.0, *,
    outcome: str = "ok", waited: float = 1.0, took: float = 2.0, codes: Sequence[str] = (), **values: Any,
) -> Submission:  # fmt: skip
    """A submission with its result, as the worker leaves it; score None: it is not graded."""
    graded = score is not None
    one = Submission.objects.create(student=student, exercise=exercise, source="x", queued_at=at, **values)
    if graded:
        grade(one, score, outcome=outcome, waited=waited, took=took, codes=codes)
    return one


def grade(
    one: Submission, score: float, *, at: datetime.datetime | None = None, outcome: str = "ok",
    waited: float | None = 1.0, took: float = 2.0, codes: Sequence[str] = (),
) -> Result:  # fmt: skip
    """A further result of a submission; it is graded when it was claimed and done, unless said otherwise."""
    number = one.results.count() + 1
    done = one.queued_at + datetime.timedelta(seconds=(waited or 0) + took)
    result = Result.objects.create(
        submission=one, number=number, attempt=number, graded_at=at or done, exercise_version="1", outcome=outcome,
        score=score, max_score=10, open_score=score, open_max_score=10, took_seconds=took,
        waited_seconds=waited if number == 1 else None,
        data=Report(one.exercise.slug, "1", 0, Outcome(outcome), score, 10).to_dict(),
    )  # fmt: skip
    Finding.objects.bulk_create(Finding(result=result, code=code, check_name="gradients") for code in codes)
    Submission.objects.filter(pk=one.pk).update(status="graded", result=result, finished_at=result.graded_at)
    return result
