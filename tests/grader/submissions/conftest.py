import pytest

from courses.models import Course, Lecture, Section, SectionLecture, User
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
