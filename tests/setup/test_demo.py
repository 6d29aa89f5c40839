"""The first `make run` shows a living school, and says what it does meanwhile."""

import os
import re
import signal
import sys
import urllib.parse
import urllib.request

WITH_DEMO = [sys.executable, "-m", "config.supervisor"]


def test_the_first_start_makes_a_school_to_look_around_in(start_site):
    site = start_site("--people", "30", command=WITH_DEMO)
    site.await_line("Making a demo school, this once; a site without one is started with: make run EMPTY=yes")
    for phase in ("Sessions: 20", "Enrollments and payments: 20", "Recordings: 20", "Grading in the sandbox: "):
        site.await_line(phase)
    assert site.await_line("is ready") == "The demo school is ready: 30 people, 20 sessions.\n"
    address = re.search(r"http://127\.0\.0\.1:\d+/", site.await_line("Gradus is at")).group()
    password = site.await_line("student@example.org").split()[-1]
    site.remember_members()

    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = opener.open(f"{address}accounts/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)
    told = {"csrfmiddlewaretoken": token, "login": "student@example.org", "password": password}
    opener.open(f"{address}accounts/login/", urllib.parse.urlencode(told).encode())
    home = opener.open(address).read().decode()
    # Of twenty sessions, most of which are over, four are to come and three run; some of these are full, one is closed.
    seats = re.findall(r"<td[^>]*>\s*(full|closed|\d+ left)\s*</td>", home)
    assert len(seats) == 8
    assert "full" in seats
    # Tomorrow by the demo's days, which are UTC's; to the student in New York it may be the day before still.
    assert re.search("Your next class, (tomorrow|in 2 days)", home)
    assert "Meetings that you missed" in home

    os.killpg(site.process.pid, signal.SIGINT)
    site.end()
    assert site.left() == {}
