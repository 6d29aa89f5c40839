import datetime

import pytest
from django.utils import timezone

from courses.models import Course, Lecture, Section, SectionLecture, Session, User
from grader.exercises import load
from grader.models import Exercise


@pytest.fixture
def student(db):
    return User.objects.create_user("student@example.org", "a long password")


@pytest.fixture
def exercise(db):
    lecture = Lecture.objects.create(slug="back-propagation", title="Back-propagation")
    course = Course.objects.create(slug="course", title="Course")
    section = Section.objects.create(course=course, slug="s", title="S", position=1)
    SectionLecture.objects.create(course=course, section=section, lecture=lecture, position=1)
    folder = load("backpropagation")
    return Exercise.objects.create(
        slug=folder.slug, version=folder.version, title=folder.title, lecture=lecture, points=folder.points,
        flavor=folder.flavor, wall_seconds=10, statement=folder.statement, starter=folder.starter,
    )  # fmt: skip


@pytest.fixture
def session(exercise):
    today = timezone.now().date()
    return Session.objects.create(
        course=Course.objects.get(), slug="online", modality="online", time_zone="UTC", seats=1, price=10,
        starts_on=today, ends_on=today + datetime.timedelta(days=9), published=True,
    )  # fmt: skip


@pytest.fixture
def enrolled(client, student, session):
    client.force_login(student)
    client.post(f"{session.get_absolute_url()}enroll/")
    return client
