"""Comments on lines of code: who says them, who sees them and when, and the one mail about them."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from courses.models import Change, Mail
from grader.gradebook.tasks import tell_of_comments
from grader.models import LineComment
from tests.grader.gradebook.conftest import handed_in

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def submission(student, exercise):
    return handed_in(student, exercise)


def say(submission, author, line=2, text="Why *both*?"):
    return LineComment.objects.say(submission, author, line, text)


def post(client, person, submission, **values):
    client.force_login(person)
    return client.post(reverse("comment_new", args=[submission.pk]), {"line": 2, "text": "Why *both*?", **values})


def page(client, person, submission, query=""):
    client.force_login(person)
    response = client.get(submission.get_absolute_url() + query)
    assert response.status_code == 200
    return response.content.decode()


def test_staff_comment_on_a_line_and_the_student_reads_it_beside_the_line(client, submission, student, assistant):
    response = post(client, assistant, submission)
    comment = LineComment.objects.get()
    assert response["Location"] == f"/submissions/{submission.pk}/#comment-{comment.pk}"
    assert (comment.line, comment.author, comment.session) == (
        2,
        assistant,
        submission.student.enrollments.get().session,
    )
    assert Change.objects.get().what.startswith("commented on line 2 of")
    shown = page(client, student, submission)
    assert "1 comment, on line <a" in shown
    line = shown[shown.index('id="line-2"') : shown.index('id="line-3"')]
    assert "Why <em>both</em>?" in line
    assert "Delete" not in line
    assert "1 comment<" in client.get("/submissions/").content.decode()


def test_a_line_takes_several_comments_and_its_number_opens_the_form(client, submission, instructor, assistant):
    say(submission, assistant)
    say(submission, instructor, text="And why here?")
    shown = page(client, instructor, submission, "?comment=2")
    assert shown.index("Why <em>both") < shown.index("And why here?") < shown.index("Comment on line 2</label>")
    assert f'href="/submissions/{submission.pk}/?comment=3#line-3"' in shown


def test_students_cannot_comment_and_others_find_nothing(client, submission, student, other, stranger):
    assert post(client, student, submission).status_code == 404
    assert post(client, other, submission).status_code == 404
    assert post(client, stranger, submission).status_code == 404
    assert "?comment=" not in page(client, student, submission, "?comment=2")
    assert not LineComment.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"line": 5}, "The file has the lines 1 to 4."),
        ({"line": 0}, "greater than or equal to 1"),
        ({"line": "x"}, "Enter a whole number."),
        ({"line": "9" * 40}, "The file has the lines 1 to 4."),
        ({"text": " "}, "This field is required."),
        ({"text": "kept " + "a" * 10_000}, "at most 10000 characters"),
    ],
)
def test_a_comment_that_cannot_be_is_refused_and_kept(client, submission, instructor, sent, said):
    response = post(client, instructor, submission, **sent)
    assert response.status_code == 400
    shown = response.content.decode()
    assert said in shown
    assert sent.get("text", "Why *both*?").strip()[:5] in shown
    assert not LineComment.objects.exists()


def test_one_rewords_and_deletes_ones_own_and_the_trail_keeps_both(client, submission, instructor):
    comment = say(submission, instructor)
    client.force_login(instructor)
    assert 'action="/comments/' in page(client, instructor, submission, f"?edit={comment.pk}")
    assert client.post(f"/comments/{comment.pk}/", {"text": ""}).status_code == 400
    assert client.post(f"/comments/{comment.pk}/", {"text": "Why one?"}).status_code == 302
    comment.refresh_from_db()
    assert comment.text == "Why one?"
    assert comment.edited_at > comment.at
    assert ", changed " in page(client, instructor, submission)
    assert client.post(f"/comments/{comment.pk}/delete/")["Location"].endswith("#line-2")
    assert not LineComment.objects.exists()
    assert [change.values.get("text") for change in Change.objects.all()] == [
        ["Why one?", None], ["Why *both*?", "Why one?"], None,
    ]  # fmt: skip


def test_nobody_changes_what_somebody_else_said(client, submission, instructor, assistant, student, admin):
    comment = say(submission, instructor)
    for person in (assistant, student, admin):
        client.force_login(person)
        assert client.post(f"/comments/{comment.pk}/", {"text": "x"}).status_code == 404
        assert client.post(f"/comments/{comment.pk}/delete/").status_code == 404
        assert client.patch(f"/api/v1/comments/{comment.pk}/", {"text": "x"}, "application/json").status_code == 404
    comment.refresh_from_db()
    assert comment.text == "Why *both*?"


def test_who_is_staff_no_more_changes_nothing(client, submission, assistant, session):
    comment = say(submission, assistant)
    session.assistants.remove(assistant)
    client.force_login(assistant)
    assert client.post(f"/comments/{comment.pk}/", {"text": "x"}).status_code == 404


def test_until_scores_are_posted_only_staff_see_it_on_page_and_api(client, submission, student, assistant, assignment):
    assignment.hidden = True
    assignment.save()
    say(submission, assistant, text="Not yet")
    assert "only staff see it until scores are posted" in page(client, assistant, submission)
    assert client.get("/api/v1/comments/").json()["count"] == 1
    assert "Not yet" not in page(client, student, submission)
    assert client.get("/api/v1/comments/").json()["count"] == 0
    assert "comment" not in client.get("/submissions/").content.decode()
    with time_machine.travel(timezone.now() + 60 * MINUTE):
        tell_of_comments()
        assert not Mail.objects.exists()
        assignment.posted_at = timezone.now()
        assignment.save()
        tell_of_comments()
    assert "Not yet" in Mail.objects.get(person=student).text
    assert "Not yet" in page(client, student, submission)
    assert client.get("/api/v1/comments/").json()["count"] == 1


def test_what_one_session_hides_another_sessions_staff_may_say_openly(
    client, submission, student, assistant, stranger, assignment, enroll
):
    enroll(student, stranger.instructor.sessions.get())
    assignment.hidden = True
    assignment.save()
    say(submission, assistant, text="Hidden here")
    say(submission, stranger, text="Open there")
    shown = page(client, student, submission)
    assert "Open there" in shown
    assert "Hidden here" not in shown


def test_the_student_is_written_to_once_when_staff_are_done(submission, student, instructor, assistant):
    start = timezone.now()
    with time_machine.travel(start) as clock:
        say(submission, instructor, 1, "First")
        clock.shift(9 * MINUTE)
        say(submission, assistant, 3, "Second")
        clock.shift(9 * MINUTE)
        tell_of_comments()
        assert not Mail.objects.exists()
        clock.shift(2 * MINUTE)
        tell_of_comments()
        tell_of_comments()
    mail = Mail.objects.get()
    assert (mail.person, mail.kind) == (student, "grades")
    assert mail.subject == "[Gradus] Comments on your code for Back-propagation"
    assert mail.text.index("First") < mail.text.index("Second")
    assert "**Line 3**, Assistant" in mail.text
    assert f"/submissions/{submission.pk}/" in mail.text


def test_a_comment_that_was_taken_back_is_not_told(submission, instructor):
    say(submission, instructor).take_back()
    with time_machine.travel(timezone.now() + 60 * MINUTE):
        tell_of_comments()
    assert not Mail.objects.exists()


def test_by_program(client, submission, student, instructor):
    client.force_login(instructor)
    body = {"submission": submission.pk, "line": 4, "text": "`weights`?"}
    made = client.post("/api/v1/comments/", body, "application/json")
    assert made.status_code == 201
    address = f"/api/v1/comments/{made.json()['id']}/"
    assert client.patch(address, {"text": "Why?", "line": 1}, "application/json").json()["line"] == 4
    assert client.post("/api/v1/comments/", {**body, "line": 9}, "application/json").json()["errors"].keys() == {"line"}
    assert client.get(f"/api/v1/comments/?submission={submission.pk}").json()["count"] == 1
    assert client.get("/api/v1/comments/?exercise=another").json()["count"] == 0
    client.force_login(student)
    assert client.get(address).json()["text"] == "Why?"
    assert client.post("/api/v1/comments/", body, "application/json").status_code == 400
    assert client.delete(address).status_code == 404
    client.force_login(instructor)
    assert client.delete(address).status_code == 204


def test_the_page_asks_the_database_as_often_for_many_comments_as_for_one(
    client, submission, instructor, django_assert_max_num_queries
):
    say(submission, instructor)
    page(client, instructor, submission)
    with django_assert_max_num_queries(40) as few:
        page(client, instructor, submission)
    for line in (1, 2, 3, 4):
        say(submission, instructor, line)
    with django_assert_max_num_queries(len(few)):
        page(client, instructor, submission)
