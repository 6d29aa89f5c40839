"""A site as `make run` serves it, a page that must not complain, and a way to put things into the site's database."""

import json
import re
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.setup.conftest import environment, folder, prepared, start_site  # noqa: F401 - fixtures

PASSWORD = "correct horse battery"


@pytest.fixture
def running(prepared, start_site):  # noqa: F811
    """A site with its own data, and everything running; `address` is where."""
    site = start_site()
    site.address = re.search(r"http://127\.0\.0\.1:\d+", site.await_line("Gradus is at")).group()
    site.await_workers()
    return site


@pytest.fixture
def site(running):
    """The address of the site."""
    return running.address


@pytest.fixture
def complaints():
    """What the page has complained of; a test that means it to complain takes that out."""
    return []


@pytest.fixture
def page(page, complaints):
    """A page on which any error in a script, or anything the policy refuses, fails the test."""
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    assert complaints == []


@pytest.fixture
def tell(environment):  # noqa: F811
    """Run Python on the site's database; what it leaves in `answer` comes back, as JSON has it."""

    def told(code, **names):
        given = "\n".join(f"{name} = {value!r}" for name, value in names.items())
        script = f"import json\n{given}\n{code}\nprint(json.dumps(locals().get('answer')))"
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", script]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return told


def sign_up(page, site, email):
    page.goto(f"{site}/accounts/signup/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password:", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()


def sign_in(page, site, email):
    page.goto(f"{site}/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign In").click()
    page.get_by_role("link", name="Sign out").wait_for()
