"""The night of a deadline, in small: everything is graded, once, rightly, and every figure is there."""

import pytest

from tests.bench.test_grading import run


@pytest.mark.slow
def test_all_of_a_burst_is_graded_once_and_rightly():
    result, status = run("bench.deadline")
    result = result["deadline"]
    assert (result["students"], result["submissions"]) == (25, 100)
    assert (result["ungraded"], result["twice"]) == (0, 0)
    assert (result["wrong_scores"], result["hostile_scores"]) == ([], [])
    assert sum(row["n"] for row in result["hostile"].values()) == 2
    waits = result["waits"]
    assert waits["the burst"]["graded"]["n"] == 100
    assert waits["lone, idle"]["graded"]["n"] == 12
    assert waits["lone, while it comes in"]["graded"]["n"] > 0
    assert waits["lone, in the burst"]["graded"]["n"] > 0
    for row in waits.values():
        assert 0 <= row["claimed"]["median"] < row["graded"]["median"] <= row["graded"]["p95"]
    assert result["peak_pss_mib"] > 500
    assert result["per_minute"] > 0
    # That a lone one waits too long is told by the exit status; it fails no test.
    assert status == (1 if any(goal["missed"] for goal in result["goals"]) else 0)
