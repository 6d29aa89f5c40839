"""Run: the editor's code run for what it prints, in the cache under the person's id, never in the database."""

import re

import pytest
from django.core.cache import cache

from courses.models import Enrollment, User
from grader import sandbox
from grader.errors import SandboxFailed
from grader.models import Submission
from grader.submissions import scratch
from grader.submissions.tasks import run_scratch
from tests.conftest import until


@pytest.fixture
def address(exercise):
    return f"{exercise.get_absolute_url()}run/"


def run_now(person, exercise, source):
    """Do what a worker does with the bell that `start` rings."""
    begun = scratch.start(str(person.pk), exercise, source)
    run_scratch(person.pk, begun.key, exercise.slug, source)
    return scratch.latest(str(person.pk))


def test_a_worker_runs_the_code_and_the_page_shows_what_it_printed(enrolled, exercise, address, start_worker):
    page = enrolled.post(address, {"source": "print('hello')\nopen('/etc/passwd')"}).content.decode()
    assert "Waiting for a free place" in page
    worker = start_worker()
    until(worker.stdout, "run_scratch")
    until(worker.stdout, "succeeded")
    response = enrolled.get(address)
    page = response.content.decode()
    assert response.status_code == 286
    assert ">hello\n</pre>" in page
    assert re.search(r"(PermissionError|FileNotFoundError) at line 2", page)
    assert 'data-line="2"' in page
    assert not Submission.objects.exists()


def test_a_run_is_its_persons_alone_and_kept_ten_minutes(enrolled, client, student, exercise, address):
    run_now(student, exercise, "print('secret')")
    assert "secret" in enrolled.get(address).content.decode()
    assert 590 < cache._cache.get_client(None).ttl(cache.make_key(f"scratch:{student.pk}")) <= 600
    other = User.objects.create_user("other@example.org", "x")
    Enrollment.objects.create(user=other, session=Enrollment.objects.get().session)
    client.force_login(other)
    assert client.get(address).status_code == 404


def test_a_newer_run_takes_the_place_of_an_older_one_which_is_not_run(enrolled, student, exercise):
    older = scratch.start(str(student.pk), exercise, "print('older')")
    newer = scratch.start(str(student.pk), exercise, "print('newer')")
    run_scratch(student.pk, older.key, exercise.slug, "print('older')")
    assert scratch.latest(str(student.pk)) == newer
    run_scratch(student.pk, newer.key, exercise.slug, "print('newer')")
    assert scratch.latest(str(student.pk)).output == "newer\n"


@pytest.mark.parametrize("error", [SandboxFailed("gone"), ZeroDivisionError("a mistake of ours")])
def test_a_run_that_fails_by_our_fault_says_so_and_another_may_follow(
    enrolled, student, exercise, address, monkeypatch, error
):
    def fail(*_, **__):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(sandbox, "run_scratch", fail)
        assert run_now(student, exercise, "print(1)").state == "failed"
    page = enrolled.get(address)
    assert page.status_code == 286
    assert "It is our fault" in page.content.decode()
    assert run_now(student, exercise, "print(2)").output == "2\n"


def test_run_says_so_while_the_broker_is_down_and_refuses_what_submit_would(enrolled, address, broker):
    broker.kill()
    response = enrolled.post(address, {"source": "print(1)"})
    assert response.status_code == 503
    assert "Submit works" in response.content.decode()
    broker.start()
    response = enrolled.post(address, {"source": "#" * 262_145})
    assert response.status_code == 400
    assert "at most 256 are taken" in response.content.decode()


def test_who_may_not_open_the_exercise_may_not_run(client, student, exercise, address):
    assert client.post(address, {"source": "1"}).status_code == 302
    client.force_login(student)
    assert client.post(address, {"source": "1"}).status_code == 404
