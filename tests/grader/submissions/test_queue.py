"""Who goes first, who has too much, and what becomes of what is taken back."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from courses.models import User
from grader.grading import grade
from grader.models import Submission
from grader.submissions import tasks
from grader.submissions.bell import rung
from grader.submissions.limits import LimitReached
from grader.submissions.queue import Priority, Status
from grader.submissions.tasks import grade_claimed, grade_next, ring_for_waiting
from tests.grader.submissions.test_line import FOLDER, MISTAKE, queued


@pytest.fixture
def person(db):
    """Somebody else each time."""

    def make():
        return User.objects.create_user(f"person{User.objects.count()}@example.org", "x")

    return make


def claimed(count):
    return [Submission.objects.claim_next("numpy").pk for _ in range(count)]


def pile_of(student, exercise, count, **values):
    """What a student hands in at once."""
    return [queued(student, exercise, turn=turn, **values).pk for turn in range(1, count + 1)]


def test_one_alone_goes_before_anothers_pile(student, person, exercise):
    pile = pile_of(student, exercise, 3)
    lone = queued(person(), exercise).pk
    assert claimed(2) == [lone, pile[0]]


def test_one_alone_goes_before_what_is_left_of_anothers_pile(student, person, exercise):
    left = queued(student, exercise, turn=4).pk
    lone = queued(person(), exercise).pk
    assert claimed(2) == [lone, left]


def test_piles_of_one_size_take_turns(student, person, exercise):
    first, second = (pile_of(of, exercise, 2) for of in (student, person()))
    assert claimed(2) == [first[0], second[0]]
    Submission.objects.filter(pk=first[0]).delete()
    assert claimed(2) == [first[1], second[1]]


def test_handing_in_counts_what_was_handed_in_within_the_hour(student, person, exercise):
    with time_machine.travel("2027-03-01 12:00:00+00:00", tick=False):
        first = Submission.hand_in(student, exercise, "x")
    with time_machine.travel("2027-03-01 12:59:00+00:00", tick=False):
        second, others = Submission.hand_in(student, exercise, "x"), Submission.hand_in(person(), exercise, "x")
    with time_machine.travel("2027-03-01 13:01:00+00:00", tick=False):
        third = Submission.hand_in(student, exercise, "x")
    assert [one.turn for one in (first, second, others, third)] == [1, 2, 1, 2]


def test_first_submissions_go_before_repeats_and_regrades_last(student, person, exercise):
    regrade = queued(person(), exercise, priority=Priority.REGRADE).pk
    repeat = queued(person(), exercise, priority=Priority.REPEAT).pk
    first = queued(student, exercise).pk
    assert claimed(3) == [first, repeat, regrade]


def test_nobody_has_two_graded_at_once_while_another_waits(student, person, exercise):
    firsts = [queued(student, exercise).pk for _ in range(2)]
    repeat = queued(person(), exercise, priority=Priority.REPEAT).pk
    assert claimed(3) == [firsts[0], repeat, firsts[1]]


def test_one_process_is_kept_for_who_has_handed_in_nothing_else(student, person, exercise, settings):
    settings.GRADING_PROCESSES = {"numpy": 3}
    pile = pile_of(student, exercise, 4)
    assert claimed(2) == pile[:2]
    for reserved_from in ({"turn": 2}, {"priority": Priority.REGRADE}):
        other = queued(person(), exercise, **reserved_from)
        assert Submission.objects.claim_next("numpy") is None
        other.delete()
    lone = queued(person(), exercise).pk
    assert claimed(1) == [lone]
    settings.GRADING_PROCESSES = {"numpy": 2}
    assert claimed(2) == pile[2:]


def test_the_process_kept_takes_one_alone_past_all_that_goes_before_it(student, person, exercise, settings):
    settings.GRADING_PROCESSES = {"numpy": 3}
    long_ago = timezone.now() - datetime.timedelta(minutes=11)
    for _ in range(3):
        pile_of(person(), exercise, 2, queued_at=long_ago)
    lone = queued(student, exercise, priority=Priority.REPEAT).pk
    assert lone not in claimed(2)
    assert claimed(1) == [lone]


def test_the_processes_of_a_pile_stand_back_for_those_of_one_alone(student, person, exercise, monkeypatch):
    niced = {}

    def spied(exercise, source, *args, **kwargs):
        niced[source] = exercise.limits.nice
        return grade(exercise, source, *args, **kwargs)

    monkeypatch.setattr(tasks, "grade", spied)
    pile_of(student, exercise, 2, source=FOLDER.solution)
    queued(person(), exercise, source=MISTAKE)
    for _ in range(3):
        grade_next("numpy")
    assert niced == {MISTAKE: 0, FOLDER.solution: tasks.PILE_NICE}
    assert Submission.objects.filter(status="graded").count() == 3


def test_what_was_kept_back_is_graded_when_a_process_is_free_again(student, exercise, settings):
    settings.GRADING_PROCESSES = {"numpy": 3}
    pile_of(student, exercise, 4)
    claims = [Submission.objects.claim_next("numpy") for _ in range(2)]
    grade_next("numpy")
    assert rung("numpy") == 0
    grade_claimed(claims[0])
    grade_next("numpy")
    assert rung("numpy") == 3
    assert Submission.objects.filter(status="graded").count() == 2


def test_after_ten_minutes_a_pile_no_longer_counts(student, person, exercise):
    long_ago = timezone.now() - datetime.timedelta(minutes=11)
    pile = pile_of(student, exercise, 2, queued_at=long_ago)
    lone = queued(person(), exercise).pk
    assert claimed(1) == [pile[0]]
    assert claimed(1) == [lone]


def test_places_follow_the_order_in_which_workers_take(student, person, exercise):
    pile = [queued(student, exercise, turn=turn) for turn in (1, 2)]
    lone = queued(person(), exercise)
    assert [submission.ahead for submission in (lone, *pile)] == [0, 1, 2]


def test_handing_in_again_is_a_repeat_unless_the_first_was_canceled(student, exercise):
    first = Submission.hand_in(student, exercise, "x")
    second = Submission.hand_in(student, exercise, "x")
    assert (first.priority, second.priority) == (Priority.FIRST, Priority.REPEAT)
    assert first.cancel()
    assert second.cancel()
    assert Submission.hand_in(student, exercise, "x").priority == Priority.FIRST


def test_what_is_canceled_is_not_graded_and_what_is_being_graded_is_not_canceled(student, exercise):
    first, second = queued(student, exercise), queued(student, exercise)
    assert first.cancel()
    assert claimed(1) == [second.pk]
    assert not second.cancel()
    assert Submission.objects.claim_next("numpy") is None
    assert {s.pk: s.status for s in Submission.objects.all()} == {first.pk: "canceled", second.pk: "running"}


def test_a_newer_one_takes_the_place_of_one_that_waits_and_of_no_other(student, exercise):
    waiting = Submission.hand_in(student, exercise, "x")
    newer = Submission.hand_in(student, exercise, "y", replaces=waiting)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.replaced_by, newer.priority) == (Status.CANCELED, newer, Priority.FIRST)
    assert claimed(1) == [newer.pk]
    third = Submission.hand_in(student, exercise, "z", replaces=newer)
    newer.refresh_from_db()
    assert (newer.status, newer.replaced_by, third.priority) == (Status.RUNNING, None, Priority.REPEAT)


def test_only_so_many_are_taken_at_once(student, person, exercise, settings):
    settings.SUBMISSIONS_AT_ONCE = 2
    first, second = (Submission.hand_in(student, exercise, "x") for _ in range(2))
    with pytest.raises(LimitReached, match="2 of your submissions wait or are being graded.*or cancel one"):
        Submission.hand_in(student, exercise, "x")
    Submission.hand_in(person(), exercise, "x")
    Submission.hand_in(student, exercise, "x", replaces=second)
    first.cancel()
    Submission.hand_in(student, exercise, "x")
    assert Submission.objects.filter(student=student).exclude(status="canceled").count() == 2


def test_only_so_many_are_taken_within_an_hour_and_the_refusal_says_when(student, exercise, settings):
    settings.SUBMISSIONS_AN_HOUR = 2
    with time_machine.travel("2027-03-01 12:00:00+00:00", tick=False):
        Submission.hand_in(student, exercise, "x")
    with time_machine.travel("2027-03-01 12:30:00+00:00", tick=False):
        Submission.hand_in(student, exercise, "x")
        with pytest.raises(
            LimitReached, match=r"2 files within an hour.*taken at 1:00 PM \(UTC\), in 31 minutes"
        ) as refused:
            Submission.hand_in(student, exercise, "x")
        assert refused.value.wait_seconds == pytest.approx(1800, abs=2)
    with time_machine.travel("2027-03-01 13:00:01+00:00", tick=False):
        assert Submission.hand_in(student, exercise, "x").status == "queued"


def test_a_limit_that_is_reached_cancels_nothing(student, exercise, settings):
    settings.SUBMISSIONS_AN_HOUR = 1
    waiting = Submission.hand_in(student, exercise, "x")
    with pytest.raises(LimitReached):
        Submission.hand_in(student, exercise, "y", replaces=waiting)
    waiting.refresh_from_db()
    assert waiting.status == "queued"


def test_the_sweep_rings_for_what_no_bell_rings_for(student, exercise):
    for _ in range(3):
        queued(student, exercise)
    ring_for_waiting()
    ring_for_waiting()
    assert rung("numpy") == 3


def test_a_person_and_all_their_work_can_be_deleted(student, exercise):
    queued(student, exercise, source=FOLDER.solution)
    grade_next("numpy")
    student.delete()
    assert not Submission.objects.exists()


# --- on the page ---


def test_the_page_cancels_and_says_so_and_only_ones_own(enrolled, exercise, student, person):
    submission = Submission.hand_in(student, exercise, MISTAKE)
    page = enrolled.get(submission.get_absolute_url()).content.decode()
    address = f"/submissions/{submission.pk}/cancel/"
    assert f'action="{address}"' in page
    theirs = Submission.hand_in(person(), exercise, MISTAKE)
    assert enrolled.post(f"/submissions/{theirs.pk}/cancel/").status_code == 404
    page = enrolled.post(address, follow=True).content.decode()
    assert "Canceled before it was graded" in page
    theirs.refresh_from_db()
    assert theirs.status == "queued"


def test_the_page_says_when_it_was_too_late_to_cancel(enrolled, exercise, student):
    submission = Submission.hand_in(student, exercise, MISTAKE)
    claimed(1)
    page = enrolled.post(f"/submissions/{submission.pk}/cancel/", follow=True).content.decode()
    assert "It is being graded already, so that it was not canceled." in page


def test_the_page_offers_to_take_the_place_of_what_waits(enrolled, exercise, student):
    waiting = Submission.hand_in(student, exercise, MISTAKE)
    page = enrolled.get(exercise.get_absolute_url()).content.decode()
    assert f'name="replaces" value="{waiting.pk}"' in page
    response = enrolled.post(exercise.get_absolute_url(), {"source": "a = 1", "replaces": waiting.pk})
    page = enrolled.get(waiting.get_absolute_url()).content.decode()
    assert f'href="{response.url}"' in page
    assert 'name="replaces"' in enrolled.get(exercise.get_absolute_url()).content.decode()


@pytest.mark.parametrize("named", ["x", "99999999999999999999", "-1", "٣"])
def test_a_place_that_is_not_there_to_take_is_ignored(enrolled, exercise, named):
    response = enrolled.post(exercise.get_absolute_url(), {"source": "a = 1", "replaces": named})
    assert response.status_code == 302


def test_the_page_keeps_what_was_typed_when_a_limit_is_reached(enrolled, exercise, student, settings):
    settings.SUBMISSIONS_AT_ONCE = 1
    Submission.hand_in(student, exercise, MISTAKE)
    page = enrolled.post(exercise.get_absolute_url(), {"source": "typed = 1"})
    assert page.status_code == 429
    assert "1 of your submissions wait or are being graded" in page.content.decode()
    assert "typed = 1" in page.content.decode()


def test_the_page_is_not_sent_again_while_nothing_changes(enrolled, exercise, student):
    submission = Submission.hand_in(student, exercise, MISTAKE)
    asked = {"HX-Request": "true"}
    live = enrolled.get(submission.get_absolute_url(), headers=asked).content.decode()
    seen = live.split("?seen=")[1].split('"')[0]
    assert enrolled.get(f"{submission.get_absolute_url()}?seen={seen}", headers=asked).status_code == 204
    claimed(1)
    again = enrolled.get(f"{submission.get_absolute_url()}?seen={seen}", headers=asked)
    assert again.status_code == 200
    assert "Being graded" in again.content.decode()
