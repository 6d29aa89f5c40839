"""What counts in a session's book: of what was handed in, what staff decided, and what students may see of it."""

import datetime
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import Course, Enrollment, Lecture, SectionLecture, Session, User
from grader.gradebook.book import Book
from grader.gradebook.scores import State
from grader.models import (
    Assignment,
    CheckRevision,
    Criterion,
    Exercise,
    Extension,
    Mark,
    Override,
    Result,
    Scheme,
    Submission,
)
from tests.grader.gradebook.conftest import person

DAY = datetime.timedelta(days=1)
NOW = timezone.now()
numbers = itertools.count(1)


def new_exercise(exercise, points=10):
    """Another one of the course."""
    number = next(numbers)
    lecture = Lecture.objects.create(slug=f"lecture-{number}", title=f"Lecture {number}")
    place = SectionLecture.objects.first()
    SectionLecture.objects.create(course=place.course, section=place.section, lecture=lecture, position=100 + number)
    return Exercise.objects.create(
        slug=f"exercise-{number}", version="1", title=f"Exercise {number}", lecture=lecture, points=points, flavor="numpy",
        wall_seconds=10,
    )  # fmt: skip


def hand_in(student, exercise, marks=None, *, at=NOW, hidden=0, hidden_of=0, status=None):
    """A submission, with a result where it has marks: of 10, and of `hidden_of` that a hidden check gives."""
    submission = Submission.objects.create(student=student, exercise=exercise, source="x", queued_at=at)
    if marks is not None:
        submission.result = result_of(submission, marks, hidden=hidden, hidden_of=hidden_of)
        submission.status = "graded"
    submission.status = status or submission.status
    submission.save()
    return submission


def result_of(submission, marks, *, hidden=0, hidden_of=0, number=1):
    by_check = [["Open", marks, 10, "public"], *([["Hidden", hidden, hidden_of, "hidden"]] if hidden_of else [])]
    return Result.objects.create(
        submission=submission, number=number, attempt=number, exercise_version="1", outcome="ok", score=marks + hidden,
        max_score=10 + hidden_of, open_score=marks, open_max_score=10, data={}, marks_by_check=by_check,
    )  # fmt: skip


def percent(assignment, student, **how):
    return score(assignment, student, **how).percent


def score(assignment, student, **how):
    return Book(assignment.session, [student], **how).score(assignment, student)


def changed(assignment, **values):
    for name, value in values.items():
        setattr(assignment, name, value)
    assignment.save()
    return assignment


def test_the_best_or_the_last_of_the_first_attempts_counts(assignment, student):
    for hours, marks in enumerate((4, 9, 6, 10)):
        hand_in(student, assignment.exercise, marks, at=NOW - 4 * DAY + datetime.timedelta(hours=hours))
    assert percent(assignment, student) == 100
    assert percent(changed(assignment, counted="last"), student) == 100
    assert percent(changed(assignment, attempts=3), student) == 60
    assert percent(changed(assignment, counted="best"), student) == 90


def test_what_was_canceled_or_failed_by_our_fault_takes_no_attempt(assignment, student):
    hand_in(student, assignment.exercise, at=NOW - 3 * DAY, status="canceled")
    hand_in(student, assignment.exercise, at=NOW - 2 * DAY, status="failed")
    hand_in(student, assignment.exercise, 7, at=NOW - DAY)
    found = score(changed(assignment, attempts=1), student)
    assert (found.percent, found.used) == (70, 1)


def test_what_is_graded_again_keeps_its_score_meanwhile(assignment, student):
    hand_in(student, assignment.exercise, 7, status="queued")
    assert percent(assignment, student) == 70


def test_work_counts_from_the_moment_at_which_the_assignment_opens(assignment, student):
    hand_in(student, assignment.exercise, 9, at=NOW - 3 * DAY)
    hand_in(student, assignment.exercise, 5, at=NOW - DAY)
    assert percent(changed(assignment, opens_at=NOW - 2 * DAY), student) == 50


def test_who_moved_here_brings_the_work_of_the_former_session(assignment, student, new_session):
    former = new_session("former")
    Enrollment.objects.create(user=student, session=former, withdrawn_at=NOW, ending="moved")
    hand_in(student, assignment.exercise, 9, at=NOW - 3 * DAY)
    assert percent(changed(assignment, opens_at=NOW - 2 * DAY), student) == 90


@pytest.mark.parametrize("left", ["a session of another course", "this session"])
def test_a_move_from_elsewhere_brings_no_work_along(assignment, student, new_session, left):
    if left == "this session":
        Enrollment.objects.update(withdrawn_at=NOW, ending="moved")
    else:
        Enrollment.objects.create(user=student, session=new_session("there"), withdrawn_at=NOW, ending="moved")
        Session.objects.filter(slug="there").update(course=Course.objects.create(slug="another", title="Another"))
    hand_in(student, assignment.exercise, 9, at=NOW - 3 * DAY)
    assert percent(changed(assignment, opens_at=NOW - 2 * DAY), student) is None


