"""From enrolling to a report, as pages."""

import datetime

import pytest
from django.utils import timezone

from courses.models import Enrollment, Lecture, User
from grader.models import Submission
from grader.submissions.tasks import grade_next
from tests.grader.submissions.test_line import FOLDER, MISTAKE


def test_enrolling_takes_a_seat_and_opens_the_exercise(client, student, session, exercise):
    client.force_login(student)
    assert client.get(exercise.get_absolute_url()).status_code == 404
    client.post(f"{session.get_absolute_url()}enroll/")
    session.refresh_from_db()
    assert session.seats_taken == 1
    assert client.get(exercise.get_absolute_url()).status_code == 200


def test_a_full_session_refuses_and_says_so(enrolled, session, client):
    client.force_login(User.objects.create_user("late@example.org", "x"))
    page = client.post(f"{session.get_absolute_url()}enroll/", follow=True)
    assert "This session is full" in page.content.decode()
    assert Enrollment.objects.count() == 1


def test_a_submission_is_graded_and_its_page_names_the_mistake(enrolled, exercise):
    response = enrolled.post(exercise.get_absolute_url(), {"source": MISTAKE})
    submission = Submission.objects.get()
    assert response.url == submission.get_absolute_url()
    assert "Waiting" in enrolled.get(response.url).content.decode()
    grade_next("numpy")
    page = enrolled.get(response.url).content.decode()
    assert "2 of 10 points" in page
    assert "missing-sigma-prime" in page
    assert "Layer 2 is the first wrong one" in page
    assert page.count("<svg") >= 2
    assert "style=" not in page
    assert "<script>" not in page
    assert enrolled.get(response.url, headers={"HX-Request": "true"}).status_code == 286


def test_a_bad_file_is_refused_and_what_was_typed_is_kept(enrolled, exercise):
    page = enrolled.post(exercise.get_absolute_url(), {"source": "kept = 1\n#" + "x" * 262_144})
    assert page.status_code == 400
    assert "at most 256 are taken" in page.content.decode()
    assert "kept = 1" in page.content.decode()
    assert Submission.objects.count() == 0


def test_after_the_closing_day_new_work_is_refused_and_old_work_readable(enrolled, session, exercise, student):
    old = Submission.objects.create(student=student, exercise=exercise, source=FOLDER.solution)
    session.submissions_close_on = timezone.now().date() - datetime.timedelta(days=2)
    session.save(update_fields=["submissions_close_on"])
    page = enrolled.post(exercise.get_absolute_url(), {"source": MISTAKE})
    assert "no longer takes new work" in page.content.decode()
    assert Submission.objects.count() == 1
    enrolled.post(f"{session.get_absolute_url()}withdraw/")
    session.refresh_from_db()
    assert session.seats_taken == 0
    assert enrolled.get(old.get_absolute_url()).status_code == 200
    assert enrolled.get(exercise.get_absolute_url()).status_code == 404


def test_another_students_submission_is_404(enrolled, exercise):
    other = User.objects.create_user("other@example.org", "x")
    theirs = Submission.objects.create(student=other, exercise=exercise, source="x")
    assert enrolled.get(theirs.get_absolute_url()).status_code == 404


def test_a_lecture_not_open_is_404_and_links_its_exercise_when_it_is(client, student, session, exercise):
    Lecture.objects.update(body="Read $x$.")
    address = "/courses/course/lectures/back-propagation/"
    assert client.get(address).status_code == 404
    client.force_login(student)
    client.post(f"{session.get_absolute_url()}enroll/")
    page = client.get(address).content.decode()
    assert "<math" in page
    assert exercise.get_absolute_url() in page


@pytest.mark.parametrize("address", ["/", "/courses/course/", "/accounts/login/", "/accounts/signup/"])
def test_anyone_may_open(client, session, address):
    assert client.get(address).status_code == 200
