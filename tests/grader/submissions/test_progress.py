"""What a person has read, tried and mastered, and what to do next: on their own page, in the outline, in the lecture."""

import re

import pytest

from courses.classroom.progress import State, path, progress_of
from courses.models import Course, Lecture, Reading, Section, SectionLecture, User
from grader.assignments.models import Exercise
from grader.exercises import load
from grader.grading import grade
from grader.models import Submission

BACKPROPAGATION = load("backpropagation")
LECTURE = "/courses/course/lectures/back-propagation/"


@pytest.fixture
def course(enrolled):
    """A lecture with an exercise, in the section that is taken second; one without, in that which is taken first."""
    course = Course.objects.get()
    Lecture.objects.update(body="Text.", objectives=["say why"])
    primer = Lecture.objects.create(slug="primer", title="Primer", body="Slopes.")
    section = Section.objects.create(course=course, slug="first", title="First", position=2)
    SectionLecture.objects.create(course=course, section=section, lecture=primer, position=1)
    unwritten = Lecture.objects.create(slug="unwritten", title="Unwritten")
    SectionLecture.objects.create(course=course, section=section, lecture=unwritten, position=2)
    course.path = ["first", "s"]
    course.save()
    return course


def progress(student, course):
    return progress_of(student, path(course))


def hand_in(student, exercise, source):
    """A graded submission."""
    submission = Submission.objects.create(student=student, exercise=exercise, source=source)
    claimed = Submission.objects.claim_next("numpy")
    assert claimed.pk == submission.pk
    assert claimed.record(grade(BACKPROPAGATION, source, 1))


def test_the_path_begins_with_the_sections_that_the_course_names(student, course):
    assert [step.place.lecture.slug for step in progress(student, course).steps] == ["primer", "back-propagation"]
    assert [place.lecture.slug for place in path(course)] == ["primer", "unwritten", "back-propagation"]


def test_a_lecture_is_new_then_read_then_tried_then_mastered(student, course, exercise):
    def state():
        return progress(student, course).states[exercise.lecture_id]

    assert state() == State.NEW
    Reading.objects.create(person=student, lecture=exercise.lecture, confidence="sure")
    assert state() == State.READ
    hand_in(student, exercise, BACKPROPAGATION.misconceptions["missing-sigma-prime"].source)
    assert state() == State.TRIED
    hand_in(student, exercise, BACKPROPAGATION.solution)
    assert state() == State.MASTERED
    # A later, worse one takes nothing away.
    hand_in(student, exercise, BACKPROPAGATION.starter)
    assert state() == State.MASTERED


def test_full_marks_without_reading_are_tried_and_another_persons_are_nothing(student, course, exercise):
    other = User.objects.create_user("other@example.org", "a long password")
    hand_in(other, exercise, BACKPROPAGATION.solution)
    Reading.objects.create(person=other, lecture=exercise.lecture, confidence="sure")
    assert progress(student, course).states[exercise.lecture_id] == State.NEW
    hand_in(student, exercise, BACKPROPAGATION.solution)
    assert progress(student, course).states[exercise.lecture_id] == State.TRIED


def test_a_canceled_submission_and_an_exercise_that_is_gone_do_not_count(student, course, exercise):
    Submission.objects.create(student=student, exercise=exercise, source="x", status="canceled")
    assert progress(student, course).steps[1].work.tried == 0
    Exercise.objects.update(current=False)
    assert progress(student, course).steps[1].work is None


def test_next_is_the_first_lecture_with_something_left_and_then_its_exercise(enrolled, student, course, exercise):
    def button(page):
        return re.search(
            r'<a class="button" href="(/(?:courses|exercises)/[^"]+)">\s*([^<]+)</a>',
            enrolled.get(page).content.decode(),
        ).groups()

    assert button("/") == ("/courses/course/lectures/primer/", "Start here: 2.1 Primer")
    enrolled.post("/courses/course/lectures/primer/read/", {"confidence": "again"})
    assert button("/courses/course/") == (LECTURE, "Go on: 1.1 Back-propagation")
    enrolled.post(f"{LECTURE}read/", {"confidence": "followed"})
    assert button("/") == (exercise.get_absolute_url(), "Go on: Back-propagation")
    hand_in(student, exercise, BACKPROPAGATION.solution)
    # What one wants to come back to is left for the end.
    assert button("/") == ("/courses/course/lectures/primer/", "Go on: 2.1 Primer")
    enrolled.post("/courses/course/lectures/primer/read/", {"confidence": "sure"})
    assert "You have been through all of it" in enrolled.get("/").content.decode()


def test_a_reader_says_how_sure_they_are_and_may_take_it_back(enrolled, student, course):
    page = enrolled.get(LECTURE).content.decode()
    assert "Have you read this?" in page
    assert enrolled.post(f"{LECTURE}read/", {"confidence": "followed"})["Location"] == f"{LECTURE}#progress"
    [reading] = Reading.objects.all()
    assert (reading.person, reading.lecture.slug, reading.confidence) == (student, "back-propagation", "followed")
    enrolled.post(f"{LECTURE}read/", {"confidence": "sure"})
    assert Reading.objects.get().confidence == "sure"
    page = enrolled.get(LECTURE).content.decode()
    assert 'value="sure" aria-pressed="true"' in page
    assert "0 of 1 exercise with full marks" in page
    enrolled.post(f"{LECTURE}read/", {"unread": "1"})
    assert not Reading.objects.exists()


def test_nonsense_changes_nothing(enrolled, course):
    enrolled.post(f"{LECTURE}read/", {"confidence": "mastered"})
    enrolled.post(f"{LECTURE}read/", {})
    assert not Reading.objects.exists()
    assert enrolled.post("/courses/course/lectures/nothing/read/", {"confidence": "sure"}).status_code == 404


def test_the_outline_tells_the_state_in_words_too(enrolled, student, course):
    enrolled.post(f"{LECTURE}read/", {"confidence": "followed"})
    for page in ("/courses/course/", LECTURE):
        assert '<span class="for-screen-readers"> read: </span>' in enrolled.get(page).content.decode()


def test_a_visitor_is_shown_where_to_start_and_no_progress(client, course):
    Lecture.objects.filter(slug="primer").update(sample=True)
    client.logout()
    page = client.get("/courses/course/").content.decode()
    assert "Start here: Primer" in page
    assert "lectures read" not in page
    assert "Have you read this?" not in client.get("/courses/course/lectures/primer/").content.decode()


def test_pages_ask_no_more_queries_for_more_exercises(enrolled, course, exercise, django_assert_max_num_queries):
    for number in range(5):
        copy = Exercise.objects.get(pk=exercise.pk)
        copy.pk, copy.slug = None, f"copy-{number}"
        copy.save()
    for page in ("/", "/courses/course/", LECTURE):
        with django_assert_max_num_queries(22):
            enrolled.get(page)