def test_one_submission_counts_in_each_session_where_the_exercise_is_assigned(assignment, student, new_session, enroll):
    second = new_session("second")
    enroll(student, second)
    there = Assignment.objects.create(
        session=second, exercise=assignment.exercise, due_at=NOW - 2 * DAY, late_percent=20
    )
    hand_in(student, assignment.exercise, 10, at=NOW - 1.5 * DAY)
    assert (percent(assignment, student), percent(there, student)) == (100, 80)


def test_an_extension_granted_after_the_due_date_takes_the_penalty_back(assignment, student, instructor):
    changed(assignment, due_at=NOW - 10 * DAY, late_percent=10, late_days=3)
    hand_in(student, assignment.exercise, 10, at=NOW - 8.5 * DAY)
    assert percent(assignment, student) == 80
    Extension.objects.create(assignment=assignment, student=student, due_at=NOW - 8 * DAY, granted_by=instructor)
    assert percent(assignment, student) == 100


def test_an_extension_reopens_what_was_missing(assignment, student, other, instructor):
    changed(assignment, due_at=NOW - 10 * DAY, late_days=1)
    assert score(assignment, student).state == State.MISSING
    Extension.objects.create(assignment=assignment, student=student, due_at=NOW + DAY, granted_by=instructor)
    assert score(assignment, student).state == State.OPEN
    assert score(assignment, other).state == State.MISSING


def test_an_override_holds_whatever_the_examiner_finds_until_it_is_taken_back(assignment, student, instructor):
    submission = hand_in(student, assignment.exercise, 4)
    given = Override.objects.create(assignment=assignment, student=student, points=8, of=10, by=instructor, reason="R")
    submission.result = result_of(submission, 2, number=2)
    submission.save()
    book = Book(assignment.session, [student])
    found = book.score(assignment, student)
    assert (found.percent, found.decided.reason, book.seen((assignment.pk, student.pk))) == (80, "R", given.pk)
    back = Override.objects.create(assignment=assignment, student=student, points=None, of=10, by=instructor)
    book = Book(assignment.session, [student])
    assert (book.score(assignment, student).percent, book.seen((assignment.pk, student.pk))) == (20, back.pk)


def test_rubric_marks_and_checks_make_one_score(assignment, student, instructor):
    hand_in(student, assignment.exercise, 8)
    criteria = [Criterion.objects.create(assignment=assignment, position=n, title="C", points=5) for n in (1, 2)]
    Mark.objects.create(criterion=criteria[0], student=student, points=5, by=instructor)
    assert score(assignment, student).state == State.UNMARKED
    Mark.objects.create(criterion=criteria[1], student=student, points=2, by=instructor)
    found = score(assignment, student)
    assert (found.marks, found.full, found.percent) == (15, 20, 75)
    # A criterion that is worth less by now gives no more than it has.
    Criterion.objects.filter(pk=criteria[0].pk).update(points=1)
    assert (score(assignment, student).marks, score(assignment, student).full) == (11, 16)


def test_a_revised_check_counts_anew_for_everybody(assignment, student, other, instructor):
    hand_in(student, assignment.exercise, 10, hidden=1, hidden_of=10)
    assert percent(assignment, student) == 55
    CheckRevision.objects.create(assignment=assignment, check_name="Hidden", points=0, reason="R", by=instructor)
    book = Book(assignment.session, [student, other])
    assert book.score(assignment, student).percent == 100
    assert (book.full(assignment), book.score(assignment, other).full) == (10, 10)
    CheckRevision.objects.update(points=5)
    assert percent(assignment, student) == pytest.approx(100 * 10.5 / 15)


def test_students_are_told_their_score_without_hidden_checks_until_the_work_is_closed(assignment, student):
    hand_in(student, assignment.exercise, 8, hidden=0, hidden_of=10)
    assert percent(assignment, student) == 40
    found = score(assignment, student, for_student=True)
    assert (found.percent, found.full) == (80, 10)
    changed(assignment, due_at=NOW - DAY / 2, late_days=0)
    hand_in(student, assignment.exercise, 8, hidden=0, hidden_of=10, at=NOW - DAY)
    assert percent(assignment, student, for_student=True) == 40


def test_what_is_not_posted_is_nothing_to_its_student_and_no_part_of_the_total(assignment, student, instructor):
    hand_in(student, assignment.exercise, 8)
    changed(assignment, hidden=True)
    book = Book(assignment.session, [student], for_student=True)
    found = book.score(assignment, student)
    assert (found.state, found.percent, found.marks, found.attempt, book.total(student).percent) == (
        State.UNPOSTED, None, None, None, None,
    )  # fmt: skip
    assert percent(changed(assignment, posted_at=NOW), student, for_student=True) == 80


