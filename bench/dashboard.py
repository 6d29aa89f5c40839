"""Dashboards, rosters and gradebooks of a large school on PostgreSQL: 1,000,000 enrollments in 4,000 sessions over
three years, and 5,000,000 submissions.

python -m bench.dashboard [--quick] [--json]; exit status 1 where a goal is missed. Each page is asked of a site that
runs as `make run` starts it, in turn with its bare queries: the same statements, sent to the database by a program that
does nothing else. Nothing is cached but the roll-ups of days that are over. It is also asked right after a write, once
after one of today and once after one that changes the past, whose day is then counted anew.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bench import graded
from bench.goals import Goal, percentile, tell
from bench.history import BUILDERS, QUICK, WHOLE, admin, make_history
from bench.pages import milliseconds
from bench.site import environment_on, running
from bench.work import ROOT

if TYPE_CHECKING:
    from courses.models import User

MOST_MS = 300
QUICK_ROUNDS = 5


def pages_of_admin(person: "User") -> dict[str, str]:
    """By its name, a page's address."""
    from django.urls import reverse

    from courses.dashboard.counted import ENROLLMENTS
    from courses.dashboard.ranges import ONE_DAY, Range, school_today
    from courses.models import Course, Session

    today, course = school_today(), Course.objects.filter(slug__startswith="bench").first()
    session = Session.objects.filter(starts_on__lte=today, slug__startswith="bench").latest("starts_on")
    beginning = ENROLLMENTS.beginning()

    def last(days: int) -> str:
        days_of = Range(today - (days - 1) * ONE_DAY, today)
        return f"from={days_of.first}&to={days_of.last}"

    dashboard, enrolled, paid = (reverse(name) for name in ("dashboard", "dashboard_enrollments", "dashboard_payments"))
    everything = f"from={beginning}&to={today}"
    return {
        "dashboard, 30 days": dashboard,
        "dashboard, 90 days": f"{dashboard}?{last(90)}",
        "dashboard, 365 days": f"{dashboard}?{last(365)}",
        "dashboard, 365 days, a year before": f"{dashboard}?{last(365)}&compare=year",
        "dashboard, all": f"{dashboard}?{everything}",
        "dashboard, a course, all": f"{dashboard}?{everything}&course={course.pk}",
        "dashboard, a place, 365 days": f"{dashboard}?{last(365)}&place=Berlin",
        "api: dashboard, 365 days": f"{reverse('api-dashboard')}?{last(365)}",
        "enrollments, 30 days": f"{enrolled}?{last(30)}",
        "enrollments, all, page 100": f"{enrolled}?{everything}&page=100",
        "enrollments, a session": f"{enrolled}?{everything}&session={session.pk}",
        "withdrawals, a course, all": f"{enrolled}?{everything}&what=withdrawn&course={course.pk}",
        "payments, 30 days": f"{paid}?{last(30)}",
        "payments, all, page 100": f"{paid}?{everything}&page=100",
        "refunds in EUR, a course": f"{paid}?{everything}&kind=refund&currency=EUR&course={course.pk}",
        "roster": reverse("roster", args=[session.pk]),
        "roster, unpaid": f"{reverse('roster', args=[session.pk])}?standing=unpaid",
    }


def write_today() -> None:
    """Somebody enrolls, and somebody hands something in."""
    _enroll("now()")
    graded.hand_in("now()")


def write_the_past() -> None:
    """An enrollment of some day of the last year is added, and a submission."""
    some_day = "now() - interval '1 day' * (3 + floor(random() * 350))"
    _enroll(some_day)
    graded.hand_in(some_day)


def _enroll(at: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO courses_enrollment (user_id, session_id, enrolled_at, ending) SELECT u, s.id, "
            f"{at}, '' FROM (SELECT id FROM courses_session ORDER BY random() LIMIT 1) s, "
            "LATERAL (SELECT MAX(id) - floor(random() * 90000)::bigint % 9000 AS u FROM courses_user) picked "
            "ON CONFLICT DO NOTHING"
        )


def roll_up() -> float:
    """Seconds that the command takes; it gives way to the site's worker, which rolls up, too."""
    from django.core.management import CommandError, call_command

    begun = time.perf_counter()
    while True:
        try:
            call_command("roll_up", stdout=io.StringIO())
            return time.perf_counter() - begun
        except CommandError as refused:
            tell(f"roll-up: {refused}")


def as_it_is() -> None:
    """Nothing happens between two pages."""


@dataclass(frozen=True)
class Case:
    """When a page is asked for: after what, and how often; `after`: what makes it the same for the next page."""

    name: str
    before: Callable[[], None]
    rounds: int
    after: Callable[[], object] = as_it_is


CASES = [
    Case("usual", as_it_is, 30),
    Case("after a write", write_today, 30),
    Case("after the past was changed", write_the_past, 10, after=roll_up),
]
# Each takes the admin, and gives addresses by name: others add theirs.
PAGES: list[Callable[["User"], dict[str, str]]] = [pages_of_admin, graded.pages_of_grading]


