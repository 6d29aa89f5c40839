"""Requests to look at a score again: what can be asked about, and what becomes of it."""

import datetime
import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from courses.models import Change, Mail
from grader.gradebook.requests import asking
from grader.gradebook.requests.models import RequestRefused
from grader.models import Criterion, Override, RegradeRequest, Submission
from tests.grader.gradebook.conftest import FULL, graded, handed_in


@pytest.fixture
def submission(student, exercise):
    return graded(student, exercise, {"One layer": 2})


@pytest.fixture
def asked(assignment, student, submission):
    request = asking.ask(assignment, student, "Is *one layer* right?")
    Mail.objects.all().delete()
    return request


def ask(client, person, assignment, **values):
    client.force_login(person)
    return client.post(reverse("regrade_ask", args=[assignment.pk]), {"text": "Look at *one layer*", **values})


def answer(client, person, request, do, text="It stays."):
    client.force_login(person)
    return client.post(reverse("regrade_answer", args=[request.pk]), {"do": do, f"{request.pk}-answer": text})


def test_a_student_asks_from_the_submission_and_those_who_teach_are_written_to(
    client, submission, assignment, student, instructor, session
):
    client.force_login(student)
    where = f"/assignments/{assignment.pk}/regrade/?submission={submission.pk}"
    assert where in client.get(submission.get_absolute_url()).content.decode()
    assert client.get(where).status_code == 200
    assert ask(client, student, assignment, submission=submission.pk).status_code == 302
    request = RegradeRequest.objects.get()
    assert (request.student, request.submission, request.state) == (student, submission, "open")
    mail = Mail.objects.get()
    assert (mail.person, mail.kind) == (instructor, "grades")
    assert "Look at *one layer*" in mail.text
    assert f"/teaching/{session.pk}/requests/" in mail.text
    shown = client.get(submission.get_absolute_url()).content.decode()
    assert "waits for an answer" in shown
    assert "Ask to look at the score again" not in shown


def test_without_naming_a_submission_the_one_that_counts_is_meant(client, assignment, student, submission):
    best = graded(student, assignment.exercise, FULL)
    graded(student, assignment.exercise, {})
    ask(client, student, assignment)
    assert RegradeRequest.objects.get().submission == best


@pytest.mark.parametrize(("text", "status"), [("", 400), (" ", 400), ("a" * 4_001, 400)])
def test_a_reason_is_needed_and_has_an_end(client, assignment, student, submission, text, status):
    assert ask(client, student, assignment, text=text).status_code == status
    assert not RegradeRequest.objects.exists()


def test_one_waits_at_a_time(client, assignment, student, asked):
    response = ask(client, student, assignment)
    assert response.status_code == 409
    shown = response.content.decode()
    assert "You have asked about “Back-propagation” already" in shown
    assert "Look at *one layer*</textarea>" in shown
    assert RegradeRequest.objects.count() == 1


def refusal(assignment, student, submission=None):
    with pytest.raises(RequestRefused) as refused:
        asking.ask(assignment, student, "Why?", submission)
    return str(refused.value)


def test_what_has_no_score_cannot_be_asked_about(assignment, student, other, exercise, instructor):
    assert refusal(assignment, student) == "You have not handed anything in for it yet."
    waiting = handed_in(student, exercise)
    assert refusal(assignment, student) == "It is still being graded. Wait for its score."
    assert refusal(assignment, student, waiting) == "This submission is not graded. Ask about one that is."
    graded(student, exercise, FULL)
    Criterion.objects.create(assignment=assignment, position=1, title="C", points=1)
    assert refusal(assignment, student) == "It is still being marked. Wait for its score."
    assignment.hidden = True
    assignment.save()
    assert refusal(assignment, student) == "Its scores are not posted yet. Wait until they are."
    Override.objects.create(assignment=assignment, student=student, points=1, of=10, by=instructor)
    assert refusal(assignment, student) == "Its scores are not posted yet. Wait until they are."
    assignment.opens_at = timezone.now() + datetime.timedelta(days=1)
    assignment.save()
    assert refusal(assignment, student) == "This assignment has not opened yet."
    assert not RegradeRequest.objects.exists()


def test_what_is_no_assignment_of_ones_own_is_not_there(client, assignment, student, submission, stranger, session):
    assert ask(client, stranger, assignment).status_code == 404
    assignment.removed_at = timezone.now()
    assignment.save()
    assert ask(client, student, assignment).status_code == 404
    assert "look at the score again" not in client.get(submission.get_absolute_url()).content.decode()


def test_a_score_that_people_alone_gave_can_be_asked_about(client, assignment, student, instructor):
    Override.objects.create(assignment=assignment, student=student, points=1, of=10, by=instructor)
    assert ask(client, student, assignment).status_code == 302
    assert RegradeRequest.objects.get().submission is None
    assert answer(client, instructor, RegradeRequest.objects.get(), "again").status_code == 409


