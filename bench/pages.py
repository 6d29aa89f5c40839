"""The pages of a term and the API's lists, on the demo school: queries and time, with few rows and with many.

python -m bench.pages [--quick] [--json]; exit status 1 where a goal is missed. `measure` starts a site for each school
on each database; this module, run beside a site, makes the school there, and asks each page in turn with a bare list of
50 rows from the same database.
"""

import argparse
import http.client
import io
import json
import os
import sys
import time
from typing import TYPE_CHECKING

from bench.goals import Goal, percentile, tell
from bench.lists import asked, bare_list
from bench.site import on_each_database

if TYPE_CHECKING:
    from courses.models import Session, User

# People and sessions of the demo school; where they are few, sessions have a fifth of their classes.
SCHOOLS = {"few": ("30", "4"), "many": ("600", "20")}
# A person may ask the API 600 times a minute, and the admin asks for all of its lists in each round.
QUICK, ROUNDS = 3, 20
MEDIA = "media, 64 KiB of it"
# With five times as many rows a page that asks for each of them would be beyond this; one with a second page is not.
OF_FEW = 1.5
OF_BARE = 15


def make_school(people: str, sessions: str, few: bool) -> "Session":
    """The demo school; the demo student's session."""
    from django.core.management import call_command
    from django.db import connection

    from courses.enrollment.access import sessions_attended_by
    from courses.models import Meeting, Recording, Session, User

    call_command("create_demo_school", "--people", people, "--sessions", sessions, stdout=io.StringIO())
    session = sessions_attended_by(User.objects.get(email="student@example.org")).get()
    if few:
        left_out = [
            meeting.pk for one in Session.objects.all() for n, meeting in enumerate(one.meetings.all()) if n % 5
        ]
        Recording.objects.filter(meeting__in=left_out).delete()
        Meeting.objects.filter(pk__in=left_out).delete()
    with connection.cursor() as cursor:
        # As the database does by itself, a minute after so much has changed.
        cursor.execute("ANALYZE")
    return session


def pages_of(session: "Session") -> dict[str, tuple["User", str]]:
    """By its name, who asks for a page, and its address."""
    from django.urls import reverse

    from config.api import router
    from courses.classroom.recordings.media import link_to
    from courses.models import CalendarFeed, Order, Recording, User

    student, instructor, admin = (
        User.objects.get(email=f"{role}@example.org") for role in ("student", "instructor", "admin")
    )
    recording = Recording.objects.published().filter(meeting__session=session, state="ready").latest("published_at")
    company = Order.objects.latest("seats")
    of_session = [
        "session_overview", "timetable", "roster", "roster_export", "attendance", "attendance_csv", "recordings",
        "announcements", "waiting_list", "session_staff", "session_history",
    ]  # fmt: skip
    asks_for = {"gradebook": f"?session={session.pk}"}
    lists = [
        (prefix, basename)
        for prefix, views, basename in router.registry
        if "(" not in prefix and hasattr(views, "list")
    ]
    return {
        "home": (student, reverse("home")),
        "session": (student, session.get_absolute_url()),
        "orders": (student, reverse("orders")),
        "order": (company.buyer, company.get_absolute_url()),
        "recording": (student, recording.get_absolute_url()),
        MEDIA: (student, link_to(recording, student)),
        "calendar_feed": (student, reverse("calendar_feed", args=[CalendarFeed.objects.of(student).token])),
        "teaching": (instructor, reverse("teaching")),
        **{name: (instructor, reverse(name, args=[session.pk])) for name in of_session},
        "meeting_attendance": (instructor, reverse("meeting_attendance", args=[recording.meeting_id])),
        "recording_edit": (instructor, reverse("recording_edit", args=[recording.pk])),
        "money": (admin, reverse("money")),
        "unpaid_csv": (admin, reverse("unpaid_csv")),
        "order_books": (admin, reverse("order_books", args=[company.pk])),
        "history": (admin, reverse("history")),
        "invitations": (admin, reverse("invitations")),
        **{
            f"api: {prefix}": (admin, reverse(f"{basename}-list") + asks_for.get(prefix, ""))
            for prefix, basename in lists
        },
        "api: roster": (admin, reverse("api-member-list", args=[session.pk])),
    }


