"""The night of a deadline, on the real line: 2,000 submissions of 500 students in one burst, lone ones in its middle.

python -m bench.deadline [--quick] [--json]; exit status 1 where a goal is missed. PostgreSQL, the broker, beat and
workers run as `make run` starts them. Half of the burst is wrong by a known mistake, a fiftieth hostile. What became
of it is read from the database afterwards, and from what the workers said.
"""

import argparse
import collections
import concurrent.futures
import contextlib
import itertools
import json
import os
import random
import re
import sys
import threading
import time
from collections.abc import Callable

from bench.crowd import EACH, HOSTILE, SOLUTION, papers, score_alone
from bench.goals import Goal, ratio, spread, tell
from bench.memory import memory_mib
from bench.site import Site, enrolled_students, environment_on, running
from config.processes import descendants

IDLE_EVERY_SECONDS, LONE_EVERY_SECONDS = 0.5, 1.5
MOST_IN_BURST = 1200
LONE_SLUGS = ("backpropagation", "gradient-tape")
GIVE_UP_SECONDS = 3600
CLAIMED = re.compile(r"submission (\d+) claimed, attempt")
GRADED = re.compile(r"submission (\d+) graded")


class Watch(threading.Thread):
    """Notes, every two seconds, what waits and runs by flavor, and the memory of all of the site's processes."""

    def __init__(self, site: Site) -> None:
        super().__init__(daemon=True)
        self.site, self.over, self.samples = site, threading.Event(), []

    def run(self) -> None:
        from django.db import connection
        from django.db.models import Count

        from grader.models import Submission

        begun = time.monotonic()
        while not self.over.wait(2.0):
            open_ones = Submission.objects.exclude(status="graded").order_by()
            counts = open_ones.values_list("exercise__flavor", "status").annotate(Count("pk"))
            memory = 0.0
            for pid in descendants(self.site.process.pid):
                with contextlib.suppress(OSError, KeyError):
                    memory += memory_mib(pid)["pss"]
            self.samples.append(
                {
                    "seconds": time.monotonic() - begun,
                    "open": {f"{flavor} {status}": n for flavor, status, n in counts},
                    "pss_mib": memory,
                }
            )
        connection.close()

    def end(self) -> list[dict]:
        self.over.set()
        self.join()
        return self.samples


def hand_in_alone(students, every_seconds: float, over: Callable[[], bool] = lambda: False) -> list[int]:
    """Lone submissions at a fixed rate, however long any waits, of students who hand in nothing else; their keys.

    Flavors in turn. It ends with the students, or when it is over.
    """
    from django.db import connection

    from grader.exercises import load
    from grader.models import Exercise, Submission

    lone = [(Exercise.objects.get(slug=slug), load(slug).solution) for slug in LONE_SLUGS]
    keys = []
    begun = time.monotonic()
    for n, student in enumerate(students):
        time.sleep(max(0.0, begun + n * every_seconds - time.monotonic()))
        if over():
            break
        keys.append(Submission.hand_in(student, *lone[n % len(lone)]).pk)
    connection.close()
    return keys


def await_graded(site: Site, keys: list[int]) -> None:
    """Wait until all are settled. Raises RuntimeError where the site has ended."""
    from grader.models import Submission

    end = time.monotonic() + GIVE_UP_SECONDS
    while Submission.objects.filter(pk__in=keys).exclude(status__in=("graded", "failed")).exists():
        if site.process.poll() is not None:
            raise RuntimeError(f"the site has ended:\n{''.join(site.lines[-30:])}")
        if time.monotonic() > end:
            return
        time.sleep(0.02)


