"""Ask about this: the question, its report, and who reads and answers it."""

import re
from datetime import timedelta

import pytest

from courses.models import Course, Enrollment, Instructor, Mail, Message, Session, Ticket, User
from grader.exercises import load
from grader.grading import grade
from grader.models import Assignment, Submission

BACKPROPAGATION = load("backpropagation")
MISTAKE = BACKPROPAGATION.misconceptions["missing-sigma-prime"].source


@pytest.fixture
def instructor(session):
    person = User.objects.create_user("instructor@example.org", "a long password")
    session.instructors.add(Instructor.objects.create(slug="i", name="I", user=person))
    return person


@pytest.fixture
def submission(enrolled, student, exercise):
    submission = Submission.objects.create(student=student, exercise=exercise, source=MISTAKE)
    Submission.objects.claim_next("numpy").record(grade(BACKPROPAGATION, MISTAKE, 1))
    submission.refresh_from_db()
    return submission


def test_a_question_takes_the_report_along_and_reaches_whoever_teaches(enrolled, student, instructor, submission):
    assert f'href="/submissions/{submission.pk}/ask/"' in enrolled.get(submission.get_absolute_url()).content.decode()
    page = enrolled.get(f"/submissions/{submission.pk}/ask/").content.decode()
    assert "missing-sigma-prime" in page
    answer = enrolled.post(f"/submissions/{submission.pk}/ask/", {"text": "Why only the *first* layers?"})
    ticket = Ticket.objects.get()
    assert answer["Location"] == ticket.get_absolute_url()
    assert (ticket.asker, ticket.subject) == (student, "About “Back-propagation”")
    assert ticket.about_url == submission.get_absolute_url()
    for part in ("**2 of 10 points.**", "**missing-sigma-prime**", "σ′(z)", "Layers of equal width", "def backprop("):
        assert part in ticket.attachment
    letter = Mail.objects.get(kind="question")
    assert letter.person == instructor
    assert "Why only the *first* layers?" in letter.text
    assert "Why only the <em>first</em> layers?" in letter.html
    assert ticket.get_absolute_url() in letter.text


def test_the_answer_comes_back_to_the_asker(enrolled, client, student, instructor, submission):
    enrolled.post(f"/submissions/{submission.pk}/ask/", {"text": "Why?"})
    ticket = Ticket.objects.get()
    client.force_login(instructor)
    assert "waits for an answer" in client.get("/questions/").content.decode()
    client.post(ticket.get_absolute_url(), {"text": "Because $\\sigma'(z) \\le \\frac14$."})
    assert [letter.address for letter in Mail.objects.filter(kind="question")] == [student.email, instructor.email]
    client.force_login(student)
    page = client.get(ticket.get_absolute_url()).content.decode()
    assert "<mfrac>" in page
    assert "missing-sigma-prime" in page
    assert "✓ answered" in client.get("/questions/").content.decode()


def test_a_question_about_an_exercise_takes_the_latest_report_or_none(enrolled, exercise, submission):
    enrolled.post(f"/exercises/{exercise.slug}/ask/", {"text": "How do I begin?"})
    assert f"Submission {submission.pk}" in Ticket.objects.get().attachment
    Ticket.objects.all().delete()
    Submission.objects.update(status="canceled")
    enrolled.post(f"/exercises/{exercise.slug}/ask/", {"text": "How do I begin?"})
    assert Ticket.objects.get().attachment == ""


def test_what_is_hidden_stays_hidden_in_a_question(enrolled, submission):
    result = submission.result
    hidden = result.data
    for check in hidden["checks"]:
        check["visibility"] = "hidden"
    for finding in hidden["findings"]:
        finding["check"] = hidden["checks"][1]["name"]
    type(result).objects.filter(pk=result.pk).update(data=hidden, open_score=0, open_max_score=0)
    enrolled.post(f"/submissions/{submission.pk}/ask/", {"text": "Why?"})
    assert "missing-sigma-prime" not in Ticket.objects.get().attachment
    assert "Layers of equal width" not in Ticket.objects.get().attachment