def measured(pages: dict[str, tuple["User", str]], rounds: int) -> dict[str, dict[str, float]]:
    """Of each page: its bytes, its queries, milliseconds, and how many times those of the bare list these are."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    targets: dict[str, tuple[int, str, dict[str, str]]] = {}
    rows: dict[str, dict[str, float]] = {}
    site = int(os.environ["PORT"])
    for name, (person, path) in pages.items():
        headers = {"Range": "bytes=65536-131071"} if name == MEDIA else {}
        client = Client(headers={"Host": "127.0.0.1", **headers})
        client.force_login(person)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            body = client.get(path).getvalue()
        cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        targets[name] = (site, path, {"Cookie": cookie, **headers})
        rows[name] = {"queries": len(queries), "bytes": len(body)}
    with bare_list() as port:
        targets["bare"] = (port, "/rows/", {})
        times: dict[str, list[float]] = {name: [] for name in targets}
        for n in range(rounds + 1):
            tell(f"pages: {n} of {rounds}")
            for name, target in targets.items():
                ms = milliseconds(*target)
                if n:  # In the first round nobody is warm.
                    times[name].append(ms)
    bare = percentile(times.pop("bare"), 0.5)
    for name, own in times.items():
        rows[name] |= {"p50": percentile(own, 0.5), "of_bare": percentile(own, 0.5) / bare}
    return rows


def milliseconds(port: int, path: str, headers: dict[str, str]) -> float:
    """What an answer takes, over a connection that is open already."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.connect()
    begun = time.perf_counter()
    asked(connection, path, headers)
    ms = (time.perf_counter() - begun) * 1000
    connection.close()
    return ms


def measure(quick: bool) -> tuple[dict[str, dict[str, dict]], list[Goal]]:
    """By school, database and page."""
    rounds = str(QUICK if quick else ROUNDS)
    result = {school: on_each_database("bench.pages", school, rounds) for school in SCHOOLS}
    goals = []
    for database, rows in result["many"].items():
        few = result["few"][database]
        growth = {name: row["queries"] / few[name]["queries"] for name, row in rows.items()}
        slowness = {name: row["of_bare"] for name, row in rows.items()}
        for number, what, of, most in (
            (1, "queries, × with few rows", growth, OF_FEW),
            (2, "p50, × bare DRF", slowness, OF_BARE),
        ):
            worst = max(of, key=of.__getitem__)
            goals.append(Goal(number, f"{database}: {what}, worst: {worst}", of[worst], most, "×"))
    return result, goals


def table(result: dict[str, dict[str, dict]]) -> str:
    lines = []
    for database, rows in result["many"].items():
        lines.append(f"{database:24}{'kB':>8}{'queries':>10}{'few':>6}{'p50 ms':>10}{'× bare DRF':>12}{'few':>8}")
        for name, row in rows.items():
            few = result["few"][database][name]
            lines.append(
                f"{name:24}{row['bytes'] / 1000:8.0f}{row['queries']:10}{few['queries']:6}"
                f"{row['p50']:10.1f}{row['of_bare']:12.1f}{few['of_bare']:8.1f}"
            )
        lines.append("")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few repetitions")
    parser.add_argument("--json", action="store_true", help="one object")
    options = parser.parse_args()
    result, goals = measure(options.quick)
    tell("")
    if options.json:
        print(json.dumps({"pages": {**result, "goals": [goal.to_dict() for goal in goals]}}))
    else:
        print(table(result), *goals, sep="\n")
    return 1 if any(goal.missed for goal in goals) else 0


def beside_a_site(school: str, rounds: str) -> None:
    """What a site's pages take, as JSON."""
    import django

    django.setup()
    session = make_school(*SCHOOLS[school], few=school == "few")
    print(json.dumps(measured(pages_of(session), int(rounds))))


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in SCHOOLS:
        beside_a_site(*sys.argv[1:])
    else:
        sys.exit(main())