def night(site: Site, students: int, idle_ones: int) -> dict[str, object]:
    """The burst and the lone ones; what became of them."""
    from django.utils import timezone

    from grader.models import Exercise, Submission

    crowd = enrolled_students(students, "burst")
    alone = iter(enrolled_students(2 + idle_ones + MOST_IN_BURST, "lone"))
    exercises = {exercise.slug: exercise for exercise in Exercise.objects.all()}
    handed_in = papers(students, random.Random(1))
    await_graded(site, hand_in_alone(itertools.islice(alone, 2), 1.0))  # zygotes start
    tell("lone submissions, idle")
    idle = hand_in_alone(itertools.islice(alone, idle_ones), IDLE_EVERY_SECONDS)
    await_graded(site, idle)
    watch = Watch(site)
    watch.start()
    over = threading.Event()
    with concurrent.futures.ThreadPoolExecutor(1) as beside:
        lone = beside.submit(hand_in_alone, alone, LONE_EVERY_SECONDS, over.is_set)
        try:
            begun = time.monotonic()
            burst = {}
            for turn in range(EACH):
                tell(f"the burst, {turn + 1} of {EACH}")
                for student, own in zip(crowd, handed_in, strict=True):
                    paper = own[turn]
                    burst[Submission.hand_in(student, exercises[paper.exercise], paper.source).pk] = paper
            burst_seconds = time.monotonic() - begun
            handed_in_at = timezone.now()
            tell("grading")
            await_graded(site, list(burst))
            seconds = time.monotonic() - begun
        finally:
            over.set()
        came = lone.result()
    await_graded(site, came)
    samples = watch.end()
    tell("scores, alone")
    rows = {row.pk: row for row in Submission.objects.select_related("exercise", "result").defer("result__data")}
    claims = collections.Counter(int(m[1]) for line in list(site.lines) if (m := CLAIMED.search(line)))
    recorded = collections.Counter(int(m[1]) for line in list(site.lines) if (m := GRADED.search(line)))
    last_claim = max(row.started_at for key in burst if (row := rows[key]).started_at)
    early = [key for key in came if rows[key].queued_at < handed_in_at]
    amid = [key for key in came if handed_in_at <= rows[key].queued_at < last_claim]
    keys = [*idle, *burst, *came]
    graded = [key for key in keys if rows[key].status == "graded"]
    return {
        "students": students,
        "submissions": len(burst),
        "handed_in_seconds": burst_seconds,
        "seconds": seconds,
        "per_minute": 60 * len(burst) / seconds,
        "ungraded": len(keys) - len(graded),
        "twice": sum(rows[key].attempt != 1 or claims[key] != 1 or recorded[key] != 1 for key in graded),
        "wrong_scores": wrong_scores(burst, rows),
        "hostile": outcomes(burst, rows),
        "hostile_scores": [
            result.score
            for key, paper in burst.items()
            if paper.is_hostile and (result := rows[key].result) is not None and result.score
        ],
        "waits": {
            **by_flavor("lone, idle", idle, rows),
            **by_flavor("lone, while it comes in", early, rows),
            **by_flavor("lone, in the burst", amid, rows),
            **by_flavor("the burst", list(burst), rows),
        },
        "lone_behind": lone_behind(amid, burst, rows),
        "peak_pss_mib": max(sample["pss_mib"] for sample in samples) if samples else None,
        "samples": samples,
    }


def wrong_scores(burst, rows) -> list[dict[str, object]]:
    """Papers that did not get what they earn alone. Where that depends on what is drawn, the same is drawn again."""
    alone: dict[tuple[str, str], float] = {}
    wrong = []
    for key, paper in burst.items():
        row = rows[key]
        if paper.is_hostile or row.status != "graded":
            continue
        score, known = row.result.score, (paper.exercise, paper.kind)
        if known not in alone:
            alone[known] = score_alone(paper, row.seed)
        if paper.kind == SOLUTION:
            right = score == row.result.max_score
        else:
            right = score == alone[known] or score == score_alone(paper, row.seed)
        if not right:
            wrong.append({"exercise": paper.exercise, "kind": paper.kind, "score": score, "alone": alone[known]})
    return wrong


def outcomes(burst, rows) -> dict[str, dict[str, object]]:
    """How the hostile ones ended, and how long a worker had to do with them."""
    ended = {}
    for kind in HOSTILE:
        keys = [key for key, paper in burst.items() if paper.kind == kind and rows[key].finished_at]
        if keys:
            seconds = [(rows[key].finished_at - rows[key].started_at).total_seconds() for key in keys]
            ended[kind] = {
                "n": len(keys),
                "outcomes": dict(collections.Counter(rows[key].result.outcome for key in keys)),
                "worker_seconds": sum(seconds),
                "longest_seconds": max(seconds),
            }
    return ended


def by_flavor(name: str, keys: list[int], rows) -> dict[str, dict[str, dict[str, float]]]:
    """Seconds from handing in to the claim, and to the report: of all, and of each flavor."""
    found = {}
    for flavor in ("", "numpy", "tensorflow"):
        of = [rows[k] for k in keys if rows[k].finished_at and flavor in ("", rows[k].exercise.flavor)]
        if of:
            found[f"{name}, {flavor}".rstrip(", ")] = {
                "claimed": spread([(row.started_at - row.queued_at).total_seconds() for row in of]),
                "graded": spread([(row.finished_at - row.queued_at).total_seconds() for row in of]),
            }
    return found


