"""From enrolling to a report, as pages."""

import datetime
import re

import pytest
from django.utils import timezone

from courses.models import Enrollment, Lecture, LectureRelease, Session, User
from grader.models import Submission
from grader.results import CheckResult, Finding, Gradient, HeatMap, Layer, Outcome, Phase, Report, Visibility
from grader.submissions.phases import tell
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
    told = Submission.objects.get().report.memory
    assert f"Memory: {told.peak_mib:.0f} of {told.limit_mib} MiB at its peak." in page
    assert "missing-sigma-prime" in page
    assert "Layer 2 is the first wrong one" in page
    assert page.count("<svg") >= 2
    assert "style=" not in page
    assert "<script>" not in page
    assert enrolled.get(response.url, headers={"HX-Request": "true"}).status_code == 286
    assert 'To read again: <a href="/courses/course/lectures/back-propagation/">' in page
    # What is not released, or not any more, is named by no link that leads nowhere.
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    LectureRelease.objects.create(session=Session.objects.get(), lecture=exercise.lecture, opens_at=tomorrow)
    page = enrolled.get(response.url).content.decode()
    assert "missing-sigma-prime" in page
    assert "/lectures/" not in page


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (
            "[np.full(w.shape, 1e300) for w in weights], [np.full(b.shape, 1e308) for b in biases]",
            r"Worst at \[\d, \d\]: 1e\+300, expected",
        ),
        (
            "[w * 0 + 1e-300 for w in weights], [b * 0 + 1e-300 for b in biases]",
            r"Worst at \[\d, \d\]: 1e-300, expected",
        ),
        ("[w * np.nan for w in weights], [b * np.nan for b in biases]", "not-finite"),
    ],
)
def test_gradients_at_the_ends_of_floats_are_drawn_and_accuse_of_nothing_else(enrolled, exercise, answer, shown):
    source = f"import numpy as np\n\n\ndef backprop(weights, biases, x, y):\n    return {answer}\n"
    response = enrolled.post(exercise.get_absolute_url(), {"source": source})
    grade_next("numpy")
    page = enrolled.get(response.url).content.decode()
    assert "0 of 10 points" in page
    assert re.search(shown, page)
    assert page.count("<text") <= 60
    assert "regularizer-only" not in page
    assert "by inf of their norm" not in page


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
    assert "Edit and submit again" in enrolled.get(old.get_absolute_url()).content.decode()
    enrolled.post(f"{session.get_absolute_url()}withdraw/")
    session.refresh_from_db()
    assert session.seats_taken == 0
    readable = enrolled.get(old.get_absolute_url())
    assert readable.status_code == 200
    assert "Edit and submit again" not in readable.content.decode()
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


def test_the_page_tells_the_phase_and_how_many_wait_before(enrolled, exercise, student, client):
    other = User.objects.create_user("other@example.org", "x")
    before = Submission.objects.create(student=other, exercise=exercise, source="x")
    submission = Submission.objects.create(student=student, exercise=exercise, source="x")
    assert "Waiting, 1 before yours" in enrolled.get(submission.get_absolute_url()).content.decode()
    assert Submission.objects.claim_next("numpy").pk == before.pk
    assert Submission.objects.claim_next("numpy").pk == submission.pk
    tell(submission.pk, Phase("check", 2, 5))
    assert "Being graded: check 2 of 5" in enrolled.get(submission.get_absolute_url()).content.decode()


def test_lists_with_hidden_marks_cost_as_many_queries_for_many_as_for_few(
    enrolled, exercise, student, django_assert_max_num_queries
):
    for _ in range(10):
        with_hidden_check(student, exercise)
    for address, most in (("/submissions/", 10), (exercise.get_absolute_url(), 17)):
        with django_assert_max_num_queries(most):
            assert enrolled.get(address).content.decode().count("1 of 1") == 10


def with_hidden_check(student, exercise):
    """A submission whose report holds a check that is open, one for after the due date, one that is hidden."""
    checks = (
        CheckResult("Open", 1, 1, True),
        CheckResult("Later", 0, 2, False, Visibility.AFTER_DUE, "later-message", output="later-output"),
        CheckResult("Never", 0, 3, False, Visibility.HIDDEN, "never-message"),
    )
    gradient = {"shape": (1, 1), "relative_error": 0.5, "cosine": 1.0, "scale": 2.0, "passed": False}
    report = Report(
        exercise.slug, exercise.version, 1, Outcome.OK, 1, 6, checks,
        findings=(Finding("later-code", "later-text", "w", "Later"), Finding("never-code", "never-text", "w", "Never")),
        gradients=tuple(
            Gradient(parameter=f"{name.lower()}-parameter", check=name, heat_map=HeatMap([[0.5]]), **gradient)
            for name in ("Later", "Never")
        ),
        layers=(Layer(1, 0.1, None, "wrong", "Never", 0.2, True),),
    )  # fmt: skip
    submission = Submission.objects.create(student=student, exercise=exercise, source="x")
    assert Submission.objects.claim_next("numpy").record(report)
    return submission


def test_hidden_checks_leave_no_trace_on_the_page_and_open_when_the_session_closes(
    enrolled, session, exercise, student
):
    address = with_hidden_check(student, exercise).get_absolute_url()
    page = enrolled.get(address).content.decode()
    assert "1 of 1 points so far, without 2 checks" in page
    for listing in (exercise.get_absolute_url(), "/submissions/"):
        assert "1 of 1" in (page := enrolled.get(listing).content.decode())
        assert "1 of 6" not in page
    page = enrolled.get(address).content.decode()
    for trace in ("Later", "later-", "Never", "never-"):
        assert trace not in page
    session.submissions_close_on = timezone.now().date() - datetime.timedelta(days=2)
    session.save(update_fields=["submissions_close_on"])
    page = enrolled.get(address).content.decode()
    assert "1 of 6 points" in page
    assert "1 of 6" in enrolled.get("/submissions/").content.decode()
    for shown in ("later-message", "later-text", "later-parameter", "Never"):
        assert shown in page
    assert "never-" not in page
