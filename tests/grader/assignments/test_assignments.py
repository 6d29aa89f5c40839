"""Assignments of a session: for those who teach it, and what they mean for its students."""

import datetime
import zoneinfo

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from courses.models import CalendarFeed, Change, Course, Enrollment, Lecture, LectureRelease, Mail, Session
from grader.models import Assignment, Exercise, Extension, Override, Submission
from grader.submissions.due import due_for_exercise, due_soon
from tests.grader.assignments.conftest import DAY, NOW, hand_in, new_exercise, person

NEW_YORK = zoneinfo.ZoneInfo("America/New_York")
LAST_OF_MARCH = datetime.date(2027, 3, 31)


def local(*parts):
    return datetime.datetime(2027, *parts, tzinfo=NEW_YORK)


def typed(assignment=None, **values):
    """What a form sends of an assignment, with these fields typed over."""
    sent = {
        "due_at": "2027-03-10T23:59", "weight": "1", "counted": "best", "grace_days": "0", "late_percent": "10",
        "late_days": "7",
    }  # fmt: skip
    return {**sent, **({"version": assignment.version} if assignment else {}), **values}


def add(client, session, chosen, **values):
    sent = {"exercises": [exercise.pk for exercise in chosen], **values}
    return client.post(f"/teaching/{session.pk}/assignments/add/", typed(**sent))


def edit(client, assignment, **values):
    return client.post(f"/teaching/assignments/{assignment.pk}/", typed(assignment, **values))


# --- assigning, changing ------------------------------------------------------------------------------