def lone_behind(amid: list[int], burst, rows) -> list[dict[str, object]]:
    """Each lone submission in the burst: how long it waited for its claim, and behind which papers of its flavor."""
    behind = []
    papers_run = [(rows[key], paper) for key, paper in burst.items() if rows[key].finished_at]
    for key in amid:
        lone = rows[key]
        if lone.finished_at:
            ran = [
                (row, paper)
                for row, paper in papers_run
                if paper.flavor == lone.exercise.flavor
                and row.started_at < lone.started_at
                and row.finished_at > lone.queued_at
            ]
            behind.append(
                {
                    "flavor": lone.exercise.flavor,
                    "claimed": (lone.started_at - lone.queued_at).total_seconds(),
                    "graded": (lone.finished_at - lone.queued_at).total_seconds(),
                    "hostile": sorted(paper.kind for _, paper in ran if paper.is_hostile),
                    "others": sum(not paper.is_hostile for _, paper in ran),
                }
            )
    return behind


def goals_of(result: dict) -> list[Goal]:
    waits = result["waits"]
    idle, amid = (waits.get(name, {}).get("graded", {}) for name in ("lone, idle", "lone, in the burst"))
    return [
        Goal(1, "submissions that are not graded", result["ungraded"], 0),
        Goal(2, "submissions that were claimed or recorded more than once", result["twice"], 0),
        Goal(3, "submissions whose score is not the one that they get alone", len(result["wrong_scores"]), 0),
        Goal(4, "hostile submissions that scored", len(result["hostile_scores"]), 0),
        Goal(
            5,
            f"p95 of a lone submission in the burst, × idle ({amid.get('n', 0)} came)",
            ratio(amid.get("p95"), idle.get("p95")),
            5,
            "×",
        ),
    ]


def table(result: dict) -> str:
    lines = [
        f"{result['submissions']:,} submissions of {result['students']} students, handed in within "
        f"{result['handed_in_seconds']:.0f} s, graded within {result['seconds']:.0f} s: "
        f"{result['per_minute']:,.0f} a minute",
        f"memory of all processes, each shared page counted once: {result['peak_pss_mib'] or 0:,.0f} MiB at most",
        "",
        f"{'waits in seconds':32}{'n':>6}"
        + "".join(f"{f'{what}: p50':>14}{'p95':>8}{'p99':>8}" for what in ("claimed", "graded")),
    ]
    for name, row in result["waits"].items():
        claimed, graded = row["claimed"], row["graded"]
        lines.append(
            f"{name:32}{claimed['n']:6}{claimed['median']:14.3f}{claimed['p95']:8.3f}{claimed['p99']:8.3f}"
            f"{graded['median']:14.3f}{graded['p95']:8.3f}{graded['p99']:8.3f}"
        )
    lines.append("")
    for kind, row in result["hostile"].items():
        ended = ", ".join(f"{outcome} {n}" for outcome, n in row["outcomes"].items())
        held = f"held workers for {row['worker_seconds']:.0f} s, for {row['longest_seconds']:.1f} s at most"
        lines.append(f"{kind:32}{row['n']:6}  {ended}; {held}")
    late = [row for row in result["lone_behind"] if row["claimed"] > 1]
    lines.append(
        f"lone ones that waited more than 1 s for their claim: {len(late)}, "
        f"{sum(bool(row['hostile']) for row in late)} of them behind a hostile one"
    )
    lines += ["", f"{'queue: seconds':>16}{'numpy':>10}{'tensorflow':>12}{'MiB':>10}"]
    samples = result["samples"]
    for sample in samples[:: max(1, len(samples) // 12)]:
        waiting = [sample["open"].get(f"{flavor} queued", 0) for flavor in ("numpy", "tensorflow")]
        lines.append(f"{sample['seconds']:16.0f}{waiting[0]:10}{waiting[1]:12}{sample['pss_mib']:10,.0f}")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.deadline", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="100 submissions of 25 students")
    parser.add_argument("--students", type=int, default=500, help="who hand in four files each (%(default)s)")
    parser.add_argument("--json", action="store_true", help="one object")
    options = parser.parse_args()
    students, idle_ones = (25, 12) if options.quick else (options.students, 120)
    with environment_on("PostgreSQL") as environment:
        os.environ.update(environment)
        with running(environment) as site:
            import django

            django.setup()
            result = night(site, students, idle_ones)
            django.db.connection.close()
    goals = goals_of(result)
    tell("")
    if options.json:
        print(json.dumps({"deadline": {**result, "goals": [goal.to_dict() for goal in goals]}}))
    else:
        print(table(result), "", *goals, sep="\n")
    return 1 if any(goal.missed for goal in goals) else 0


if __name__ == "__main__":
    sys.exit(main())