def test_an_empty_question_is_refused_and_a_long_one_keeps_its_text(enrolled, submission):
    page = enrolled.post(f"/submissions/{submission.pk}/ask/", {"text": " "})
    assert page.status_code == 400
    assert "Write what you would like to know" in page.content.decode()
    page = enrolled.post(f"/submissions/{submission.pk}/ask/", {"text": "x" * 10_001})
    assert page.status_code == 400
    assert "x" * 10_001 in page.content.decode()
    assert not Message.objects.exists()


def test_who_has_the_exercise_in_two_sessions_says_whose_staff_is_asked(enrolled, student, session, instructor, submission):  # fmt: skip
    teacher = User.objects.create_user("teacher@example.org")
    second = Session.objects.create(
        course=session.course, slug="second", modality="online", time_zone="UTC", seats=5, price=0,
        starts_on=session.starts_on, ends_on=session.ends_on,
    )  # fmt: skip
    second.instructors.add(Instructor.objects.create(slug="t", name="T", user=teacher))
    Enrollment.objects.create(user=student, session=second)
    elsewhere = Session.objects.create(
        course=Course.objects.create(slug="elsewhere", title="E"), slug="s", modality="online", time_zone="UTC", seats=5,
        price=0, starts_on=session.starts_on, ends_on=session.ends_on,
    )  # fmt: skip
    Enrollment.objects.create(user=student, session=elsewhere)
    address = f"/submissions/{submission.pk}/ask/"
    page = enrolled.get(address).content.decode()
    assert second.full_name in page
    assert elsewhere.full_name not in page
    assert "Who teaches the session that you choose reads it" in page
    assert "checked" not in page
    refused = enrolled.post(address, {"text": "Kept as typed"})
    assert refused.status_code == 400
    assert "Choose the session whose instructors you ask" in refused.content.decode()
    assert "Kept as typed" in refused.content.decode()
    # Nor is it for a session whose staff could not see what it is about.
    assert enrolled.post(address, {"text": "Why?", "session": elsewhere.pk}).status_code == 400
    assert not Ticket.objects.exists()
    # Where it is assigned in one of those that are not over, that one is chosen beforehand; another one can be.
    for one in (session, second):
        Assignment.objects.create(session=one, exercise=submission.exercise)
    assert "checked" not in enrolled.get(address).content.decode()
    days = {"starts_on": session.starts_on - timedelta(days=9), "ends_on": session.starts_on - timedelta(days=2)}
    Session.objects.filter(pk=session.pk).update(**days)
    page = enrolled.get(address).content.decode()
    assert re.findall(r'value="(\d+)"[^>]* checked', page) == [str(second.pk)]
    enrolled.post(address, {"text": "Why?", "session": second.pk})
    assert Ticket.objects.get().session == second
    assert [letter.person for letter in Mail.objects.filter(kind="question")] == [teacher]
    client = enrolled.__class__()
    client.force_login(teacher)
    page = client.get(Ticket.objects.get().get_absolute_url()).content.decode()
    assert f'href="{submission.get_absolute_url()}"' in page
    assert client.get(submission.get_absolute_url()).status_code == 200


def test_without_anybody_who_teaches_admins_are_told(enrolled, submission):
    User.objects.create_superuser("admin@example.org", "x")
    # Neither has who left the session anybody else.
    Enrollment.objects.get().withdraw()
    assert "Somebody of the school reads it" in enrolled.get(f"/submissions/{submission.pk}/ask/").content.decode()
    enrolled.post(f"/submissions/{submission.pk}/ask/", {"text": "Why?"})
    assert Ticket.objects.get().session is None
    assert [letter.address for letter in Mail.objects.filter(kind="question")] == ["admin@example.org"]


def test_a_broker_that_is_down_loses_no_question(
    broker, enrolled, instructor, submission, django_capture_on_commit_callbacks
):
    broker.kill()
    with django_capture_on_commit_callbacks(execute=True):
        assert enrolled.post(f"/submissions/{submission.pk}/ask/", {"text": "Why?"}).status_code == 302
    assert Ticket.objects.get().messages.get().text == "Why?"
    assert Mail.objects.due().get(kind="question").person == instructor
