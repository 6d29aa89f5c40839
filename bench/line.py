"""Goal 7: the whole line, idle: from posting a file to the API until its score can be read.

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
ASK_SECONDS = 0.003
REST_SECONDS = 0.3


def hand_in(
    connection: http.client.HTTPConnection, token: str, work: Work, ask_seconds: float = ASK_SECONDS
) -> dict[str, float]:
    """Post, then ask until it is graded: milliseconds of all of it, and of the grading as the report says."""
    headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}
    body = json.dumps({"exercise": work.slug, "source": work.solution})
    begun = time.perf_counter()
    connection.request("POST", "/api/v1/submissions/", body, headers)
    answer = connection.getresponse()
    created = json.loads(answer.read())
    if answer.status != 201:
        raise RuntimeError(f"a submission is refused: {created}")
    posted = time.perf_counter()
    while True:
        connection.request("GET", f"/api/v1/submissions/{created['id']}/", headers=headers)
        answer = connection.getresponse()
        seen = json.loads(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"the report cannot be read: {seen}")
        if seen["status"] not in ("queued", "running"):
            break
        time.sleep(ask_seconds)
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
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ["PORT"]))
    rows: dict[str, list[dict[str, float]]] = {label: [] for label in works}
    n = 0
    for turn in range(-3, times):
        tell(f"the whole line: {turn + 1} of {times}")
        for label, work in works.items():
            # The first one waits for its zygote, and asks less often.
            row = hand_in(connection, tokens[n // EACH], work, ASK_SECONDS if turn >= 0 else REST_SECONDS)
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
