"""The API as programs use it: tokens, handing in, reports, refusals as problems."""

import datetime
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from courses.models import Course, Enrollment, Instructor, Lecture, Session, User
from grader.models import Submission
from grader.results import Phase
from grader.submissions.phases import tell
from grader.submissions.tasks import grade_next
from tests.grader.submissions.test_bad_input import notebook
from tests.grader.submissions.test_line import FOLDER, MISTAKE
from tests.grader.submissions.test_pages import with_hidden_check

API = "/api/v1"


def client_of(person):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {Token.objects.get_or_create(user=person)[0].key}")
    return client


@pytest.fixture
def enrolled(student, session):
    client = client_of(student)
    assert client.post(f"{API}/enrollments/", {"session": session.pk}).status_code == 201
    return client


def is_problem(response, status, detail=""):
    body = response.json()
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= set(body)
    assert body["status"] == status
    assert detail in json.dumps(body, ensure_ascii=False)
    return body


def test_a_token_is_given_for_a_password_used_and_revoked(student):
    visitor = APIClient()
    is_problem(
        visitor.post(f"{API}/token/", {"email": student.email, "password": "wrong"}), 401, "do not belong together"
    )
    given = visitor.post(f"{API}/token/", {"email": student.email.upper(), "password": "a long password"}).json()
    visitor.credentials(HTTP_AUTHORIZATION=f"Token {given['token']}")
    assert visitor.get(f"{API}/submissions/").status_code == 200
    assert visitor.delete(f"{API}/token/").status_code == 204
    assert is_problem(visitor.get(f"{API}/submissions/"), 401)
    assert Token.objects.count() == 0


def test_guessing_passwords_is_slowed_down(student):
    visitor = APIClient()
    answers = [visitor.post(f"{API}/token/", {"email": student.email, "password": str(n)}) for n in range(6)]
    assert [a.status_code for a in answers] == [401] * 5 + [429]
    is_problem(answers[-1], 429, "Expected available in")
    assert int(answers[-1]["Retry-After"]) <= 60


def test_courses_come_with_their_outline_and_sessions_by_filter(client, session):
    course = client.get(f"{API}/courses/course/").json()
    assert course["sections"][0]["lectures"] == [
        {"number": "1.1", "slug": "back-propagation", "title": "Back-propagation", "written": False}
    ]
    assert client.get(f"{API}/courses/").json()["count"] == 1
    found = client.get(f"{API}/sessions/", {"course": "course", "modality": "online"}).json()["results"]
    assert [(s["id"], s["seats_left"], s["price"]) for s in found] == [(session.pk, 1, "10.00")]
    assert client.get(f"{API}/sessions/", {"place": "Bay"}).json()["count"] == 0
    is_problem(client.get(f"{API}/sessions/", {"begins_after": "tomorrow"}), 400, "begins_after")


def test_enrolling_takes_a_seat_opens_the_exercise_and_withdrawing_gives_it_back(student, session, exercise):
    client = client_of(student)
    is_problem(client.get(f"{API}/exercises/{exercise.slug}/"), 404)
    enrollment = client.post(f"{API}/enrollments/", {"session": session.pk}).json()
    session.refresh_from_db()
    assert session.seats_taken == 1
    assert client.get(f"{API}/exercises/{exercise.slug}/").json()["starter"] == FOLDER.starter
    other = client_of(User.objects.create_user("other@example.org", "x"))
    is_problem(other.post(f"{API}/enrollments/", {"session": session.pk}), 409, "This session is full")
    is_problem(other.delete(f"{API}/enrollments/{enrollment['id']}/"), 404)
    assert client.delete(f"{API}/enrollments/{enrollment['id']}/").status_code == 204
    session.refresh_from_db()
    assert session.seats_taken == 0
    is_problem(client.get(f"{API}/exercises/{exercise.slug}/"), 404)


def test_source_is_handed_in_graded_and_its_report_read(enrolled, exercise):
    response = enrolled.post(f"{API}/submissions/", {"exercise": exercise.slug, "source": MISTAKE}, format="json")
    assert response.status_code == 201
    assert response.json()["status"] == "queued"
    grade_next("numpy")
    found = enrolled.get(response["Location"]).json()
    assert (found["status"], found["score"], found["max_score"], found["source"]) == ("graded", 2, 10, MISTAKE)
    assert found["report"]["findings"][0]["code"] == "missing-sigma-prime"
    listed = enrolled.get(f"{API}/submissions/", {"exercise": exercise.slug, "status": "graded"}).json()
    assert [s["id"] for s in listed["results"]] == [found["id"]]
    assert "report" not in listed["results"][0]
    assert enrolled.get(f"{API}/submissions/", {"status": "queued"}).json()["count"] == 0