def measured(quick: bool) -> dict[str, dict[str, Any]]:
    """Of each page: its queries, its milliseconds in each case, and those of its bare queries."""
    from django.conf import settings
    from django.test import Client

    person = admin()
    client = Client(headers={"Host": "127.0.0.1"})
    client.force_login(person)
    headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}
    pages = {name: path for pages_of in PAGES for name, path in pages_of(person).items()}
    statements: dict[str, list[str]] = {}
    rows: dict[str, dict[str, Any]] = {}
    for name, path in pages.items():
        tell(f"queries of: {name}")
        statements[name], rows[name] = asked_once(client, path)
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    port = int(os.environ["PORT"])
    for case in CASES:
        rounds = min(case.rounds, QUICK_ROUNDS) if quick else case.rounds
        for n in range(rounds + 1):
            for name, path in pages.items():
                tell(f"{case.name}, {n} of {rounds}: {name}")
                bare = bare_milliseconds(statements[name]) if case.name == "usual" else None
                case.before()
                ms = milliseconds(port, path, headers)
                case.after()
                if n:  # In the first round nobody is warm.
                    times[name, case.name].append(ms)
                    if bare is not None:
                        times[name, "bare"].append(bare)
    for (name, case_name), found in times.items():
        rows[name][case_name] = {"p50": percentile(found, 0.5), "p99": percentile(found, 0.99)}
    return rows


def asked_once(client: Any, path: str) -> tuple[list[str], dict[str, Any]]:
    """The statements by which a page reads, and what it is like."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    statements = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    return statements, {"queries": len(queries), "bytes": len(answer.getvalue())}


def bare_milliseconds(statements: list[str]) -> float:
    """What the database alone takes for them, rows fetched and not looked at."""
    from django.db import connection

    begun = time.perf_counter()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.cursor.execute(statement)
            cursor.cursor.fetchall()
    return (time.perf_counter() - begun) * 1000


def measure(quick: bool) -> tuple[dict[str, Any], list[Goal]]:
    with environment_on("PostgreSQL") as environment, running(environment, "--without-grading"):
        command = [sys.executable, "-m", "bench.dashboard", "beside", "quick" if quick else "whole"]
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    result = json.loads(done.stdout.splitlines()[-1])
    goals = []
    # That somebody changes the past is rare, and a day counted anew; it is shown, and no goal.
    for case in CASES[:2]:
        medians = {name: row[case.name]["p50"] for name, row in result["pages"].items()}
        worst = max(medians, key=medians.__getitem__)
        goals.append(Goal(2, f"{case.name}: p50 of the slowest page: {worst}", medians[worst], MOST_MS, "ms"))
    return result, goals


def beside_a_site(size: str) -> None:
    """Make the history in the site's database, and print what its pages take, as JSON."""
    import django

    django.setup()
    from courses.models import Enrollment, Posting, Session
    from grader.models import Result, Submission

    begun = time.perf_counter()
    make_history(QUICK if size == "quick" else WHOLE, [*BUILDERS, *graded.BUILDERS])
    made = time.perf_counter() - begun
    rolled = roll_up()
    models = Session, Enrollment, Posting, Submission, Result
    result = {
        "rows": {f"{model.__name__.lower()}s": model.objects.count() for model in models},
        "made_seconds": made,
        "rolled_up_seconds": rolled,
        "pages": measured(size == "quick"),
    }  # fmt: skip
    print(json.dumps(result))


def table(result: dict[str, Any]) -> str:
    rows = ", ".join(f"{number:,} {name}" for name, number in result["rows"].items())
    lines = [f"{rows}; made in {result['made_seconds']:.0f} s, rolled up in {result['rolled_up_seconds']:.0f} s", ""]
    cases = "".join(f"{case.name:>28}" for case in CASES)
    lines.append(f"{'milliseconds, p50 / p99':38}{'queries':>8}{'kB':>6}{'bare':>8}{cases}")
    for name, row in result["pages"].items():
        cases = "".join(f"{row[case.name]['p50']:19.0f} / {row[case.name]['p99']:6.0f}" for case in CASES)
        lines.append(f"{name:38}{row['queries']:8}{row['bytes'] / 1000:6.0f}{row['bare']['p50']:8.0f}{cases}")
    return "\n".join([*lines, ""])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.dashboard", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the rows, few repetitions")
    parser.add_argument("--json", action="store_true", help="one object")
    options = parser.parse_args()
    result, goals = measure(options.quick)
    tell("")
    if options.json:
        print(json.dumps({"dashboard": {**result, "goals": [goal.to_dict() for goal in goals]}}))
    else:
        print(table(result), *goals, sep="\n")
    return 1 if any(goal.missed for goal in goals) else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["beside"]:
        beside_a_site(sys.argv[2])
    else:
        sys.exit(main())
