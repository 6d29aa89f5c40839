"""Goal 8: a student's list of 50 submissions, by token and by page, beside a bare list of Django REST framework.

`measure` starts a site on each database; this module, run beside a site, serves the bare list from the same database
and by the same gunicorn, and asks both in turn over connections that stay open.
"""

import contextlib
import datetime
import http.client
import itertools
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

from bench.goals import Goal, percentile, tell
from bench.site import enrolled_students, free_port, on_each_database, tokens_of
from bench.work import ROOT, work_a

ROWS = 50
CONNECTIONS = 8
# A person may ask 600 times a minute; so many share the load.
STUDENTS = 100


def students_with_submissions() -> list[str]:
    """Students who have 50 graded submissions each; their tokens."""
    from django.db import connection
    from django.db.models import OuterRef, Subquery
    from django.utils import timezone

    from grader.grading import grade
    from grader.models import Exercise, Result, Submission

    work = work_a()
    report = grade(work.exercise, work.solution, 1)
    exercise, now = Exercise.objects.get(slug=work.slug), timezone.now()
    students = enrolled_students(STUDENTS, "lists")
    rows = Submission.objects.bulk_create(
        Submission(
            # Canceled until it has its result: the site's workers would take what waits.
            student=student, exercise=exercise, source=work.solution, attempt=1, status="canceled",
            queued_at=now - datetime.timedelta(seconds=n), finished_at=now,
        )
        for student in students
        for n in range(ROWS)
    )  # fmt: skip
    Result.objects.bulk_create(
        Result(
            submission=row, number=1, attempt=1, outcome="ok", score=report.score, max_score=report.max_score,
            open_score=report.score, open_max_score=report.max_score, exercise_version=report.version,
            data=report.to_dict(),
        )
        for row in rows
    )  # fmt: skip
    newest = Result.objects.filter(submission=OuterRef("pk")).values("pk")[:1]
    Submission.objects.filter(student__in=students).update(status="graded", result=Subquery(newest))
    tokens = tokens_of(students)
    with connection.cursor() as cursor:
        # As the database does by itself, a minute after so much has changed.
        cursor.execute("ANALYZE")
    return tokens


@contextlib.contextmanager
def bare_list() -> Iterator[int]:
    """The bare list, served; its port."""
    subprocess.run([sys.executable, "-m", "bench.bare_drf"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    command = [
        "-m",
        "gunicorn",
        "-c",
        "config/gunicorn.py",
        "--bind",
        f"127.0.0.1:{port}",
        "bench.bare_drf:application",
    ]
    server = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + 30
        while True:
            with contextlib.suppress(OSError):
                asked(http.client.HTTPConnection("127.0.0.1", port), "/rows/", {})
                break
            if server.poll() is not None or time.monotonic() > end:
                raise RuntimeError("the bare list is not served")
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def asked(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> bytes:
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status not in (200, 206):
        raise RuntimeError(f"{path} answers {answer.status}: {body[:500]!r}")
    return body


def load(port: int, path: str, tokens: list[str], seconds: float) -> tuple[float, list[float]]:
    """Requests a second over open connections, and the milliseconds of each."""
    turns, lock = itertools.count(), threading.Lock()
    times: list[float] = []
    failures: list[Exception] = []
    begun = time.perf_counter()

    def ask_on() -> None:
        connection, own = http.client.HTTPConnection("127.0.0.1", port), []
        try:
            while time.perf_counter() - begun < seconds:
                headers = {"Authorization": f"Token {tokens[next(turns) % len(tokens)]}"} if tokens else {}
                asked_at = time.perf_counter()
                asked(connection, path, headers)
                own.append((time.perf_counter() - asked_at) * 1000)
        except Exception as error:
            failures.append(error)
        connection.close()
        with lock:
            times.extend(own)

    threads = [threading.Thread(target=ask_on) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return len(times) / (time.perf_counter() - begun), times


def both(rounds: int, seconds: float) -> dict[str, dict[str, float]]:
    """Both lists in turn: requests a second, and milliseconds."""
    tokens = students_with_submissions()
    site = int(os.environ["PORT"])
    with bare_list() as bare:
        targets = {"Gradus": (site, "/api/v1/submissions/", tokens), "bare": (bare, "/rows/", [])}
        connection = http.client.HTTPConnection("127.0.0.1", site)
        page = json.loads(asked(connection, "/api/v1/submissions/", {"Authorization": f"Token {tokens[0]}"}))
        rows = json.loads(asked(http.client.HTTPConnection("127.0.0.1", bare), "/rows/", {}))
        rates: dict[str, list[float]] = {name: [] for name in targets}
        times: dict[str, list[float]] = {name: [] for name in targets}
        for target in targets.values():
            load(*target, 0.5)
        for n in range(rounds):
            tell(f"lists: {n + 1} of {rounds}")
            for name, target in targets.items():
                rate, ms = load(*target, seconds)
                rates[name].append(rate)
                times[name] += ms
    lengths = {"Gradus": len(page["results"]), "bare": len(rows)}
    return {
        name: {
            "rows": lengths[name],
            "per_second": percentile(rates[name], 0.5),
            "p50": percentile(times[name], 0.5),
            "p99": percentile(times[name], 0.99),
        }
        for name in targets
    }


def measure(quick: bool) -> tuple[dict[str, object], list[Goal]]:
    result = on_each_database("bench.lists", *(("1", "1") if quick else ("5", "4")))
    goals = []
    for database, rows in result.items():
        ours, bare = rows["Gradus"], rows["bare"]
        rate = ours["per_second"] / bare["per_second"]
        goals.append(Goal(8, f"{database}: list of 50, requests a second, × bare DRF", rate, 0.6, "×", True))
        goals.append(Goal(8, f"{database}: list of 50, p99, × bare DRF", ours["p99"] / bare["p99"], 2.5, "×"))
    return result, goals


def table(result: dict[str, dict]) -> str:
    lines = [f"{'a list of 50 submissions':34}{'requests/s':>12}{'p50 ms':>10}{'p99 ms':>10}"]
    for database, rows in result.items():
        for name, row in rows.items():
            label = f"{'bare DRF' if name == 'bare' else name}, {database}"
            lines.append(f"{label:34}{row['per_second']:12,.0f}{row['p50']:10.1f}{row['p99']:10.1f}")
    return "\n".join(lines)


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(both(int(sys.argv[1]), float(sys.argv[2]))))