@pytest.mark.parametrize(
    ("name", "data", "source"),
    [
        ("mine.py", FOLDER.solution.encode(), FOLDER.solution),
        ("mine.ipynb", notebook(("code", FOLDER.solution)), f"# cell 1\n{FOLDER.solution.rstrip()}\n"),
    ],
)
def test_a_file_is_handed_in(enrolled, exercise, name, data, source):
    response = enrolled.post(f"{API}/submissions/", {"exercise": exercise.slug, "file": SimpleUploadedFile(name, data)})
    assert response.status_code == 201
    assert Submission.objects.get().source == source


@pytest.mark.parametrize(
    ("given", "detail"),
    [
        ({"source": "#" * 262_145}, "at most 256 are taken"),
        ({"source": "a\0b"}, "ull"),
        ({"source": "a = 1", "exercise": "nothing"}, "nothing"),
        ({}, "Send either `source` or `file`."),
        ({"file": SimpleUploadedFile("a.py", b"\xff")}, "is not UTF-8"),
        ({"file": SimpleUploadedFile("a.ipynb", b"{")}, "no notebook that can be read"),
        ({"file": SimpleUploadedFile("a.exe", b"MZ")}, "neither a .py nor an .ipynb"),
        ({"file": SimpleUploadedFile("a.py", b"a"), "source": "a"}, "Send either `source` or `file`."),
    ],
)
def test_what_cannot_be_taken_is_named_by_field_and_nothing_is_kept(enrolled, exercise, given, detail):
    for value in given.values():
        if hasattr(value, "seek"):
            value.seek(0)
    form = "json" if "source" in given and "file" not in given else "multipart"
    response = enrolled.post(f"{API}/submissions/", {"exercise": exercise.slug, **given}, format=form)
    assert "errors" in is_problem(response, 400, detail)
    assert Submission.objects.count() == 0


def test_after_the_closing_day_nothing_is_taken(enrolled, exercise, session):
    session.submissions_close_on = timezone.now().date() - datetime.timedelta(days=2)
    session.save(update_fields=["submissions_close_on"])
    response = enrolled.post(f"{API}/submissions/", {"exercise": exercise.slug, "source": "a = 1"}, format="json")
    is_problem(response, 400, "no longer takes new work")


def test_a_broker_that_is_down_refuses_nobody(enrolled, exercise, broker):
    broker.kill()
    response = enrolled.post(f"{API}/submissions/", {"exercise": exercise.slug, "source": MISTAKE}, format="json")
    assert response.status_code == 201
    assert Submission.objects.get().status == "queued"


def test_handing_in_is_throttled_by_person(enrolled, exercise, settings):
    settings.SUBMISSIONS_AT_ONCE = 100
    given = {"exercise": exercise.slug, "source": "a = 1"}
    statuses = [enrolled.post(f"{API}/submissions/", given, format="json").status_code for _ in range(31)]
    assert statuses == [201] * 30 + [429]
    assert Submission.objects.count() == 30


def test_what_waits_tells_its_place_is_replaced_and_canceled(enrolled, exercise, student):
    def hand_in(**given):
        return enrolled.post(
            f"{API}/submissions/", {"exercise": exercise.slug, "source": "a = 1", **given}, format="json"
        )

    first, second = hand_in(), hand_in()
    assert [enrolled.get(each["Location"]).json()["ahead"] for each in (first, second)] == [0, 1]
    third = hand_in(replaces=first.json()["id"])
    replaced = enrolled.get(first["Location"]).json()
    assert (replaced["status"], replaced["replaced_by"], replaced["ahead"]) == ("canceled", third.json()["id"], None)
    canceled = enrolled.post(f"{second['Location']}cancel/")
    assert (canceled.status_code, canceled.json()["status"]) == (200, "canceled")
    is_problem(enrolled.post(f"{second['Location']}cancel/"), 409, "does not wait any more")
    theirs = Submission.hand_in(User.objects.create_user("other@example.org", "x"), exercise, "x")
    is_problem(enrolled.post(f"{API}/submissions/{theirs.pk}/cancel/"), 404)
    is_problem(hand_in(replaces=theirs.pk), 400, "replaces")
    theirs.refresh_from_db()
    assert theirs.status == "queued"


