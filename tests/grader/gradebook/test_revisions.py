"""Other full marks for one check, for everybody: looked at first, kept, told, and taken back."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import Change, Mail
from grader.gradebook.book import Book
from grader.gradebook.revisions.checks import checks_of, compared
from grader.models import CheckRevision, Correction, Override
from tests.grader.gradebook.conftest import FULL, graded

WIDTH = "Layers of equal width"


@pytest.fixture
def work(student, other, exercise):
    """The student earns 8 of 10 without the equal widths' last 2, the other one 2 of 10."""
    return graded(student, exercise, {**FULL, WIDTH: 1}), graded(other, exercise, {"One layer": 2})


def address(assignment):
    return reverse("checks", args=[assignment.session_id, assignment.pk])


def post(client, person, assignment, points=None, **values):
    client.force_login(person)
    body = {f"points {name}": most for name, most in (points or {}).items()}
    return client.post(address(assignment), {**body, "reason": "It was ambiguous", **values})


def save(client, person, assignment, points=None, **values):
    seen = client.get(address(assignment)).context["seen"] if client.session.get("_auth_user_id") else ""
    return post(client, person, assignment, points, sure="1", **{"seen": seen, **values})


def percents(assignment, *students):
    book = Book(assignment.session, list(students))
    return [round(book.score(assignment, student).percent, 2) for student in students]


def test_the_page_says_how_many_earned_what_of_each_check(client, assignment, work, assistant):
    rows = {row.name: (row.everything, row.some, row.nothing, row.full) for row in checks_of(assignment)}
    assert rows == {
        "One layer": (2, 0, 0, 2), WIDTH: (0, 1, 1, 3), "Layers of unequal width": (1, 0, 1, 3),
        "A batch of one": (1, 0, 1, 1), "Single precision": (1, 0, 1, 1),
    }  # fmt: skip
    client.force_login(assistant)
    shown = client.get(address(assignment)).content.decode()
    assert WIDTH in shown
    assert "Compare before and after" not in shown
    assert client.post(address(assignment), {"reason": "R"}).status_code == 404


def test_before_it_is_saved_all_scores_are_compared(client, assignment, work, student, other, instructor):
    response = post(client, instructor, assignment, {WIDTH: "0"})
    assert response.status_code == 200
    shown = response.content.decode()
    for part in (
        "2 of 2 scores change",
        "Full marks: 10 before, 7 after",
        "2 higher, 0 lower",
        "▲ +20 %",
        "Nothing is saved yet",
    ):
        assert part in shown, part
    assert not CheckRevision.objects.exists()
    assert percents(assignment, student, other) == [80, 20]
    rows = {
        row.student: (row.before, row.after, row.points_after) for row in compared(assignment, {WIDTH: Decimal(0)}).rows
    }
    assert rows[student] == (80, 100, 7)
    assert rows[other] == (20, pytest.approx(200 / 7), 2)


def test_a_check_is_voided_for_everybody_and_noted_and_told(client, assignment, work, student, other, instructor):
    client.force_login(instructor)
    assert save(client, instructor, assignment, {WIDTH: "0", "One layer": "2"}).status_code == 302
    assert percents(assignment, student, other) == [100, 28.57]
    revision = CheckRevision.objects.get()
    assert (revision.check_name, revision.points, revision.reason, revision.by) == (
        WIDTH,
        0,
        "It was ambiguous",
        instructor,
    )
    assert Change.objects.get().values == {
        WIDTH: ["its own full marks", "does not count"], "reason": [None, "It was ambiguous"],
    }  # fmt: skip
    assert set(Mail.objects.values_list("person", flat=True)) == {student.pk, other.pk}
    assert Correction.objects.get(student=student).why == "It was ambiguous"
    client.force_login(student)
    assert (
        f"The check “{WIDTH}” does not count here: It was ambiguous"
        in client.get(work[0].get_absolute_url()).content.decode()
    )


def test_what_is_not_posted_changes_without_a_word(client, assignment, work, student, instructor):
    assignment.hidden = True
    assignment.save()
    client.force_login(instructor)
    save(client, instructor, assignment, {WIDTH: "0"})
    assert percents(assignment, student) == [100]
    assert not Mail.objects.exists()


def test_a_check_counts_more_or_less_and_what_was_earned_is_scaled(client, assignment, work, student, instructor):
    client.force_login(instructor)
    save(client, instructor, assignment, {WIDTH: "6"})
    assert percents(assignment, student) == [round(100 * 9 / 13, 2)]
    save(client, instructor, assignment, {WIDTH: "1.5"})
    assert percents(assignment, student) == [round(100 * 7.5 / 8.5, 2)]
    assert CheckRevision.objects.count() == 1


def test_it_is_taken_back_after_a_look_at_what_that_changes(client, assignment, work, student, instructor):
    client.force_login(instructor)
    save(client, instructor, assignment, {WIDTH: "0"})
    shown = post(client, instructor, assignment, back=WIDTH).content.decode()
    assert "Take it back for everybody" in shown
    assert "▼ -20 %" in shown
    assert 'name="points One layer" value="2"' in shown
    assert CheckRevision.objects.exists()
    save(client, instructor, assignment, back=WIDTH)
    assert not CheckRevision.objects.exists()
    assert percents(assignment, student) == [80]
    assert [one.after for one in Correction.objects.filter(student=student)] == [100, 80]


