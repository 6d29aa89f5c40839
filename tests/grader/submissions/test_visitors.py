"""What visitors may do: read a sample lecture, play in its laboratory, run code in a sample exercise, and not hand in."""

import pytest
from django.core.management import call_command
from django.test import Client

from grader.assignments.models import Exercise
from grader.models import Submission
from grader.submissions import scratch
from grader.submissions.tasks import run_scratch


@pytest.fixture
def sample(exercise):
    Exercise.objects.update(sample=True)
    return exercise


def test_a_visitor_runs_code_and_is_led_to_sign_in_to_submit(client, sample):
    page = client.get(sample.get_absolute_url()).content.decode()
    assert 'hx-post="/exercises/backpropagation/run/"' in page
    assert "Sign in to submit" in page
    assert "Hand in a file instead" not in page
    assert client.post(f"{sample.get_absolute_url()}run/", {"source": "print('visited')"}).status_code == 200
    owner = f"visit-{client.session.session_key}"
    run_scratch(owner, scratch.latest(owner).key, sample.slug, "print('visited')")
    assert "visited" in client.get(f"{sample.get_absolute_url()}run/").content.decode()
    # Another visitor at the same address does not see it.
    assert Client().get(f"{sample.get_absolute_url()}run/").status_code == 404
    assert client.post(sample.get_absolute_url(), {"source": "x"})["Location"].startswith("/accounts/login/")
    assert not Submission.objects.exists()


def test_visitors_at_one_address_run_a_few_times_a_minute(sample):
    answers = [Client().post(f"{sample.get_absolute_url()}run/", {"source": "print(1)"}).status_code for _ in range(12)]
    assert answers == [200] * 10 + [429] * 2
    assert Client(REMOTE_ADDR="10.0.0.2").post(f"{sample.get_absolute_url()}run/", {"source": "1"}).status_code == 200


def test_one_lecture_one_laboratory_and_one_exercise_of_ours_are_open(client, db):
    call_command("load_curriculum", verbosity=0)
    call_command("load_exercises", verbosity=0)
    [exercise] = Exercise.objects.filter(sample=True)
    page = client.get("/courses/neural-networks-fundamentals/lectures/activation-functions/")
    assert page.status_code == 200
    assert f'href="{exercise.get_absolute_url()}"' in page.content.decode()
    assert client.get("/laboratories/one-neuron/").status_code == 200
    assert "One neuron" in client.get("/laboratories/").content.decode()
    assert client.get("/laboratories/training/").status_code == 404