def test_what_is_being_graded_tells_its_phase(enrolled, exercise, student):
    submission = Submission.hand_in(student, exercise, "x")
    Submission.objects.claim_next("numpy")
    tell(submission.pk, Phase("check", 2, 5, epoch=1, epochs=3))
    found = enrolled.get(f"{API}/submissions/{submission.pk}/").json()
    assert (found["status"], found["ahead"]) == ("running", None)
    assert found["phase"] == {"name": "check", "number": 2, "of": 5, "epoch": 1, "epochs": 3}


def test_a_limit_that_is_reached_says_when_to_try_again(enrolled, exercise, student, settings):
    settings.SUBMISSIONS_AN_HOUR = 1
    Submission.hand_in(student, exercise, "x")
    refused = enrolled.post(f"{API}/submissions/", {"exercise": exercise.slug, "source": "a = 1"}, format="json")
    is_problem(refused, 429, "You have handed in 1 file within an hour")
    assert 3500 < int(refused["Retry-After"]) <= 3601
    assert Submission.objects.count() == 1


def test_hidden_checks_leave_no_trace(enrolled, exercise, student):
    pk = with_hidden_check(student, exercise).pk
    for address in (f"{API}/submissions/{pk}/", f"{API}/submissions/"):
        text = enrolled.get(address).content.decode()
        assert not re.search("Later|later-|Never|never-", text)
    found = enrolled.get(f"{API}/submissions/{pk}/").json()
    assert (found["score"], found["max_score"], found["report"]["hidden_checks"]) == (1, 1, 2)


def test_who_sees_a_submission(student, session, exercise):
    Enrollment.objects.create(user=student, session=session)
    submission = Submission.objects.create(student=student, exercise=exercise, source="x")
    people = {name: User.objects.create_user(f"{name}@example.org", "x") for name in
              ("other", "assistant", "instructor", "stranger")}  # fmt: skip
    people["admin"] = User.objects.create_superuser("admin@example.org", "x")
    session.assistants.add(people["assistant"])
    session.instructors.add(Instructor.objects.create(slug="i", name="I", user=people["instructor"]))
    elsewhere = Session.objects.create(
        course=Course.objects.create(slug="elsewhere", title="E"), slug="e", modality="online", time_zone="UTC", seats=1,
        price=1, starts_on=session.starts_on, ends_on=session.ends_on, published=True,
    )  # fmt: skip
    elsewhere.instructors.add(Instructor.objects.create(slug="s", name="S", user=people["stranger"]))
    address = f"{API}/submissions/{submission.pk}/"
    is_problem(APIClient().get(address), 401)
    seen = {name: client_of(person).get(address).status_code for name, person in people.items()}
    assert seen == {"other": 404, "assistant": 200, "instructor": 200, "stranger": 404, "admin": 200}
    assert client_of(people["assistant"]).get(f"{API}/submissions/").json()["count"] == 1
    assert client_of(people["stranger"]).get(f"{API}/submissions/").json()["count"] == 0


def test_lectures_open_with_enrolling_and_samples_to_everyone(student, session):
    Lecture.objects.update(body="Read.")
    visitor = APIClient()
    is_problem(visitor.get(f"{API}/lectures/back-propagation/"), 404)
    Enrollment.objects.create(user=student, session=session)
    assert client_of(student).get(f"{API}/lectures/back-propagation/").json()["body"] == "Read."
    Lecture.objects.update(sample=True)
    assert visitor.get(f"{API}/lectures/back-propagation/").json()["body"] == "Read."


def test_a_list_of_lectures_says_which_are_written_without_their_texts(session, django_assert_max_num_queries):
    later = Lecture.objects.create(slug="later", title="Later")
    session.course.sections.first().places.create(course=session.course, lecture=later, position=9)
    Lecture.objects.update(sample=True)
    Lecture.objects.filter(slug="back-propagation").update(body="Read.")
    with django_assert_max_num_queries(2) as queries:
        listed = APIClient().get(f"{API}/lectures/").json()["results"]
    assert {lecture["slug"]: lecture["written"] for lecture in listed} == {"back-propagation": True, "later": False}
    assert not any("body" in lecture for lecture in listed)
    assert not any('"courses_lecture"."body",' in query["sql"] for query in queries.captured_queries)


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [("get", "nowhere/", 404), ("post", "courses/", 405), ("get", "exercises/", 401), ("get", "sessions/999/", 404)],
)
def test_errors_are_problems(db, method, address, status):
    is_problem(getattr(APIClient(), method)(f"{API}/{address}"), status)


