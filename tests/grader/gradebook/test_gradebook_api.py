"""What staff and students read of the gradebook by program, and what staff do in it, is what the pages show and do."""

import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.models import Change, Enrollment, Mail, Ticket
from grader.models import (
    Assignment,
    CheckRevision,
    Correction,
    Criterion,
    Extension,
    Mark,
    Override,
    Scheme,
    Submission,
)
from tests.grader.gradebook.conftest import FULL, graded
from tests.grader.gradebook.test_book import hand_in, new_exercise

DAY = datetime.timedelta(days=1)
JSON = "application/json"


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def teaching(instructor):
    return client_of(instructor)


@pytest.fixture
def reading(student):
    return client_of(student)


@pytest.fixture
def second(session, exercise):
    """Another assignment, of 20, whose scores are hidden until they are posted."""
    return Assignment.objects.create(session=session, exercise=new_exercise(exercise, points=20), hidden=True, weight=3)


def of(session, name):
    return f"/api/v1/sessions/{session.pk}/{name}/"


def override(assignment, student, by, points, of=10):
    return Override.objects.create(assignment=assignment, student=student, points=points, of=of, by=by)


# --- the list ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("", ["other", "student"]), ("sort=-name", ["student", "other"]), ("sort=total", ["student", "other"]),
        ("sort=-total", ["other", "student"]), ("sort=-a{}", ["other", "student"]), ("q=STUD", ["student"]),
        ("sign=overridden", ["other"]), ("sign=late", []), ("sign=&q=", ["other", "student"]),
    ],
)  # fmt: skip
def test_the_list_is_filtered_and_sorted_as_the_page(
    teaching, session, student, other, assignment, instructor, asked, order
):
    hand_in(student, assignment.exercise, 3)
    override(assignment, other, instructor, 9)
    told = teaching.get(f"/api/v1/gradebook/?session={session.pk}&{asked.format(assignment.pk)}").json()
    assert [row["email"].partition("@")[0] for row in told["results"]] == order
    assert {row["email"]: row["scores"][0]["points"] for row in told["results"]}.items() <= {
        "student@example.org": 3, "other@example.org": 9,
    }.items()  # fmt: skip


def test_what_is_no_choice_is_refused_and_who_left_is_told_on_demand(teaching, session, student, other, assignment):
    where = f"/api/v1/gradebook/?session={session.pk}"
    for wrong in ("sort=a999", "sort=size", "sign=x", "left=perhaps"):
        assert teaching.get(f"{where}&{wrong}").json()["errors"].keys() == {wrong.partition("=")[0]}
    hand_in(student, assignment.exercise, 3, at=timezone.now() - DAY)
    Enrollment.objects.filter(user=student).update(withdrawn_at=timezone.now())
    hand_in(student, assignment.exercise, 10, at=timezone.now() + DAY)
    assert [row["student"] for row in teaching.get(where).json()["results"]] == [other.pk]
    rows = {row["student"]: row for row in teaching.get(f"{where}&left=true").json()["results"]}
    assert rows[other.pk]["left_at"] is None
    assert rows[student.pk]["left_at"] is not None
    assert rows[student.pk]["scores"][0]["points"] == 3


# --- a score, and how it came about -------------------------------------------------------------------------


def test_a_cell_tells_every_submission_and_what_became_of_it(teaching, student, assignment, instructor):
    Assignment.objects.update(due_at=timezone.now() - 3 * DAY, late_days=2, attempts=2)
    tried = [
        hand_in(student, assignment.exercise, marks, at=timezone.now() - days * DAY)
        for days, marks in ((4, 2), (1.5, 10), (0.5, 10))
    ]
    Correction.objects.create(assignment=assignment, student=student, before=20, after=80, why="W", by=instructor)
    told = teaching.get(f"/api/v1/gradebook/{assignment.pk}/{student.pk}/").json()
    assert (told["points"], told["penalty"], told["days_late"], told["submission"]) == (8, 20, 2, tried[1].pk)
    assert [(one["submission"], one["earned"], one["counts"]) for one in told["tried"]] == [
        (tried[2].pk, 10, False), (tried[1].pk, 10, True), (tried[0].pk, 2, False),
    ]  # fmt: skip
    assert "when work did not count any more" in told["tried"][0]["fate"]
    assert "It came 2 days late, less 20 % of the marks: 8 marks are left." in told["account"]
    assert [(one["before"], one["after"], one["why"]) for one in told["corrections"]] == [(20, 80, "W")]
    assert told["corrected"] is True
    for where in (
        f"{assignment.pk}/{instructor.pk}",
        f"999/{student.pk}",
        f"{assignment.pk}/{10**30}",
        f"{10**30}/{student.pk}",
    ):
        assert teaching.get(f"/api/v1/gradebook/{where}/").status_code == 404


