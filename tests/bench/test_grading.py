"""The bench measures what it says: every way does the same work, and has a figure."""

import ast
import json
import subprocess
import sys

import pytest

from bench.peers import ASSIGNMENT, PEERS
from bench.work import work_a
from grader.exercises import load
from tests.conftest import ROOT


def run(*arguments: str) -> tuple[dict, int]:
    """What a bench prints as JSON, and its exit status."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments, "--quick", "--json"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout, done.stderr[-2000:]
    return json.loads(done.stdout), done.returncode


@pytest.mark.slow
def test_every_way_of_grading_passes_and_fails_the_same_checks_and_has_a_figure():
    result, status = run("bench.grading", "--without-peers", "--parts", "duration,throughput,memory")
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
    assert {goal["number"] for goal in goals} == {0, 1, 2, 3, 4, 5, 6, 9}
    assert goals[0]["figure"] == 0, goals[0]
    assert all(
        goal["figure"] is not None
        for goal in goals
        if "faster than" not in goal["what"] and "gradescope" not in goal["what"]
    )
    # A goal that is missed is told by the exit status; it fails no test.
    assert status == (1 if any(goal["missed"] for goal in goals) else 0)


@pytest.mark.slow
def test_the_whole_line_and_the_lists_have_figures_on_both_databases():
    result, status = run("bench.grading", "--parts", "line,lists")
    result = result["grading"]
    for database in ("PostgreSQL", "SQLite"):
        for work in ("A", "B"):
            row = result["line"][database][work]
            assert row["n"] == 5
            assert 0 < row["post"] < row["median"] <= row["p99"]
            assert 0 < row["rest"] < row["median"]
        for name in ("Gradus", "bare"):
            row = result["lists"][database][name]
            assert row["rows"] == 50, name
            assert row["per_second"] > 0, name
            assert 0 < row["p50"] <= row["p99"], name
    assert [goal["number"] for goal in result["goals"]] == [7] * 12 + [8] * 4
    assert status == (1 if any(goal["missed"] for goal in result["goals"]) else 0)


@pytest.mark.parametrize("kind", PEERS, ids=lambda kind: kind.environment)
def test_a_peer_passes_and_fails_the_same_checks(kind, tmp_path):
    if not kind.is_built():
        pytest.skip("its environment is not built: make bench builds it")
    work = work_a()
    peer = kind(work, tmp_path / "work")
    assert peer.grade(work.solution, 120).passed == {name for _, name in work.checks}
    assert peer.grade(work.mistake, 120).passed == {"A batch of one"}


@pytest.mark.parametrize("slug", ["backpropagation", "gradient-tape"])
def test_the_peers_checks_have_the_names_and_points_of_ours(slug):
    """Read, not run: those of work B import TensorFlow."""
    tree = ast.parse((ASSIGNMENT / f"{slug.replace('-', '_')}.py").read_text())
    checks = next(node.value for node in tree.body if isinstance(node, ast.Assign) and node.targets[0].id == "CHECKS")
    theirs = {key.value: value.elts[0].value for key, value in zip(checks.keys, checks.values, strict=True)}
    assert theirs == {check.name: check.points for check in load(slug).checks}