@pytest.mark.parametrize("what", ["override", "rubric"])
def test_what_staff_gave_to_who_handed_nothing_in_is_hidden_until_posted_too(assignment, student, instructor, what):
    changed(assignment, hidden=True, due_at=NOW - 30 * DAY)
    assert score(assignment, student, for_student=True).state == State.MISSING
    if what == "override":
        Override.objects.create(assignment=assignment, student=student, points=8, of=10, by=instructor)
    else:
        criterion = Criterion.objects.create(assignment=assignment, position=1, title="C", points=5)
        Mark.objects.create(criterion=criterion, student=student, points=5, by=instructor)
    found = score(assignment, student, for_student=True)
    assert (found.state, found.percent, found.decided, found.rubric.earned) == (State.UNPOSTED, None, None, 0)


def test_students_see_no_assignment_before_it_opens(assignment, student):
    changed(assignment, opens_at=NOW + DAY)
    assert Book(assignment.session, [student]).assignments == [assignment]
    assert Book(assignment.session, [student], for_student=True).assignments == []


def test_an_assignment_that_was_taken_out_with_scores_does_not_count(assignment, student, exercise):
    kept = Assignment.objects.create(session=assignment.session, exercise=new_exercise(exercise))
    hand_in(student, assignment.exercise, 0)
    hand_in(student, kept.exercise, 10)
    assert Book(kept.session, [student]).total(student).percent == 50
    changed(assignment, removed_at=NOW)
    book = Book(kept.session, [student])
    assert (book.assignments, book.total(student).percent) == ([kept], 100)


def test_the_scheme_drops_each_students_lowest(assignment, student, exercise):
    second = Assignment.objects.create(session=assignment.session, exercise=new_exercise(exercise), weight=3)
    hand_in(student, assignment.exercise, 9)
    hand_in(student, second.exercise, 5)
    assert Book(second.session, [student]).total(student).percent == 60
    Scheme.objects.create(session=second.session, drop_lowest=1)
    assert Book(second.session, [student]).total(student).percent == 90


def test_weights_of_zero_make_no_total(assignment, student):
    hand_in(student, assignment.exercise, 9)
    changed(assignment, weight=0)
    book = Book(assignment.session, [student])
    assert (book.score(assignment, student).percent, book.total(student).percent) == (90, None)


def test_who_left_stands_as_they_were_when_they_left(assignment, student, exercise):
    later = Assignment.objects.create(
        session=assignment.session, exercise=new_exercise(exercise), due_at=NOW - DAY, late_days=0
    )
    hand_in(student, assignment.exercise, 6, at=NOW - 9 * DAY)
    hand_in(student, assignment.exercise, 10, at=NOW - 2 * DAY)
    Enrollment.objects.update(withdrawn_at=NOW - 5 * DAY, ending="withdrew")
    assert Book.of(assignment.session).students == []
    book = Book.of(assignment.session, with_left=True)
    assert [book.score(one, student).percent for one in (assignment, later)] == [60, None]


def test_a_result_can_be_looked_at_in_place_of_the_present_one(assignment, student):
    submission = hand_in(student, assignment.exercise, 4)
    before = submission.result
    submission.result = result_of(submission, 9, number=2)
    submission.save()
    assert percent(assignment, student) == 90
    assert percent(assignment, student, results={submission.pk: before}) == 40
    assert percent(assignment, student, results={submission.pk: before}, for_student=True) == 40


@pytest.mark.parametrize("for_student", [False, True])
def test_a_book_asks_as_often_for_many_as_for_few(assignment, student, exercise, instructor, for_student):
    session = assignment.session

    def grow():
        user = person(f"one-more-{next(numbers)}")
        Enrollment.objects.create(user=user, session=session)
        one = Assignment.objects.create(session=session, exercise=new_exercise(exercise), due_at=NOW)
        for each in User.objects.filter(enrollments__session=session):
            hand_in(each, one.exercise, 5, hidden=1, hidden_of=2)
            Override.objects.create(assignment=one, student=each, points=1, of=10, by=instructor)
        Extension.objects.create(assignment=one, student=user, due_at=NOW + DAY, granted_by=instructor)
        CheckRevision.objects.create(assignment=one, check_name="Open", points=4, reason="R", by=instructor)
        criterion = Criterion.objects.create(assignment=one, position=1, title="C", points=5)
        Mark.objects.create(criterion=criterion, student=user, points=5, by=instructor)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            book = Book.of(session, for_student=for_student)
            totals = [book.total(one).percent for one in book.students]
        return len(asked), len(totals)

    grow()
    few, _ = queries()
    for _ in range(3):
        grow()
    assert queries() == (few, 5)
    assert few <= 18
