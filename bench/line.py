"""Goal 7: the whole line, idle: from posting a file to the API until its score was read there.

`measure` starts a site on each database; this module, run beside a site, is the student who posts and asks.
"""

import http.client
import json
import os
import sys
import time

from bench.goals import Goal, percentile, spread, tell
from bench.site import enrolled_students, on_each_database, tokens_of
from bench.work import Work, work_a, work_b

# What students may hand in within a minute is limited; nobody here comes near it.
EACH = 4
ASK_SECONDS = 0.001
REST_SECONDS = 0.3


def asked(method: str, path: str, headers: dict[str, str], body: str | None, status: int) -> dict:
    """The site's answer, over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ["PORT"]))
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    said = json.loads(answer.read())
    connection.close()
    if answer.status != status:
        raise RuntimeError(f"{method} {path} answers {answer.status}: {said}")
    return said


def hand_in(token: str, work: Work, ask_seconds: float = ASK_SECONDS) -> dict[str, float]:
    """Post, and read the score as soon as it is there: milliseconds of all of it, and of the grading by its report.

    Whether it is there is asked of the database, where a question costs a twentieth of one to the API: who asks the
    site all the time measures it under a load that no student puts on it.
    """
    from grader.models import Submission

    headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}
    body = json.dumps({"exercise": work.slug, "source": work.solution})
    begun = time.perf_counter()
    created = asked("POST", "/api/v1/submissions/", headers, body, 201)
    posted = time.perf_counter()
    while Submission.objects.unsettled().filter(pk=created["id"]).exists():
        time.sleep(ask_seconds)
    seen = asked("GET", f"/api/v1/submissions/{created['id']}/", headers, None, 200)
    ended = time.perf_counter()
    if seen["score"] != seen["max_score"] or seen["status"] != "graded":
        raise RuntimeError(f"the solution of {work.slug} did not earn full marks: {seen}")
    return {
        "total": (ended - begun) * 1000,
        "post": (posted - begun) * 1000,
        "grading": seen["report"]["timings"]["total_ms"],
    }


def idle(times: int) -> dict[str, list[dict[str, float]]]:
    """Both works in turn, after three of each that nobody measures."""
    works = {"A": work_a(), "B": work_b()}
    tokens = tokens_of(enrolled_students((times + 3) * len(works) // EACH + 1, "line"))
    rows: dict[str, list[dict[str, float]]] = {label: [] for label in works}
    n = 0
    for turn in range(-3, times):
        tell(f"the whole line: {turn + 1} of {times}")
        for label, work in works.items():
            # The first one waits for its zygote, and asks less often.
            row = hand_in(tokens[n // EACH], work, ASK_SECONDS if turn >= 0 else REST_SECONDS)
            n += 1
            if turn >= 0:
                rows[label].append(row)
            time.sleep(REST_SECONDS)
    return rows


def measure(quick: bool) -> tuple[dict[str, object], list[Goal]]:
    result, goals = {}, []
    for database, rows in on_each_database("bench.line", "5" if quick else "120").items():
        result[database] = {
            label: {
                **spread([row["total"] for row in of_work]),
                "post": percentile([row["post"] for row in of_work], 0.5),
                "rest": percentile([row["total"] - row["grading"] for row in of_work], 0.5),
            }
            for label, of_work in rows.items()
        }
        for label, most in (("A", 60), ("B", 120)):
            row = result[database][label]
            what = f"{label}, {database}:"
            goals.append(Goal(7, f"{what} POST until the score can be read, p50", row["median"], most, "ms"))
            goals.append(Goal(7, f"{what} p99, × p50", row["p99"] / row["median"], 2, "×"))
            goals.append(Goal(7, f"{what} queue, database and web, p50", row["rest"], 30, "ms"))
    return result, goals


def table(result: dict[str, dict]) -> str:
    lines = [f"{'the whole line, idle, ms':34}{'p50':>10}{'p99':>10}{'POST':>10}{'without grading':>18}"]
    for database, rows in result.items():
        for label, row in rows.items():
            figures = f"{row['median']:10.1f}{row['p99']:10.1f}{row['post']:10.1f}{row['rest']:18.1f}"
            lines.append(f"{f'{label}, {database}':34}{figures}")
    return "\n".join(lines)


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(idle(int(sys.argv[1]))))