def test_a_body_that_is_no_json_is_a_problem(enrolled):
    is_problem(enrolled.post(f"{API}/submissions/", "{", content_type="application/json"), 400, "JSON parse error")
    is_problem(enrolled.post(f"{API}/submissions/", "<a/>", content_type="application/xml"), 415)


def test_lists_come_in_pages_with_as_many_queries_for_many_as_for_few(
    enrolled, exercise, student, django_assert_max_num_queries
):
    for _ in range(60):
        Submission.objects.create(student=student, exercise=exercise, source="x")
    page = enrolled.get(f"{API}/submissions/").json()
    assert (page["count"], len(page["results"])) == (60, 50)
    assert len(enrolled.get(page["next"]).json()["results"]) == 10
    with django_assert_max_num_queries(6):
        assert len(enrolled.get(f"{API}/submissions/", {"page_size": 60}).json()["results"]) == 60
    is_problem(enrolled.get(f"{API}/submissions/", {"page": 9}), 404)


def test_a_row_of_a_list_says_what_the_submission_itself_says(enrolled, session, exercise, student):
    """Graded with and without hidden checks, before and after the due date, waiting, canceled, replaced."""
    with_hidden_check(student, exercise)
    waiting = Submission.hand_in(student, exercise, "x")
    Submission.hand_in(student, exercise, "y", replaces=waiting)
    for closes_on in (None, timezone.now().date() - datetime.timedelta(days=2)):
        Session.objects.filter(pk=session.pk).update(submissions_close_on=closes_on)
        rows = enrolled.get(f"{API}/submissions/").json()["results"]
        wholes = [enrolled.get(f"{API}/submissions/{row['id']}/").json() for row in rows]
        assert rows == [{name: whole[name] for name in rows[0]} for whole in wholes]
        assert [row["status"] for row in rows] == ["queued", "canceled", "graded"]
        assert rows[2]["max_score"] == (1 if closes_on is None else 6)


def test_hidden_marks_of_many_students_cost_as_many_queries_as_of_one(session, exercise):
    teacher = User.objects.create_user("teacher@example.org", "x")
    session.instructors.add(Instructor.objects.create(slug="t", name="T", user=teacher))
    client = client_of(teacher)

    def rows_and_queries():
        with CaptureQueriesContext(connection) as asked:
            rows = client.get(f"{API}/submissions/").json()["results"]
        return rows, len(asked)

    def hand_in(number):
        student = User.objects.create_user(f"s{number}@example.org", "x")
        Enrollment.objects.create(user=student, session=session)
        with_hidden_check(student, exercise)

    hand_in(0)
    of_one = rows_and_queries()[1]
    for number in range(1, 12):
        hand_in(number)
    rows, of_many = rows_and_queries()
    assert of_many == of_one < 9
    assert [row["max_score"] for row in rows] == [1] * 12


def test_the_schema_is_valid_and_its_pages_open(client, tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))
    assert "/api/v1/submissions/" in (tmp_path / "schema.yml").read_text()
    assert client.get(f"{API}/schema/").status_code == 200
    assert client.get(f"{API}/docs/").status_code == 200


def test_numbers_larger_than_any_key_are_no_fault_of_ours(session, exercise):
    admin = client_of(User.objects.create_superuser("admin@example.org", "x"))
    paths = admin.get(f"{API}/schema/?format=json").json()["paths"]
    named = {
        (path.replace("{session}", str(session.pk)), one["name"])
        for path, methods in paths.items()
        for one in methods.get("get", {}).get("parameters", [])
        if one["in"] == "query"
    }
    asked = [
        f"{path}?{name}={number}" for path, name in sorted(named) if "{" not in path for number in (10**30, "1e30")
    ]
    assert len(asked) > 50
    answers = {address: admin.get(address).status_code for address in asked}
    assert {address: status for address, status in answers.items() if status >= 500} == {}