def test_several_are_assigned_with_one_rule_one_due_after_another_by_the_sessions_clocks(runs, session, exercise):
    answer = add(runs, session, Exercise.objects.all(), opens_at="2027-03-03T09:00", every="7", hidden="on")
    assert answer.status_code == 302
    # In the order of the outline; between the first two the clocks are put forward.
    first, second, third = Assignment.objects.order_by("due_at")
    assert third.exercise == exercise
    assert [one.due_at for one in (first, second, third)] == [local(3, day, 23, 59) for day in (10, 17, 24)]
    assert second.opens_at == local(3, 10, 9)
    assert {(one.late_days, one.hidden, one.version) for one in (first, second, third)} == {(7, True, 0)}
    assert Change.objects.filter(session=session, what="assigned “Sums exercise”").exists()
    page = runs.get(f"/teaching/{session.pk}/assignments/").content.decode()
    assert "March 17, 2027, 11:59 PM (New York)" in page
    assert "Each day late takes 10 percent; after 7 days work does not count." in page
    assert "◐ hidden" in page


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"opens_at": "2027-03-10T23:59"}, "due_at", "due before it opens"),
        ({"due_at": "2027-03-14T02:30"}, "due_at", "There is no 02:30 on March 14, 2027"),
        ({"due_at": "0001-01-01T00:00"}, "due_at", "not one of this school"),
        ({"due_at": "tomorrow"}, "due_at", "Write a day and a time of day"),
        ({"due_at": "2027-04-01T00:00"}, "due_at", "The session takes work until March 31, 2027"),
        ({"grace_days": "8"}, "grace_days", "Late work counts for 7 days only"),
        ({"late_days": "366"}, "late_days", "365"),
        ({"late_percent": "101"}, "late_percent", "100"),
        ({"weight": "-1"}, "weight", "0"),
        ({"weight": "NaN"}, "weight", "number"),
        ({"attempts": "0"}, "attempts", "1"),
        ({"counted": "worst"}, "counted", "worst"),
        ({"every": "30"}, "every", "“Products exercise”: The session takes work until"),
        ({"every": "7", "due_at": ""}, "due_at", "Say when the first one is due"),
        ({"exercises": []}, "exercises", "required"),
        ({"exercises": [0]}, "exercises", "0"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_what_was_typed_stays(runs, session, values, field, said):
    Session.objects.update(submissions_close_on=LAST_OF_MARCH)
    refused = add(runs, session, Exercise.objects.all(), **{"late_percent": "13", **values})
    assert refused.status_code == 400
    assert said in " ".join(refused.context["form"].errors[field])
    assert refused.context["form"]["late_percent"].value() == values.get("late_percent", "13")
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"weight": -1}, {"attempts": 0}, {"late_percent": 101}, {"grace_days": 4}, {"opens_at": NOW - 7 * DAY},
    ],
)  # fmt: skip
def test_the_database_refuses_what_forms_refuse(assignment, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(session=assignment.session, exercise=assignment.exercise)


def test_a_weight_of_zero_is_practice(runs, assignment):
    assert edit(runs, assignment, weight="0").status_code == 302
    assert Assignment.objects.get().is_practice


def test_what_was_assigned_is_not_offered_again(runs, assignment, session, exercise):
    assert add(runs, session, [exercise]).status_code == 400
    Assignment.objects.update(removed_at=NOW)
    assert add(runs, session, [exercise]).status_code == 400
    choices = runs.get(f"/teaching/{session.pk}/assignments/add/").context["form"].fields["exercises"].choices
    assert [label for _, label in choices] == ["1.1 Chains: Chains exercise", "1.2 Products: Products exercise"]


def test_two_people_who_edit_one_assignment_see_both_versions_and_nothing_typed_is_lost(runs, assignment, admin):
    assert edit(runs, assignment, weight="2", late_days="5").status_code == 302
    theirs = Client()
    theirs.force_login(admin)
    answer = edit(theirs, assignment, weight="3", late_days="5", late_percent="25")
    assert answer.status_code == 409
    assert Assignment.objects.get().weight == 2
    assert answer.context["conflicts"] == [
        ("Weight", "2.00", "3"),
        ("Percent that each further day late takes", "10", "25"),
    ]
    assert answer.context["form"]["late_percent"].value() == "25"
    assert edit(theirs, assignment, version=answer.context["form"]["version"].value(), weight="3").status_code == 302
    kept = Assignment.objects.get()
    assert (kept.weight, kept.version) == (3, 2)
    change = Change.objects.filter(actor=admin).get()
    assert (change.what, change.values["weight"]) == ("changed the assignment “Sums exercise”", ["2.00", "3"])


def test_saving_what_was_not_changed_changes_nothing_in_the_repeated_hour_neither(runs, assignment):
    first = local(11, 7, 1, 30, 5).astimezone(datetime.UTC)
    Assignment.objects.update(due_at=first, late_days=7, grace_days=0)
    assert edit(runs, assignment, due_at="2027-11-07T01:30").status_code == 302
    assert (Assignment.objects.get().due_at, Assignment.objects.get().version) == (first, 0)
    # Typed anew it is the later one, which is nobody's loss.
    Assignment.objects.update(due_at=NOW)
    edit(runs, assignment, due_at="2027-11-07T01:30")
    assert Assignment.objects.get().due_at == local(11, 7, 1, 30).replace(fold=1).astimezone(datetime.UTC)


# --- taking out ---------------------------------------------------------------------------------------


def test_what_nobody_has_touched_is_deleted(runs, assignment):
    assert "it is deleted" in runs.get(f"/teaching/assignments/{assignment.pk}/take-out/").content.decode()
    runs.post(f"/teaching/assignments/{assignment.pk}/take-out/")
    assert not Assignment.objects.exists()
    assert Change.objects.get().what == "took out the assignment “Sums exercise”"


def test_one_with_scores_says_how_many_no_longer_count_and_comes_back_with_them(
    runs, assignment, student, other, instructor, exercise
):
    hand_in(student, exercise, NOW - 8 * DAY, score=9)
    Override.objects.create(assignment=assignment, student=other, points=5, of=10, by=instructor)
    page = runs.get(f"/teaching/assignments/{assignment.pk}/take-out/").content.decode()
    assert "2 scores no longer count." in page
    assert Assignment.objects.get().removed_at is None
    runs.post(f"/teaching/assignments/{assignment.pk}/take-out/")
    assert Assignment.objects.get().removed_at == NOW
    assert not due_for_exercise(exercise, student)
    for address in ("", "extensions/", "take-out/"):
        assert runs.get(f"/teaching/assignments/{assignment.pk}/{address}").status_code == 404
    assert "1 taken out" in runs.get(f"/teaching/{assignment.session_id}/assignments/").content.decode()
    runs.post(f"/teaching/assignments/{assignment.pk}/put-back/")
    assert Assignment.objects.get().removed_at is None
    assert Override.objects.count() == 1
    assert due_for_exercise(exercise, student)[0].state == "counted"


def test_an_extension_alone_keeps_it_too(runs, assignment, student, instructor):
    Extension.objects.create(assignment=assignment, student=student, due_at=NOW, granted_by=instructor)
    runs.post(f"/teaching/assignments/{assignment.pk}/take-out/")
    assert Assignment.objects.get().removed_at == NOW


# --- extensions ---------------------------------------------------------------------------------------


def grant(client, assignment, students, due_at="2027-03-05T23:59", reason=""):
    keys = [one.pk for one in students]
    sent = {"students": keys, "due_at": due_at, "reason": reason}
    return client.post(f"/teaching/assignments/{assignment.pk}/extensions/", sent)


def test_an_extension_granted_after_the_due_date_makes_late_work_count_anew(runs, assignment, student, other, exercise):
    for person_ in (student, other):
        hand_in(person_, exercise, NOW - DAY, score=9)
        assert due_for_exercise(exercise, person_)[0].state == "handed in too late"
    assert grant(runs, assignment, [student], reason="Was ill").status_code == 302
    [due] = due_for_exercise(exercise, student)
    assert (due.state, due.at, due.assignment.own_rule.penalty(NOW - DAY)) == ("counted", local(3, 5, 23, 59), 0)
    assert due_for_exercise(exercise, other)[0].state == "handed in too late"
    mail = Mail.objects.get()
    assert mail.person == student
    assert "March 5, 2027, 11:59 PM (New York), which is March 6, 2027, 5:59 AM (Berlin)" in mail.text
    assert "ill" not in mail.text
    change = Change.objects.get()
    assert change.what == "extended “Sums exercise” for Student"
    assert change.values["reason"] == ["", "Was ill"]


def test_it_is_changed_and_taken_back_and_only_a_new_moment_is_written(runs, assignment, student, other):
    grant(runs, assignment, [student, other])
    grant(runs, assignment, [student], due_at="2027-03-06T12:00", reason="Longer")
    grant(runs, assignment, [student], due_at="2027-03-06T12:00", reason="Other words")
    assert (Extension.objects.count(), Mail.objects.count(), Change.objects.count()) == (2, 3, 4)
    extension = Extension.objects.get(student=student)
    filled = runs.get(f"/teaching/assignments/{assignment.pk}/extensions/?student={student.pk}").context["form"]
    assert (filled["due_at"].value(), filled["reason"].value()) == ("2027-03-06T12:00", "Other words")
    runs.post(f"/teaching/extensions/{extension.pk}/take-back/")
    assert Extension.objects.get().student == other
    mail = Mail.objects.latest("pk")
    assert mail.subject == "[Gradus] No more time for Sums exercise"
    assert "It is due for you as for everybody" in mail.text


@pytest.mark.parametrize(
    ("due_at", "said"),
    [
        ("2027-02-22T12:00", "It is due for everybody on February 22, 2027, 12:00 PM (New York)"),
        ("2027-04-01T00:00", "The session takes work until March 31, 2027"),
        ("", "required"),
    ],
)
def test_an_extension_gives_more_time_or_is_refused(runs, assignment, student, due_at, said):
    Session.objects.update(submissions_close_on=LAST_OF_MARCH)
    refused = grant(runs, assignment, [student], due_at=due_at, reason="Kept")
    assert refused.status_code == 400
    assert said in " ".join(refused.context["form"].errors["due_at"])
    assert refused.context["form"]["reason"].value() == "Kept"
    assert grant(runs, assignment, [person("nobody")]).status_code == 400
    assert not Extension.objects.exists()


def test_nobody_needs_longer_where_nothing_is_due(runs, assignment, student):
    Assignment.objects.update(due_at=None)
    assert grant(runs, assignment, [student]).status_code == 400


# --- what it means for students -----------------------------------------------------------------------


@pytest.fixture
def signed_in(client, student):
    client.force_login(student)
    return client


def test_a_student_is_told_what_lateness_costs_now_and_how_many_attempts_are_used(
    signed_in, assignment, exercise, student
):
    Assignment.objects.update(due_at=NOW - 2 * DAY + datetime.timedelta(hours=1), attempts=2)
    hand_in(student, exercise)
    page = signed_in.get("/exercises/sums-exercise/").content.decode()
    assert 'Due February 27, 2027, 1:00 PM (New York) <small class="beside">February 27, 2027, 7:00 PM (Berlin)' in page
    assert "Handed in now it is 2 days late and loses 10 percent of its marks." in page
    assert "1 of 2 attempts that count is used; the best of them is your score." in page
    hand_in(student, exercise)
    assert "All attempts that count are used" in signed_in.get("/exercises/sums-exercise/").content.decode()


def test_after_the_close_work_is_taken_and_does_not_count(signed_in, assignment, student):
    assert "Handed in now it will not count." in signed_in.get("/exercises/sums-exercise/").content.decode()
    assert signed_in.post("/exercises/sums-exercise/", {"source": "x = 1"}).status_code == 302
    assert due_for_exercise(assignment.exercise, student)[0].state == "handed in too late"


def test_what_failed_or_was_canceled_is_no_attempt_and_what_came_before_it_opened_does_not_count(
    assignment, exercise, student
):
    Assignment.objects.update(due_at=NOW + DAY, opens_at=NOW - DAY)
    for status in ("failed", "canceled"):
        Submission.objects.filter(pk=hand_in(student, exercise).pk).update(status=status)
    hand_in(student, exercise, NOW - 2 * DAY, score=10)
    assert due_for_exercise(exercise, student)[0].state == "not handed in"
    hand_in(student, exercise)
    assert due_for_exercise(exercise, student)[0].state == "handed in"


def test_what_one_brings_from_a_former_session_is_handed_in_and_no_score_is_lost_with_it(
    runs, assignment, exercise, student, session, new_session
):
    Assignment.objects.update(due_at=NOW + DAY, opens_at=NOW - DAY)
    hand_in(student, exercise, NOW - 2 * DAY, score=9)
    assert due_for_exercise(exercise, student)[0].state == "not handed in"
    Enrollment.objects.create(user=student, session=new_session("former"), withdrawn_at=NOW, ending="moved")
    assert due_for_exercise(exercise, student)[0].state == "counted"
    assert Assignment.objects.turnout(session) == {assignment.pk: (1, 1)}
    runs.post(f"/teaching/assignments/{assignment.pk}/take-out/")
    assert Assignment.objects.get().removed_at == NOW


def test_home_and_the_top_bar_tell_what_is_due_next(signed_in, session, exercise, student):
    products, chains = Exercise.objects.get(slug="products-exercise"), Exercise.objects.get(slug="chains-exercise")
    for one, values in (
        (exercise, {"due_at": NOW + 2 * DAY}),
        (products, {"due_at": NOW + 9 * DAY}),
        (chains, {"due_at": NOW + DAY, "weight": 0}),
    ):
        Assignment.objects.create(session=session, exercise=one, **values)
    page = signed_in.get("/").content.decode()
    assert (
        page.index("Chains exercise</a> <small>practice")
        < page.index("Sums exercise")
        < page.index("Products exercise")
    )
    assert "<strong>1</strong> due" in page
    Assignment.objects.filter(exercise=exercise).update(opens_at=NOW + DAY)
    assert "Sums exercise</a>" not in signed_in.get("/").content.decode()
    Assignment.objects.filter(exercise=exercise).update(opens_at=None)
    hand_in(student, exercise)
    page = signed_in.get("/").content.decode()
    assert "● handed in" in page
    assert 'class="due"' not in page


def test_the_count_of_the_top_bar_is_one_query(assignment, student, django_assert_num_queries):
    Assignment.objects.update(due_at=NOW + DAY)
    with django_assert_num_queries(1):
        assert due_soon(student) == 1


def test_the_sessions_page_lists_all_with_dates_and_links_what_is_open(signed_in, assignment, session, instructor):
    later = Exercise.objects.get(slug="products-exercise")
    Assignment.objects.create(session=session, exercise=later, opens_at=NOW + DAY, due_at=NOW + 2 * DAY)
    page = signed_in.get(session.get_absolute_url()).content.decode()
    assert 'href="/exercises/sums-exercise/"' in page
    assert "not open yet" in page
    assert 'href="/exercises/products-exercise/"' not in page
    signed_in.force_login(instructor)
    preview = signed_in.get(f"/teaching/{session.pk}/preview/?at=2027-03-02T12:00").content.decode()
    assert 'href="/exercises/products-exercise/"' in preview
    assert "February 22, 2027, 12:00 PM (New York)" in preview


def test_who_has_yet_to_pay_sees_the_same_work_at_home_and_on_the_sessions_page(
    client, new_session, student, other, exercise
):
    dear = new_session("dear", price=100)
    Assignment.objects.create(session=dear, exercise=exercise, due_at=NOW + DAY)
    assert Enrollment.objects.enroll(student, dear).is_held
    client.force_login(student)
    link = f'<a href="{exercise.get_absolute_url()}">Sums exercise</a>'
    for address in ("/", dear.get_absolute_url()):
        page = client.get(address).content.decode()
        assert link in page
        assert "◐ not handed in" in page
    assert client.get(exercise.get_absolute_url()).status_code == 200
    # Whoever has no seat in it is shown none.
    client.force_login(other)
    assert "Sums exercise" not in client.get(dear.get_absolute_url()).content.decode()
    client.logout()
    assert "Sums exercise" not in client.get(dear.get_absolute_url()).content.decode()


def test_due_dates_are_in_the_students_calendar_with_their_extension(client, assignment, student, other, instructor):
    Extension.objects.create(assignment=assignment, student=student, due_at=NOW + DAY, granted_by=instructor)

    def due(person_):
        feed = client.get(f"/calendar/{CalendarFeed.objects.of(person_).token}.ics")
        return {str(event["summary"]): event.decoded("dtend") for event in Calendar.from_ical(feed.content).events}

    assert due(student) == {"Due: Sums exercise": NOW + DAY}
    assert due(other) == {"Due: Sums exercise": NOW - 7 * DAY}
    assert due(instructor) == {}


# --- open and closed ----------------------------------------------------------------------------------


def is_open(student, exercise):
    return Exercise.objects.open_to(student).filter(pk=exercise.pk).exists()


def test_an_exercise_opens_with_its_assignment_and_until_then_is_not_there(signed_in, assignment, student, exercise):
    Assignment.objects.update(opens_at=NOW + DAY, due_at=NOW + 2 * DAY)
    for address in ("/exercises/sums-exercise/", "/api/v1/exercises/sums-exercise/"):
        assert signed_in.get(address).status_code == 404
    assert signed_in.post("/exercises/sums-exercise/", {"source": "x = 1"}).status_code == 404
    assert signed_in.get("/exercises/products-exercise/").status_code == 200
    with time_machine.travel(NOW + DAY):
        assert is_open(student, exercise)
    Assignment.objects.update(removed_at=NOW)
    assert is_open(student, exercise)


def test_one_session_that_has_opened_it_is_enough(assignment, student, exercise, new_session):
    Assignment.objects.update(opens_at=NOW + DAY, due_at=NOW + 2 * DAY)
    second = new_session("second")
    Enrollment.objects.create(user=student, session=second)
    assert is_open(student, exercise)
    LectureRelease.objects.create(session=second, lecture=exercise.lecture, opens_at=NOW + DAY)
    assert not is_open(student, exercise)
    LectureRelease.objects.update(session=assignment.session)
    assert is_open(student, exercise)
    Assignment.objects.create(session=second, exercise=exercise, opens_at=NOW + DAY)
    assert not is_open(student, exercise)


def test_an_assignment_without_a_date_opens_with_its_lecture(assignment, student, exercise, session):
    LectureRelease.objects.create(session=session, lecture=exercise.lecture, opens_at=NOW + DAY)
    assert not Assignment.objects.opened().exists()
    assert not is_open(student, exercise)
    assert Assignment.objects.opened(NOW + DAY).exists()


def test_staff_and_samples_wait_for_no_date(assignment, assistant, instructor, exercise):
    Assignment.objects.update(opens_at=NOW + DAY, due_at=NOW + 2 * DAY)
    assert is_open(assistant, exercise)
    assert is_open(instructor, exercise)
    stranger = person("stranger")
    assert not is_open(stranger, exercise)
    Exercise.objects.filter(pk=exercise.pk).update(sample=True)
    assert is_open(stranger, exercise)


# --- duplicating, programs, queries -------------------------------------------------------------------


def test_a_duplicate_has_the_assignments_as_many_days_later_and_no_extensions(runs, assignment, student, instructor):
    Assignment.objects.update(hidden=True, posted_at=NOW, version=4)
    Extension.objects.create(assignment=assignment, student=student, due_at=NOW, granted_by=instructor)
    gone = Exercise.objects.get(slug="products-exercise")
    Assignment.objects.create(session=assignment.session, exercise=gone, removed_at=NOW)
    address = f"/teaching/{assignment.session_id}/duplicate/"
    assert "Its 1 assignment comes along" in runs.get(address).content.decode()
    # On July 1, 181 days later, the clocks show another offset.
    runs.post(address, {"starts_on": "2027-07-01"})
    copy = Assignment.objects.exclude(session=assignment.session).get()
    assert copy.due_at == (NOW - 7 * DAY).astimezone(NEW_YORK) + 181 * DAY
    assert (copy.exercise, copy.hidden, copy.posted_at, copy.version) == (assignment.exercise, True, None, 0)
    assert not copy.extensions.exists()


def test_programs_see_what_has_opened_by_ones_own_due_date(signed_in, assignment, student, session, instructor):
    Extension.objects.create(
        assignment=assignment, student=student, due_at=NOW + DAY, granted_by=instructor, reason="Ill"
    )
    unopened = Exercise.objects.get(slug="products-exercise")
    Assignment.objects.create(session=session, exercise=unopened, opens_at=NOW + DAY, due_at=NOW + 2 * DAY)
    [row] = signed_in.get("/api/v1/assignments/").json()["results"]
    assert (row["exercise"], row["due_at"][:10], row["own_due_at"][:10]) == (
        "sums-exercise",
        "2027-02-22",
        "2027-03-02",
    )
    for query, number in (
        (f"session={session.pk}&exercise=sums-exercise", 1), ("exercise=products-exercise", 0),
        ("due_after=2027-03-01T00:00:00Z", 1), ("due_before=2027-03-01T00:00:00Z", 0),
    ):  # fmt: skip
        assert signed_in.get(f"/api/v1/assignments/?{query}").json()["count"] == number
    assert signed_in.patch(f"/api/v1/assignments/{row['id']}/", {}, "application/json").status_code == 404
    [extension] = signed_in.get("/api/v1/extensions/").json()["results"]
    assert "reason" not in extension
    signed_in.force_login(instructor)
    assert signed_in.get("/api/v1/assignments/").json()["count"] == 2
    assert signed_in.get("/api/v1/extensions/").json()["results"][0]["reason"] == "Ill"


def test_programs_assign_change_take_out_and_put_back(runs, session, exercise, student):
    def send(method, address, **body):
        return getattr(runs, method)(f"/api/v1/assignments/{address}", body, "application/json")

    elsewhere = new_exercise(Lecture.objects.create(slug="else", title="Else"))
    new = {"session": session.pk, "exercise": exercise.slug, "due_at": "2027-03-10T23:59:00-05:00"}
    assert send("post", "", **{**new, "exercise": elsewhere.slug}).status_code == 400
    assert send("post", "", **{**new, "due_at": "2027-03-10T23:59:00"}).status_code == 400
    assert send("post", "", **{**new, "grace_days": 9}).json()["errors"].keys() == {"grace_days"}
    made = send("post", "", **new)
    assert (made.status_code, made.json()["version"]) == (201, 0)
    assert send("post", "", **new).status_code == 409
    one = f"{made.json()['id']}/"
    assert send("patch", one, weight="2").status_code == 400
    assert send("patch", one, weight="2", version=0).json()["version"] == 1
    conflict = send("patch", one, weight="3", version=0)
    assert conflict.status_code == 409
    assert (conflict.json()["current"]["weight"], conflict.json()["yours"]["weight"]) == ("2.00", "3.00")
    hand_in(student, exercise, score=5)
    refused = send("delete", one)
    assert (refused.status_code, refused.json()["scores"]) == (409, 1)
    assert runs.delete(f"/api/v1/assignments/{one}?sure=1").status_code == 204
    assert runs.get("/api/v1/assignments/").json()["count"] == 0
    assert runs.get("/api/v1/assignments/?removed=true").json()["count"] == 1
    assert send("post", "", **new).status_code == 409
    assert send("post", f"{one}put-back/").json()["removed_at"] is None
    assert send("post", f"{one}put-back/").status_code == 409


def test_programs_grant_change_and_take_back_extensions(runs, assignment, student):
    def send(method, address, **body):
        return getattr(runs, method)(f"/api/v1/extensions/{address}", body, "application/json")

    new = {"assignment": assignment.pk, "student": student.pk, "due_at": "2027-03-05T23:59:00-05:00"}
    assert send("post", "", **{**new, "due_at": "2027-02-01T00:00:00Z"}).json()["errors"].keys() == {"due_at"}
    assert send("post", "", **{**new, "student": person("nobody").pk}).status_code == 400
    made = send("post", "", **new)
    assert made.status_code == 201
    assert send("post", "", **new).status_code == 409
    one = f"{made.json()['id']}/"
    assert send("patch", one, due_at="2027-03-06T12:00:00-05:00").status_code == 200
    assert Extension.objects.get().due_at == local(3, 6, 12)
    assert send("delete", one).status_code == 204
    assert (Extension.objects.count(), Mail.objects.count()) == (0, 3)


def test_what_admins_correct_stands_in_the_trail_and_counts_as_a_change(client, assignment, admin):
    client.force_login(admin)
    sent = {**typed(weight="4"), "due_at_0": "2027-03-10", "due_at_1": "12:00:00", "opens_at_0": "", "opens_at_1": ""}
    assert client.post(f"/admin/grader/assignment/{assignment.pk}/change/", sent).status_code == 302
    kept = Assignment.objects.get()
    assert (kept.weight, kept.version, kept.due_at) == (4, 1, datetime.datetime(2027, 3, 10, 12, tzinfo=datetime.UTC))
    assert Change.objects.get().values["weight"] == ["1.00", "4"]
    assert (
        client.post(f"/admin/grader/assignment/{assignment.pk}/change/", {**sent, "grace_days": "9"}).status_code == 200
    )
    assert Assignment.objects.get().version == 1


def test_pages_ask_no_oftener_for_many_assignments_than_for_few(
    client, session, student, instructor, course, django_assert_max_num_queries
):
    pages = [
        (student, "/"), (student, session.get_absolute_url()), (student, "/api/v1/assignments/"),
        (instructor, f"/teaching/{session.pk}/assignments/"), (instructor, "/api/v1/assignments/"),
    ]  # fmt: skip
    lecture = Lecture.objects.get(slug="sums")

    def grow(name):
        one = Assignment.objects.create(session=session, exercise=new_exercise(lecture, name), due_at=NOW + DAY)
        Extension.objects.create(assignment=one, student=student, due_at=NOW + 2 * DAY, granted_by=instructor)
        hand_in(student, one.exercise, score=7)

    grow("first")
    few = []
    for who, address in pages:
        client.force_login(who)
        client.get(address)
        with CaptureQueriesContext(connection) as counted:
            client.get(address)
        few.append(len(counted))
    for number in range(4):
        grow(f"more-{number}")
    for (who, address), most in zip(pages, few, strict=True):
        client.force_login(who)
        client.get(address)
        with django_assert_max_num_queries(most):
            assert "more-3" in client.get(address).content.decode()


def test_a_session_of_another_course_offers_no_exercise_of_this_one(runs, new_session, instructor):
    empty = new_session("empty", course=Course.objects.create(slug="e", title="E"))
    empty.instructors.add(instructor.instructor)
    assert (
        "Every exercise of the course is assigned already"
        in runs.get(f"/teaching/{empty.pk}/assignments/add/").content.decode()
    )