def test_a_student_reads_why_and_nothing_of_what_is_not_posted(
    reading, teaching, session, student, assignment, second, instructor
):
    hand_in(student, assignment.exercise, 8, hidden=0, hidden_of=10)
    hand_in(student, second.exercise, 5)
    for one, points in ((assignment, 4), (second, 3)):
        criterion = Criterion.objects.create(assignment=one, position=1, title="Style", points=10)
        Mark.objects.create(criterion=criterion, student=student, points=points, comment="Well", by=instructor)
        Correction.objects.create(assignment=one, student=student, before=1, after=2, why="W", by=instructor)
    told = reading.get(f"/api/v1/grades/{session.pk}/").json()
    first, hidden = told["grades"]
    assert (first["points"], first["state"], first["may_ask"]) == (12, "scored", True)
    assert [(one["title"], one["points"], one["of"], one["comment"]) for one in first["rubric"]] == [
        ("Style", "4.00", "10.00", "Well")
    ]
    assert len(first["corrections"]) == 1
    assert (hidden["percent"], hidden["state"], hidden["rubric"], hidden["corrections"], hidden["corrected"]) == (
        None, "unposted", [], [], False,
    )  # fmt: skip
    assert hidden["account"] == ["The score is not posted yet."]
    assert told["total"] == pytest.approx(first["percent"])
    theirs = teaching.get(of(session, f"grades/{student.pk}")).json()
    # The moment is told on the clocks of whoever reads.
    for one in (theirs, told):
        del one["grades"][0]["corrections"][0]["at"]
    assert theirs == told
    assert teaching.get(f"/api/v1/grades/{session.pk}/").status_code == 404


# --- figures, totals, posting ---------------------------------------------------------------------------------


def test_statistics_are_those_of_the_scores(teaching, session, student, other, assignment, second, instructor):
    hand_in(student, assignment.exercise, 10)
    hand_in(other, assignment.exercise, 4)
    override(second, student, instructor, 15, of=20)
    total, first, then = teaching.get(of(session, "statistics")).json()
    assert (total["assignment"], first["assignment"], then["assignment"]) == (None, assignment.pk, second.pk)
    assert (first["number"], first["mean"], first["quartiles"]) == (2, 70, [55, 70, 85])
    assert {one["low"]: one["number"] for one in first["bins"] if one["number"]} == {40: 1, 90: 1}
    assert (then["number"], then["mean"], then["posted"]) == (1, 75, False)
    assert total["mean"] == pytest.approx(((100 + 3 * 75) / 4 + 40) / 2)


def test_how_many_scores_are_dropped_is_set_and_noted(teaching, session, assistant, assignment):
    assert teaching.get(of(session, "scheme")).json()["drop_lowest"] == 0
    told = teaching.put(of(session, "scheme"), {"drop_lowest": 2}, JSON).json()
    assert (told["drop_lowest"], told["words"]) == (
        2, "Of each student the 2 lowest scores are left out; one score always stays.",
    )  # fmt: skip
    assert Scheme.objects.get().drop_lowest == 2
    assert Change.objects.filter(what__startswith="changed how many of the lowest").count() == 1
    assert teaching.put(of(session, "scheme"), {"drop_lowest": 101}, JSON).status_code == 400
    assert client_of(assistant).put(of(session, "scheme"), {"drop_lowest": 1}, JSON).status_code == 404


def test_submissions_of_a_session_are_those_of_its_students_for_what_is_assigned_there(
    teaching, reading, session, new_session, assignment, student, other
):
    elsewhere = new_session("elsewhere")
    of_student, of_other = (hand_in(one, assignment.exercise, 5) for one in (student, other))
    hand_in(student, new_exercise(assignment.exercise), 5)
    Enrollment.objects.filter(user=other).update(session=elsewhere)

    def found(client, of):
        return [row["id"] for row in client.get(f"/api/v1/submissions/?session={of.pk}").json()["results"]]

    assert found(teaching, session) == found(reading, session) == [of_student.pk]
    assert found(teaching, elsewhere) == []
    Assignment.objects.create(session=elsewhere, exercise=assignment.exercise)
    assert found(client_of(other), elsewhere) == [of_other.pk]
    assert found(reading, elsewhere) == []
    assert reading.get("/api/v1/submissions/?session=x").status_code == 400


