"""The bench measures what it says: every way does the same work, and has a figure."""

import json
import subprocess
import sys

from bench.peers import PEERS
from tests.conftest import ROOT


def run(*arguments: str) -> tuple[dict, int]:
    """What a bench prints as JSON, and its exit status."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments, "--quick", "--json"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout, done.stderr[-2000:]
    return json.loads(done.stdout), done.returncode


def test_every_way_of_grading_passes_and_fails_the_same_checks_and_has_a_figure():
    result, status = run("bench.grading", "--without-peers")
    result = result["grading"]
    for rows, checks, of_mistake in (
        (result["duration"]["A"], 5, {"A batch of one"}),
        (
            result["duration"]["B"], 5,
            {"As many features as classes and examples", "Parameters as Variables", "Single precision"},
        ),
    ):  # fmt: skip
        assert set(rows) == {
            "Gradus, sandboxed", "bare warm fork", "the checks alone, in the child", "cold python",
        }  # fmt: skip
        for name, row in rows.items():
            assert [len(passed) for passed in row["right"]] == [checks], name
            assert [set(passed) for passed in row["wrong"]] == [of_mistake], name
            assert 0 < row["min"] <= row["median"] <= row["max"]
    for name, row in result["duration"]["C"].items():
        assert row["verdict"], name
        assert row["min"] >= 2000
    assert all(rate > 0 for rates in result["throughput"].values() for rate in rates.values())
    assert result["memory"]["zygote"]["rss"] > result["memory"]["students"][0]["private"] > 0
    goals = result["goals"]
    assert {goal["number"] for goal in goals} == {1, 2, 3, 4, 5, 6, 9}
    assert all(
        goal["figure"] is not None
        for goal in goals
        if "faster than" not in goal["what"] and "gradescope" not in goal["what"]
    )
    # A goal that is missed is told by the exit status; it fails no test.
    assert status == (1 if any(goal["missed"] for goal in goals) else 0)


def test_a_peer_that_is_built_passes_and_fails_the_same_checks(tmp_path):
    from bench.work import work_a

    work = work_a()
    for kind in PEERS:
        if kind.is_built():
            peer = kind(work, tmp_path / kind.environment)
            assert peer.grade(work.solution, 120).passed == {name for _, name in work.checks}, kind.name
            assert peer.grade(work.mistake, 120).passed == {"A batch of one"}, kind.name
