"""One command starts everything; however it ends, nothing of it stays."""

import os
import re
import signal
import subprocess
import sys
import urllib.parse
import urllib.request

import pytest

from tests.conftest import ROOT
from tests.setup.conftest import SUPERVISOR, processes

SERVICES = ("valkey-server", "gunicorn", "--queues school", "--queues numpy", "--queues tensorflow", "beat")


@pytest.fixture
def running(prepared, start_site):
    site = start_site()
    site.await_line("Gradus is at")
    site.await_workers()
    site.remember_members()
    return site


def test_first_start_serves_the_site_and_prints_logins_and_ctrl_c_ends_all(start_site, tmp_path):
    data = str(tmp_path / "data")
    site = start_site(GRADUS_DATA=data)
    assert site.await_line("the sandbox's mode is").rstrip().endswith((" namespaces.", " landlock."))
    address = re.search(r"http://127\.0\.0\.1:\d+/", site.await_line("Gradus is at")).group()
    logins = [site.await_line(role).split() for role in ("student", "assistant", "instructor", "admin")]
    assert len({password for _, _, password in logins}) == 4
    with urllib.request.urlopen(address + "accounts/login/") as page:
        assert page.status == 200
    site.await_workers()
    members = site.remember_members()
    for service in SERVICES:
        assert any(service in command for command in members.values()), service

    os.killpg(site.process.pid, signal.SIGINT)
    site.end()
    assert site.process.returncode == 0
    assert site.left() == {}

    # The second start says how to get new passwords, and shows none.
    site = start_site(GRADUS_DATA=data)
    assert "manage.py create_demo_people --reset" in site.await_line("passwords")
    site.remember_members()
    site.process.terminate()
    site.end()
    assert site.left() == {}


def test_kill_9_of_the_guard_leaves_nothing(running):
    running.process.kill()
    running.end()
    assert running.left() == {}


def test_kill_9_of_the_supervisor_leaves_nothing(running):
    supervisor = next(pid for pid, command in running.members.items() if pid != running.process.pid)
    os.kill(supervisor, signal.SIGKILL)
    running.end()
    assert running.process.returncode != 0
    assert running.left() == {}


def test_kill_9_of_make_leaves_nothing(prepared, start_site):
    # A parent like make, which ends without a word to its child.
    make = [sys.executable, "-c", "import subprocess, sys; subprocess.run(sys.argv[1:])"]
    site = start_site("--end-with-parent", command=[*make, *SUPERVISOR])
    site.await_line("Gradus is at")
    site.remember_members()
    site.process.kill()
    site.end()
    assert site.left() == {}


def test_kill_9_while_a_submission_runs_leaves_no_sandbox(running, environment):
    hand_in = """
from courses.models import User
from grader.models import Exercise, Submission
source = "def backprop(weights, biases, x, y):\\n    while True: pass"
Submission.hand_in(User.objects.get(email="student@example.org"), Exercise.objects.get(slug="backpropagation"), source)
"""
    subprocess.run([sys.executable, "manage.py", "shell", "-c", hand_in], cwd=ROOT, env=environment, check=True)
    running.await_line("claimed, attempt 1")
    while not any("zygote.py" in command for command in running.remember_members().values()):
        assert running.process.poll() is None
    running.process.kill()
    running.end()
    assert running.left() == {}


SERVICE = """
import sys
from config import processes, supervisor
supervisor.START_SECONDS = float(sys.argv[1])
def work():
    site = supervisor.Supervisor()
    site.start(supervisor.Service("clock", ["sh", "-c", sys.argv[2]]))
    try:
        while True:
            site.attend(1)
    except supervisor.Refusal as refusal:
        print(refusal)
        return 1
sys.exit(processes.run_guarded(work))
"""


def test_a_service_that_is_killed_leaves_none_of_its_children_and_starts_again(start_site):
    site = start_site("0", "sleep 1000 & echo child $!; wait", command=[sys.executable, "-c", SERVICE])
    child = int(site.await_line("child").split()[-1])
    service = processes()[child][0]
    os.kill(service, signal.SIGKILL)
    assert "signal 9; it is started again" in site.await_line("ended")
    second = int(site.await_line("child").split()[-1])
    assert child not in processes()
    assert second in processes()


def test_a_service_that_cannot_start_ends_the_whole_with_its_last_words(start_site):
    site = start_site("1000", "echo no such thing; exit 3", command=[sys.executable, "-c", SERVICE])
    said = site.end()
    assert "clock             | no such thing" in said
    assert "clock does not start: it ended with exit status 3" in said


def test_it_runs_for_real_and_the_first_admin_signs_in(start_site, environment, broker, tmp_path):
    values = {
        "GRADUS_ENV": "production", "SECRET_KEY": "a secret of the test's own, and long enough to be one", "ALLOWED_HOSTS": "school.example",
        "REDIS_URL": f"unix://{broker.socket}", "EMAIL_URL": "smtp://127.0.0.1:25", "GRADUS_DATA": str(tmp_path / "data"),
    }  # fmt: skip
    site = start_site(**values)
    site.await_line("Gradus is at")
    site.await_line("manage.py create_admin")
    create = [sys.executable, "manage.py", "create_admin", "head@school.example"]
    done = subprocess.run(
        create,
        cwd=ROOT,
        env={**environment, **values},
        input="correct horse battery\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "head@school.example can sign in as an admin.\n", done.stderr

    headers = {"Host": "school.example", "X-Forwarded-Proto": "https", "Referer": "https://school.example/"}
    opener = urllib.request.build_opener(NotFollowed)

    def ask(path, **data):
        body = urllib.parse.urlencode(data).encode() if data else None
        return opener.open(urllib.request.Request(f"http://127.0.0.1:{site.port}{path}", body, headers))

    page = ask("/accounts/login/")
    headers["Cookie"] = page.headers["Set-Cookie"].partition(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode()).group(1)
    signed_in = ask(
        "/accounts/login/", csrfmiddlewaretoken=token, login="head@school.example", password="correct horse battery"
    )
    assert signed_in.status == 302
    cookies = [value.partition(";")[0] for value in signed_in.headers.get_all("Set-Cookie")]
    assert all("Secure" in value for value in signed_in.headers.get_all("Set-Cookie") if value.startswith("sessionid"))
    headers["Cookie"] = "; ".join(cookies)
    assert ask("/admin/").status == 200
    assert ask("/static/courses/theme.css").status == 200


class NotFollowed(urllib.request.HTTPRedirectHandler):
    def http_error_302(self, request, response, code, message, headers):
        return response
