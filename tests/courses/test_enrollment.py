"""Seats under concurrency, and what the database refuses."""

import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from courses.enrollment.models import SessionFull
from courses.models import Course, Enrollment, Section, Session, User
from grader.models import Submission


def new_session(**values):
    today = timezone.now().date()
    course, _ = Course.objects.get_or_create(slug="course", title="Course")
    return Session.objects.create(**{
        "course": course, "slug": "s", "modality": "online", "time_zone": "UTC", "seats": 5, "price": 1,
        "published": True, "starts_on": today, "ends_on": today + datetime.timedelta(days=9), **values,
    })  # fmt: skip


def at_once(*deeds):
    """Run each in a thread of its own, begun together; what each gave or raised."""
    start, outcomes = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(n, deed):
        start.wait()
        try:
            outcomes[n] = deed()
        except Exception as error:
            outcomes[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, deed)) for n, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_ask_at_once_for_five_seats_five_get_one():
    session = new_session(seats=5)
    people = [User.objects.create_user(f"{n}@example.org") for n in range(20)]
    outcomes = at_once(*[lambda person=person: Enrollment.objects.enroll(person, session) for person in people])
    assert sum(isinstance(outcome, Enrollment) for outcome in outcomes) == 5
    assert sum(isinstance(outcome, SessionFull) for outcome in outcomes) == 15
    session.refresh_from_db()
    assert (session.seats_taken, Enrollment.objects.count()) == (5, 5)


@pytest.mark.django_db(transaction=True)
def test_one_who_asks_eight_times_at_once_gets_one_seat():
    session, person = new_session(), User.objects.create_user("one@example.org")
    outcomes = at_once(*[lambda: Enrollment.objects.enroll(person, session)] * 8)
    assert {outcome.pk for outcome in outcomes} == {Enrollment.objects.get().pk}
    session.refresh_from_db()
    assert session.seats_taken == 1


@pytest.mark.django_db(transaction=True)
def test_withdrawing_many_times_at_once_frees_one_seat():
    session = new_session()
    person, other = User.objects.create_user("one@example.org"), User.objects.create_user("two@example.org")
    enrollment = Enrollment.objects.enroll(person, session)
    Enrollment.objects.enroll(other, session)
    at_once(*[Enrollment.objects.get(pk=enrollment.pk).withdraw] * 6)
    session.refresh_from_db()
    assert session.seats_taken == 1


@pytest.mark.django_db(transaction=True)
def test_forty_submissions_claimed_by_eight_at_once_are_claimed_once_each(transactional_db, settings):
    settings.GRADING_PROCESSES = {"numpy": 2}  # of so few none is kept back
    from courses.models import Lecture
    from grader.models import Exercise

    exercise = Exercise.objects.create(
        slug="e", version="v", title="E", lecture=Lecture.objects.create(slug="l", title="L"), points=1, flavor="numpy",
        wall_seconds=10, statement="", starter="",
    )  # fmt: skip
    people = [User.objects.create_user(f"{n}@example.org") for n in range(4)]
    for n in range(40):
        Submission.objects.create(student=people[n % 4], exercise=exercise, source="x")

    def claim_all():
        claimed = []
        while (submission := Submission.objects.claim_next("numpy")) is not None:
            claimed.append(submission.pk)
        return claimed

    claims = [pk for claimed in at_once(*[claim_all] * 8) for pk in claimed]
    assert sorted(claims) == sorted(Submission.objects.values_list("pk", flat=True))
    assert set(Submission.objects.values_list("attempt", flat=True)) == {1}


def test_who_withdrew_comes_back_to_the_same_enrollment(db):
    session, person = new_session(seats=1), User.objects.create_user("one@example.org")
    first = Enrollment.objects.enroll(person, session)
    first.withdraw()
    assert Enrollment.objects.enroll(person, session) == first
    assert Enrollment.objects.get().is_active
    with pytest.raises(SessionFull):
        Enrollment.objects.enroll(User.objects.create_user("two@example.org"), session)


@pytest.mark.parametrize(
    "values",
    [
        {"seats": 1, "seats_taken": 2},
        {"ends_on": datetime.date(2000, 1, 1)},
        {"price": -1},
        {"modality": "in_class", "place": ""},
    ],
)
def test_the_database_refuses_a_session_that_cannot_be(db, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        new_session(**values)


def test_the_database_refuses_two_sections_in_one_place(db):
    course = new_session().course
    Section.objects.create(course=course, slug="a", title="A", position=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Section.objects.create(course=course, slug="b", title="B", position=1)