def test_a_preview_tells_what_students_will_see_and_posts_nothing(
    teaching, session, student, other, assignment, second, instructor
):
    hand_in(student, second.exercise, 5)
    hand_in(other, second.exercise)
    where = f"/api/v1/gradebook/preview/?session={session.pk}"
    told = teaching.get(where).json()
    assert told["assignments"] == [second.pk]
    assert told["unready"] == [f"{second}: 1 work being graded."]
    rows = {row["student"]: [line["said"] for line in row["lines"]] for row in told["rows"]}
    assert rows == {student.pk: ["5 of 10 (50\u00a0%)"], other.pk: ["Being graded"]}
    assert Assignment.objects.unposted().get() == second
    assert not Mail.objects.exists()
    named = teaching.get(f"{where}&assignment={assignment.pk}&assignment={second.pk}").json()
    assert sorted(named["assignments"]) == sorted([assignment.pk, second.pk])
    assert teaching.get(f"{where}&assignment=999").json()["errors"].keys() == {"assignments"}
    assert teaching.get("/api/v1/gradebook/preview/?session=x").status_code == 404


# --- a sheet out and in ---------------------------------------------------------------------------------------


def test_a_sheet_goes_out_is_looked_at_and_comes_back(teaching, session, student, other, assignment):
    hand_in(student, assignment.exercise, 3)
    file = teaching.get(of(session, "sheet"), headers={"Accept": "text/csv"})
    assert file["Content-Type"].startswith("text/csv")
    text = file.content.decode("utf-8-sig")
    edited = text.replace("student@example.org,3", "student@example.org,8").replace("other@example.org,", "x@y.org,9")
    told = teaching.post(of(session, "sheet/preview"), {"sheet": edited}, JSON).json()
    assert told["changes"] == [{"row": 3, "assignment": assignment.pk, "student": student.pk, "before": 3, "after": 8}]
    assert [(one["row"], one["reason"]) for one in told["problems"]] == [(2, "Nobody has the address x@y.org.")]
    assert not Override.objects.exists()
    given = {"file": SimpleUploadedFile("a.csv", edited.encode()), "token": told["token"], "reason": "By hand"}
    [written] = teaching.post(of(session, "sheet/apply"), given).json()
    kept = Override.objects.get()
    assert (kept.pk, kept.student, kept.points, kept.reason) == (written["id"], student, Decimal(8), "By hand")


def test_a_sheet_that_was_not_looked_at_as_it_is_now_changes_nothing(
    teaching, session, student, assignment, instructor
):
    edited = f"E-mail,[{assignment.pk}]\nstudent@example.org,7\n"
    token = teaching.post(of(session, "sheet/preview"), {"sheet": edited}, JSON).json()["token"]
    override(assignment, student, instructor, 5)
    refused = teaching.post(of(session, "sheet/apply"), {"sheet": edited, "token": token}, JSON)
    assert refused.status_code == 409
    assert [(one["before"], one["after"]) for one in refused.json()["changes"]] == [(5, 7)]
    assert Override.objects.count() == 1
    again = {"sheet": edited, "token": refused.json()["token"]}
    assert teaching.post(of(session, "sheet/apply"), again, JSON).status_code == 200
    assert Override.objects.latest("pk").points == 7


def test_a_file_that_is_no_sheet_is_refused_by_field(teaching, session, assignment):
    where = of(session, "sheet/preview")
    utf16 = SimpleUploadedFile("a.csv", "E-mail".encode("utf-16"))
    for given, field in (
        ({"file": utf16}, "file"), ({"sheet": "Name\nA\n"}, "sheet"), ({}, "non_field_errors"),
    ):  # fmt: skip
        assert teaching.post(where, given).json()["errors"].keys() == {field}
    nothing = {"sheet": "E-mail\n", "token": teaching.post(where, {"sheet": "E-mail\n"}).json()["token"]}
    assert teaching.post(of(session, "sheet/apply"), nothing).json()["errors"].keys() == {"sheet"}


# --- assignments, checks, rubrics, requests -------------------------------------------------------------------


def test_turnout_counts_students(teaching, session, student, other, assignment, second, instructor):
    hand_in(student, assignment.exercise, 10)
    hand_in(student, assignment.exercise, 4)
    hand_in(other, assignment.exercise)
    Extension.objects.create(assignment=second, student=other, due_at=timezone.now() + DAY, granted_by=instructor)
    told = {row.pop("assignment"): row for row in teaching.get(of(session, "turnout")).json()}
    assert told[assignment.pk] == {
        "removed_at": None, "lecture": "1.1 Back-propagation", "share": 25, "extensions": 0, "handed_in": 2, "graded": 1,
    }  # fmt: skip
    assert (told[second.pk]["share"], told[second.pk]["extensions"], told[second.pk]["handed_in"]) == (75, 1, 0)


