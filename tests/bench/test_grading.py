"""The bench measures what it says: every way does the same work, and has a figure."""

import json
import subprocess
import sys

from tests.conftest import ROOT


def test_every_way_of_grading_gives_full_marks_and_a_figure():
    done = subprocess.run(
        [sys.executable, "-m", "bench.grading", "--quick", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    results = json.loads(done.stdout)["grading"]
    assert [result["exercise"] for result in results] == ["backpropagation", "gradient-tape"]
    for result in results:
        ways = result["ways"]
        assert {name: way["scores"] for name, way in ways.items() if name != "grade, with a mistake"} == {
            "grade": [10], "warm fork": [10], "cold python": [10],
        }  # fmt: skip
        assert max(ways["grade, with a mistake"]["scores"]) < 10
        assert all(0 < way["median_ms"] <= way["p99_ms"] for way in ways.values())
        assert result["per_second"] > 0
    # A goal that is missed is told by the exit status; it fails no test.
    assert done.returncode == (0 if all(result["met"] for result in results) else 1)
