"""What grading is held against: a bare warm fork, which is the ideal, and a cold Python. Neither has walls."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.work import ROOT, Verdict, Work, one_thread


class WarmFork:
    """A process that has imported everything, and forks a child for each submission."""

    def __init__(self, slug: str, core: int | None = None) -> None:
        pinned = None if core is None else lambda: os.sched_setaffinity(0, {core})
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.warm_fork", slug], cwd=ROOT, text=True, env=one_thread(), preexec_fn=pinned,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert self.process.stdout.readline() == "ready\n"

    def grade(self, source: str, seed: int, wall_seconds: float = 10.0) -> tuple[Verdict, Verdict]:
        """The whole of it, and the checks alone."""
        request = {"source": source, "seed": seed, "wall_seconds": wall_seconds}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        passed = frozenset(answer["passed"])
        return Verdict(answer["ms"], passed), Verdict(answer["own_ms"], passed)

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def cold_python(work: Work, source: str, seed: int) -> Verdict:
    """A Python started for one submission; killed at its limit."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "submission.py"
        file.write_text(source)
        command = [sys.executable, "-m", "bench.cold", work.slug, str(file), str(seed), str(work.wall_seconds)]
        begun = time.perf_counter()
        done = subprocess.run(command, cwd=ROOT, env=one_thread(), capture_output=True, text=True, check=False)
        ms = (time.perf_counter() - begun) * 1000
    if done.returncode == -signal.SIGALRM:
        return Verdict(ms, frozenset())
    if done.returncode:
        raise RuntimeError(f"cold python failed: {done.stderr[-2000:]}")
    return Verdict(ms, frozenset(json.loads(done.stdout)))