def test_the_queue_shows_score_code_and_report_and_its_tab_counts(client, asked, instructor, assistant, session):
    client.force_login(instructor)
    shown = client.get(reverse("regrade_requests", args=[session.pk])).content.decode()
    for part in (
        "Is <em>one layer</em> right?",
        "Score now: 20 %",
        "def backprop",
        "report: 2 of 10",
        ">Grant<",
        "(1<span",
    ):
        assert part in shown, part
    assert "(1<span" in client.get(reverse("roster", args=[session.pk])).content.decode()
    client.force_login(assistant)
    shown = client.get(reverse("regrade_requests", args=[session.pk])).content.decode()
    assert "Score now: 20 %" in shown
    assert ">Grant<" not in shown
    assert answer(client, assistant, asked, "grant").status_code == 404


def test_an_empty_queue_says_what_will_be_there(client, instructor, session):
    client.force_login(instructor)
    shown = client.get(reverse("regrade_requests", args=[session.pk])).content.decode()
    assert "their requests will wait here" in shown


@pytest.mark.parametrize(("do", "state"), [("grant", "granted"), ("decline", "declined")])
def test_the_answer_reaches_the_student(client, asked, instructor, student, do, state):
    assert answer(client, instructor, asked, do, "Read it *again*").status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.answered_by) == (state, "Read it *again*", instructor)
    mail = Mail.objects.get()
    assert mail.person == student
    assert f"is {state}" in mail.subject
    assert Change.objects.get().what == f"{state} Student’s request about “Back-propagation”"
    client.force_login(student)
    shown = client.get(asked.get_absolute_url()).content.decode()
    assert "Read it <em>again</em>" in shown
    assert "Withdraw it" not in shown


def test_an_answer_without_words_is_refused(client, asked, instructor):
    response = answer(client, instructor, asked, "grant", "")
    assert response.status_code == 400
    assert "This field is required" in response.content.decode()
    asked.refresh_from_db()
    assert asked.is_open


def test_an_answer_to_what_waits_no_more_says_so_and_writes_nobody(client, asked, instructor, admin, submission):
    answer(client, admin, asked, "decline")
    for do in ("grant", "again"):
        response = answer(client, instructor, asked, do, "Kept")
        assert response.status_code == 409
        assert "it is declined" in response.content.decode()
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by) == ("declined", admin)
    submission.refresh_from_db()
    assert submission.status == "graded"
    assert Mail.objects.count() == 1


def test_graded_again_it_waits_on_and_the_submission_is_queued(client, asked, instructor, submission):
    assert answer(client, instructor, asked, "again", "").status_code == 302
    submission.refresh_from_db()
    assert (submission.status, submission.priority) == ("queued", Submission.Priority.REGRADE)
    assert (submission.regrade_reason, submission.regrade_asked_by) == ("asked for by the student", instructor)
    asked.refresh_from_db()
    assert asked.is_open
    assert answer(client, instructor, asked, "again").status_code == 409


def test_a_student_withdraws_ones_own_and_asks_again(client, asked, student, other, assignment):
    where = reverse("regrade_withdraw", args=[asked.pk])
    client.force_login(other)
    assert client.post(where).status_code == 404
    client.force_login(student)
    assert client.post(where).status_code == 302
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert "does not wait any more" in client.post(where, follow=True).content.decode()
    assert ask(client, student, assignment).status_code == 302


def test_by_program(client, assignment, student, other, submission, instructor, assistant):
    client.force_login(student)
    body = {"assignment": assignment.pk, "submission": submission.pk, "text": "Why?"}
    made = client.post("/api/v1/regrade-requests/", body, "application/json")
    assert (made.status_code, made.json()["state"], made.json()["student"]) == (201, "open", student.pk)
    assert client.post("/api/v1/regrade-requests/", body, "application/json").status_code == 409
    where = f"/api/v1/regrade-requests/{made.json()['id']}/"
    client.force_login(other)
    assert client.get(where).status_code == 404
    wrong = client.post("/api/v1/regrade-requests/", body, "application/json")
    assert wrong.json()["errors"].keys() == {"submission"}
    client.force_login(assistant)
    assert client.get("/api/v1/regrade-requests/?state=open").json()["count"] == 1
    assert client.post(f"{where}grant/", {"answer": "A"}, "application/json").status_code == 404
    client.force_login(instructor)
    assert client.post(f"{where}withdraw/").status_code == 404
    assert client.post(f"{where}decline/", {}, "application/json").status_code == 400
    assert client.post(f"{where}decline/", {"answer": "A"}, "application/json").json()["state"] == "declined"
    assert client.post(f"{where}grant/", {"answer": "A"}, "application/json").status_code == 409
    client.force_login(student)
    assert client.post(f"{where}withdraw/").status_code == 409


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_at_once_one_is_kept(assignment, student, submission):
    begin = threading.Barrier(2)
    refused = []

    def work():
        begin.wait()
        try:
            RegradeRequest.objects.ask(assignment, student, "Why?", submission)
        except RequestRefused as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (RegradeRequest.objects.count(), len(refused)) == (1, 1)
