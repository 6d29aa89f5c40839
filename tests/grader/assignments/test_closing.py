"""When what is hidden opens to a student: once their work can earn no more marks, in none of their sessions."""

import datetime

import pytest
import time_machine

from courses.models import Course, Enrollment, Lecture, SectionLecture, Session
from grader.assignments.closing import closed_work
from grader.models import Assignment, Exercise, Extension, Submission
from tests.grader.assignments.conftest import DAY, NOW, hand_in, new_exercise, person

YESTERDAY = datetime.date(2027, 2, 28)


def is_closed(student, exercise):
    return closed_work([(student.pk, exercise.pk)]) == {(student.pk, exercise.pk)}


def test_without_an_assignment_it_is_closed_once_the_session_takes_no_more_work(session, student, exercise):
    assert not is_closed(student, exercise)
    Session.objects.update(submissions_close_on=YESTERDAY)
    assert is_closed(student, exercise)


@pytest.mark.parametrize(
    ("values", "closed"),
    [
        ({"due_at": NOW - 7 * DAY}, True),
        ({"due_at": NOW - 3 * DAY}, False),
        ({"due_at": NOW - 3 * DAY - datetime.timedelta(microseconds=1)}, True),
        ({"due_at": NOW + DAY}, False),
        ({"due_at": None}, False),
        ({"due_at": NOW - 7 * DAY, "removed_at": NOW}, False),
        ({"due_at": NOW + DAY, "opens_at": NOW + DAY / 2}, False),
    ],
)
def test_an_assignment_closes_with_the_last_day_on_which_late_work_counts(
    assignment, student, exercise, values, closed
):
    Assignment.objects.update(**values)
    assert is_closed(student, exercise) == closed


def test_an_extension_closes_it_again_for_its_student_alone(assignment, student, other, exercise, instructor):
    assert is_closed(student, exercise)
    extension = Extension.objects.create(
        assignment=assignment, student=student, due_at=NOW - 2 * DAY, granted_by=instructor
    )
    assert not is_closed(student, exercise)
    assert is_closed(other, exercise)
    with time_machine.travel(NOW + 2 * DAY):
        assert is_closed(student, exercise)
    # One that the due date of all has overtaken gives no time, and costs none.
    Assignment.objects.update(due_at=NOW + DAY)
    assert extension.due_at < NOW
    assert not is_closed(student, exercise)


@pytest.mark.parametrize("withdrawn_at", [None, NOW - DAY])
def test_it_stays_hidden_as_long_as_it_can_earn_marks_in_another_session(
    assignment, student, exercise, new_session, withdrawn_at
):
    later = new_session("later")
    Enrollment.objects.create(user=student, session=later, withdrawn_at=withdrawn_at)
    assert not is_closed(student, exercise)
    Assignment.objects.create(session=later, exercise=exercise, due_at=NOW + DAY)
    assert not is_closed(student, exercise)
    Session.objects.filter(pk=later.pk).update(submissions_close_on=YESTERDAY)
    assert is_closed(student, exercise)


def test_sessions_without_its_lecture_say_nothing_about_an_exercise(assignment, student, exercise, new_session):
    Enrollment.objects.create(
        user=student, session=new_session("elsewhere", course=Course.objects.create(slug="e", title="E"))
    )
    assert is_closed(student, exercise)


def test_whoever_has_no_session_with_it_sees_nothing_hidden(assignment, exercise):
    assert not is_closed(person("stranger"), exercise)


def test_a_submission_shows_hidden_marks_once_it_is_closed(assignment, student, exercise, instructor):
    hand_in(student, exercise, NOW - 8 * DAY, score=9)
    assert Submission.objects.get().shown_score == (9, 10)
    Extension.objects.create(assignment=assignment, student=student, due_at=NOW + DAY, granted_by=instructor)
    assert Submission.objects.get().shown_score == (8, 8)


def test_many_pairs_cost_as_many_queries_as_one(assignment, student, new_session, course, django_assert_num_queries):
    with django_assert_num_queries(4):
        assert len(closed_work([(student.pk, assignment.exercise_id)])) == 1
    students = [person(f"person-{number}") for number in range(5)]
    lecture = Lecture.objects.get(slug="products")
    exercises = [new_exercise(lecture, f"more-{number}") for number in range(5)]
    for number in range(3):
        session = new_session(f"more-{number}")
        Enrollment.objects.bulk_create(Enrollment(user=one, session=session) for one in students)
        Assignment.objects.bulk_create(
            Assignment(session=session, exercise=one, due_at=NOW - 30 * DAY) for one in exercises[:4]
        )
    with django_assert_num_queries(4):
        closed = closed_work((one.pk, exercise.pk) for one in students for exercise in exercises)
    assert len(closed) == 5 * 4
    with django_assert_num_queries(0):
        assert closed_work([]) == set()


def test_it_follows_the_outline(assignment, student, exercise):
    SectionLecture.objects.filter(lecture=exercise.lecture).delete()
    assert not is_closed(student, exercise)
    assert Exercise.objects.count() == 3