def test_its_own_full_marks_take_the_change_back_too(client, assignment, work, instructor):
    client.force_login(instructor)
    save(client, instructor, assignment, {WIDTH: "0"})
    save(client, instructor, assignment, {WIDTH: "3"})
    assert not CheckRevision.objects.exists()


@pytest.mark.parametrize(
    ("points", "values", "said"),
    [
        ({WIDTH: "-1"}, {}, "greater than or equal to 0"),
        ({WIDTH: "x"}, {}, "Enter a number"),
        ({WIDTH: "9999999"}, {}, "no more than"),
        ({WIDTH: "0"}, {"reason": " "}, "This field is required"),
        ({WIDTH: "3"}, {}, "Nothing would change."),
        ({}, {}, "Nothing would change."),
        (dict.fromkeys(FULL, "0"), {}, "No check would count any more."),
        ({}, {"back": "No such check"}, "There is no check “No such check”"),
    ],
)
def test_full_marks_that_cannot_be_are_refused_and_kept(client, assignment, work, instructor, points, values, said):
    response = post(client, instructor, assignment, points, sure="1", **values)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert not CheckRevision.objects.exists()


def test_of_two_who_change_checks_the_second_looks_again(client, assignment, work, instructor):
    client.force_login(instructor)
    seen = client.get(address(assignment)).context["seen"]
    save(client, instructor, assignment, {"One layer": "0"})
    response = save(client, instructor, assignment, {WIDTH: "0"}, seen=seen)
    assert response.status_code == 409
    shown = response.content.decode()
    assert "Somebody else has changed the checks meanwhile" in shown
    assert 'value="It was ambiguous"' in shown
    assert CheckRevision.objects.get().check_name == "One layer"


def test_a_check_of_an_older_version_is_named_as_such_and_can_be_voided(client, assignment, student, instructor):
    graded(student, assignment.exercise, {"Old one": 4, "One layer": 2}, full={"Old one": 4, "One layer": 4})
    client.force_login(instructor)
    assert client.get(address(assignment)).content.decode().count("not in the exercise as it is now") == 1
    save(client, instructor, assignment, {"Old one": "0"})
    assert percents(assignment, student) == [50]


def test_without_the_exercises_folder_its_checks_are_those_of_the_results(assignment, work, exercise):
    exercise.slug = "gone"
    exercise.save()
    assert {(row.name, row.full, row.known) for row in checks_of(assignment)} == {
        (n, most, False) for n, most in FULL.items()
    }


def test_a_score_that_staff_set_stays(client, assignment, work, student, instructor):
    Override.objects.create(assignment=assignment, student=student, points=5, of=10, by=instructor)
    shown = post(client, instructor, assignment, {WIDTH: "0"}).content.decode()
    assert "set by staff, stays" in shown
    assert "1 of 2 scores change" in shown


def test_a_hidden_checks_name_stays_hidden(client, assignment, student, instructor, session, exercise):
    # Without the folder, in which the check is public.
    exercise.slug = "gone"
    exercise.save()
    session.submissions_close_on = timezone.now().date() + datetime.timedelta(days=9)
    session.save()
    submission = graded(student, assignment.exercise, FULL, hidden=(WIDTH,))
    client.force_login(instructor)
    assert "Hidden from students" in client.get(address(assignment)).content.decode()
    save(client, instructor, assignment, {WIDTH: "0"})
    client.force_login(student)
    assert WIDTH not in client.get(submission.get_absolute_url()).content.decode()
    assert client.get("/api/v1/check-revisions/").json()["count"] == 0


def test_by_program(client, assignment, work, student, instructor, assistant, stranger):
    client.force_login(instructor)
    body = {"assignment": assignment.pk, "check_name": WIDTH, "points": "0"}
    preview = client.post("/api/v1/check-revisions/preview/", body, "application/json").json()
    assert (preview["changed"], preview["full_after"]) == (2, 7)
    assert {row["student"]: row["after"] for row in preview["rows"]}[student.pk] == 100
    assert not CheckRevision.objects.exists()
    reasoned = {**body, "reason": "R", "seen": preview["seen"]}
    made = client.post("/api/v1/check-revisions/", reasoned, "application/json")
    assert (made.status_code, made.json()["points"]) == (201, "0.00")
    assert client.post("/api/v1/check-revisions/", {**reasoned, "points": "1"}, "application/json").status_code == 409
    unknown = client.post("/api/v1/check-revisions/", {**reasoned, "check_name": "?"}, "application/json")
    assert unknown.json()["errors"].keys() == {"points"}
    where = f"/api/v1/check-revisions/{made.json()['id']}/"
    client.force_login(assistant)
    assert client.get(where).status_code == 200
    assert client.delete(where).status_code == 404
    assert client.post("/api/v1/check-revisions/preview/", body, "application/json").status_code == 400
    client.force_login(stranger)
    assert client.get(where).status_code == 404
    client.force_login(instructor)
    assert client.delete(where).status_code == 204
    assert percents(assignment, student) == [80]
