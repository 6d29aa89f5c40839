"""What is wrong is named, by `manage.py doctor` and at /health/: each thing is broken here for real."""

import datetime
import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from courses.models import Mail, User
from courses.outbox import MOST_ATTEMPTS
from grader import health
from grader.models import Exercise, Submission
from grader.submissions import pulse
from grader.submissions.tasks import grade_next, ring_for_waiting
from tests.conftest import ROOT, until
from tests.grader.submissions.conftest import exercise, student  # noqa: F401

HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def asked_afresh(monkeypatch):
    """Answers are kept for some seconds; not here."""
    monkeypatch.setattr(health, "ANSWER_KEPT_SECONDS", -1.0)


@pytest.fixture
def well(exercise):  # noqa: F811
    """A site on which beat and a worker of the one flavor that is taught have just been heard."""
    ring_for_waiting()
    grade_next("numpy")


def sentences() -> dict[str, str]:
    return {name: sentence for name, sentence in health.examine(health.ALL).items() if sentence}


def test_a_site_that_is_well_says_so(client, well):
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert sentences() == {}


def test_a_broker_that_is_down_is_named_once_to_all_and_in_words_to_admins(broker, client, well):
    broker.kill()
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (503, {"status": "wrong", "wrong": ["broker"]})
    client.force_login(User.objects.create_superuser("admin@example.org", "x"))
    told = client.get("/health/").json()["wrong"]["broker"]
    assert told.startswith("The broker and cache do not answer")
    assert told.endswith("Meanwhile submissions are kept and wait.")


def test_visitors_and_students_read_no_path_and_no_host(broker, client, student, well):  # noqa: F811
    broker.kill()
    for _ in ("visitor", "student"):
        assert "/" not in client.get("/health/").content.decode()
        client.force_login(student)


def test_a_worker_and_a_beat_that_were_never_heard_are_named(client, exercise):  # noqa: F811
    cache.clear()
    assert client.get("/health/").json()["wrong"] == ["beat", "worker-numpy"]
    ring_for_waiting()
    assert "Start the service worker-numpy" in sentences()["worker-numpy"]
    assert "beat" not in sentences()


def test_a_worker_that_runs_is_heard_without_anything_to_grade(start_worker, transactional_db, exercise):  # noqa: F811
    cache.clear()
    worker = start_worker()
    ring_for_waiting()
    until(worker.stdout, "succeeded")
    assert pulse.is_felt("numpy")
    assert not pulse.is_felt("tensorflow")
    assert sentences() == {}


@pytest.mark.parametrize(
    ("values", "name", "words"),
    [
        ({"queued_at": -HOUR}, "waiting", "Submissions that wait for longer than 10 minutes: 1, since"),
        ({"status": "running", "lease_until": -HOUR}, "lapsed", "run on a lease long lapsed: 1,"),
        ({"status": "failed", "finished_at": -HOUR}, "failed", "failed by our fault in the last day: 1."),
    ],
)
def test_submissions_that_are_stuck_are_counted(values, name, words, well, student, exercise):  # noqa: F811
    times = {key: timezone.now() + v if isinstance(v, datetime.timedelta) else v for key, v in values.items()}
    Submission.objects.create(student=student, exercise=exercise, source="x", **times)
    assert set(sentences()) == {name}
    assert words in sentences()[name]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "(it was not tried yet). Start the service worker-school"),
        ({"error": "ConnectionRefusedError: refused", "attempts": 3}, "(ConnectionRefusedError: refused)"),
        ({"written_at": timezone.now()}, ""),
        ({"sent_at": timezone.now()}, ""),
        ({"error": "SMTPRecipientsRefused: 450", "attempts": 3}, ""),
        ({"error": "SMTPRecipientsRefused: 550", "attempts": MOST_ATTEMPTS}, ""),
    ],
    ids=["not tried", "server down", "fresh", "sent", "put off by the addressee's server", "given up"],
)
def test_mail_that_waits_too_long_is_counted_with_the_last_reason(values, words, well):
    Mail.objects.create(**{"address": "a@example.org", "kind": "seat", "written_at": timezone.now() - HOUR, **values})
    assert words in sentences().get("mail", "")
    assert ("mail" in sentences()) is bool(words)


def test_a_regrade_may_wait_for_long(well, student, exercise):  # noqa: F811
    long_ago = timezone.now() - HOUR
    waiting = {"queued_at": long_ago, "priority": Submission.Priority.REGRADE}
    Submission.objects.create(student=student, exercise=exercise, source="x", **waiting)
    assert sentences() == {}


def test_a_data_folder_that_is_gone_and_a_disk_that_is_nearly_full_are_named(well, settings, monkeypatch, tmp_path):
    monkeypatch.setattr(health, "LEAST_FREE_MIB", 1 << 40)
    assert f"The disk of the data folder {settings.DATA} has" in sentences()["data"]
    settings.DATA = tmp_path / "gone"
    assert sentences()["data"].startswith(f"The data folder {tmp_path / 'gone'} cannot be written (No such file")


def test_clocks_that_differ_are_named(well, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr("grader.health.timezone.now", lambda: now + HOUR)
    assert sentences()["clocks"].startswith(
        (
            "The clocks of this host and of the database are 3599 s",
            "The clocks of this host and of the database are 3600 s",
        )
    )


def test_a_database_that_was_not_migrated_is_named(transactional_db, well):
    recorder = MigrationRecorder(connection)
    ((app, newest),) = MigrationLoader(connection).graph.leaf_nodes("grader")
    recorder.record_unapplied(app, newest)
    try:
        assert sentences() == {"migrations": f"The database lacks migrations: grader {newest}. Run manage.py migrate."}
    finally:
        recorder.record_applied(app, newest)


def test_doctor_names_a_database_that_is_not_there_and_exits_with_1(tmp_path):
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/no/folder.sqlite3"}
    command = [sys.executable, "manage.py", "doctor", "--json", "--without-grading"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    found = {row["name"]: row for row in json.loads(done.stdout)["checks"]}
    assert done.returncode == 1
    assert found["database"]["message"].startswith("The database does not answer (unable to open database file).")
    assert set(found) == {"database", "broker", "data", "beat"}


def test_doctor_grades_a_canary_of_each_flavor(well):
    out = StringIO()
    call_command("doctor", stdout=out)
    lines = out.getvalue().splitlines()
    assert {line.split()[0] for line in lines} == {"ok"}
    assert [line.split()[1] for line in lines][-3:] == ["sandbox", "grading-numpy", "grading-tensorflow"]


def test_doctor_says_when_a_right_solution_is_not_graded_right(well, monkeypatch, tmp_path):
    monkeypatch.setenv("GRADUS_SANDBOX_ENV", str(tmp_path))
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=out)
    assert ended.value.code == 1
    line = next(line for line in out.getvalue().splitlines() if "sandbox" in line)
    assert f"wrong sandbox            The students' environment {tmp_path} is missing. Run `make env`." in line
    assert "grading-" not in out.getvalue()


def test_asking_is_cheap(client, well, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get("/health/")


def test_exercises_that_are_not_taught_need_no_worker(exercise):  # noqa: F811
    cache.clear()
    ring_for_waiting()
    Exercise.objects.update(current=False)
    assert sentences() == {}
