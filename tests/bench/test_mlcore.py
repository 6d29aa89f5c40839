"""The bench of mlcore measures what it says: every way has trained a network, and every goal has a ratio or none."""

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.mark.slow
def test_every_rival_learns_and_has_a_figure():
    done = subprocess.run(
        [sys.executable, "-m", "bench.mlcore", "--quick", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr[-2000:]
    result = json.loads(done.stdout)["mlcore"]
    assert list(result["training"]) == [f"batch {b}, {d}" for b in (10, 128) for d in ("float64", "float32")]
    # One epoch of 5,000 images: five hundred steps of ten learn to read, forty steps of 128 do not yet.
    for setting, rivals in result["training"].items():
        assert {"floor: five products", "mlcore, fast form", "mlcore, plain form", "a textbook's loop"} < set(rivals)
        for name, row in rivals.items():
            assert row["seconds"] > 0
            if setting.startswith("batch 10,") and not name.startswith("floor"):
                assert row["accuracy"] > 0.75, (setting, name)
    for part in ("convolution", "svm"):
        assert all(seconds > 0 for row in result[part].values() for seconds in row.values())
    assert {"numpy", "sklearn", "tensorflow", "keras"} < set(result["versions"])
    assert all(goal["ratio"] is not None or "torch" in goal["what"] for goal in result["goals"])
    # A goal that is missed is told by the exit status; it fails no test.
    assert done.returncode == (1 if any(goal["missed"] for goal in result["goals"]) else 0)