def test_checks_tell_how_students_did_and_what_counts(teaching, student, other, assignment, instructor):
    graded(student, assignment.exercise, FULL)
    graded(other, assignment.exercise, {"One layer": 1})
    CheckRevision.objects.create(assignment=assignment, check_name="One layer", points=0, reason="R", by=instructor)
    where = "/api/v1/check-revisions/checks/"
    told = {row["name"]: row for row in teaching.get(f"{where}?assignment={assignment.pk}").json()}
    assert told.keys() == FULL.keys()
    one = told["One layer"]
    assert (one["full"], one["now"], one["everything"], one["some"], one["nothing"]) == ("2.00", "0.00", 1, 1, 0)
    assert (told["A batch of one"]["revision"], told["A batch of one"]["nothing"]) == (None, 1)
    assert teaching.get(where).status_code == 404


def test_criteria_change_places_and_are_taken_over(teaching, assignment, second, instructor):
    _, last = (
        Criterion.objects.create(assignment=assignment, position=place, title=title, points=place)
        for place, title in ((1, "A"), (2, "B"))
    )
    moved = teaching.post(f"/api/v1/criteria/{last.pk}/move/", {"up": True}, JSON).json()
    assert moved["position"] == 1
    assert list(assignment.criteria.values_list("title", flat=True)) == ["B", "A"]
    given = {"assignment": second.pk, "source": assignment.pk}
    made = teaching.post("/api/v1/criteria/copy/", given, JSON)
    assert (made.status_code, [one["title"] for one in made.json()]) == (201, ["B", "A"])
    assert list(second.criteria.values_list("title", "points")) == [("B", 2), ("A", 1)]
    # This exercise brings no rubric.
    assert teaching.post("/api/v1/criteria/copy/", {"assignment": second.pk}, JSON).status_code == 409
    assert teaching.post("/api/v1/criteria/copy/", {**given, "source": 999}, JSON).status_code == 400


def test_a_request_is_graded_again_and_waits_on(teaching, reading, assignment, student):
    submission = graded(student, assignment.exercise, {"One layer": 1})
    asked = reading.post("/api/v1/regrade-requests/", {"assignment": assignment.pk, "text": "Why?"}, JSON).json()
    where = f"/api/v1/regrade-requests/{asked['id']}/grade-again/"
    assert teaching.post(where).json()["state"] == "open"
    submission.refresh_from_db()
    assert submission.status == Submission.Status.QUEUED
    assert teaching.post(where).status_code == 409
    assert reading.post(where).status_code == 404


# --- ask about this -------------------------------------------------------------------------------------------


def test_a_question_about_a_submission_goes_to_its_session_with_the_report(
    reading, session, student, other, exercise, assignment
):
    submission = graded(student, exercise, {"One layer": 1})
    asked = reading.post(f"/api/v1/submissions/{submission.pk}/ask/", {"text": "Why?"}, JSON)
    ticket = Ticket.objects.get()
    assert (asked.status_code, asked.json()["id"], ticket.session, ticket.asker) == (201, ticket.pk, session, student)
    assert asked["Location"].endswith(reverse("api-question-detail", args=[ticket.pk]))
    assert f"Submission {submission.pk}" in ticket.attachment
    assert ticket.about_url == submission.get_absolute_url()
    latest = reading.post(f"/api/v1/exercises/{exercise.slug}/ask/", {"text": "How?", "session": session.pk}, JSON)
    assert Ticket.objects.get(pk=latest.json()["id"]).attachment == ticket.attachment
    elsewhere = {"text": "How?", "session": session.pk + 999}
    refused = reading.post(f"/api/v1/exercises/{exercise.slug}/ask/", elsewhere, JSON)
    assert refused.json()["errors"].keys() == {"session"}
    assert client_of(other).post(f"/api/v1/submissions/{submission.pk}/ask/", {"text": "Why?"}).status_code == 404


def test_who_learns_it_in_two_sessions_names_one(reading, session, student, exercise, new_session, enroll):
    then = new_session("then")
    enroll(student, then)
    where = f"/api/v1/exercises/{exercise.slug}/ask/"
    assert reading.post(where, {"text": "Why?"}, JSON).json()["errors"].keys() == {"session"}
    assert reading.post(where, {"text": "Why?", "session": then.pk}, JSON).status_code == 201
    assert Ticket.objects.get().session == then
