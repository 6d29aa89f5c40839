"""Goal 9: memory of one TensorFlow zygote, and of each further submission that is graded beside it."""

import contextlib
import os
import statistics
from pathlib import Path

from bench.goals import Goal
from bench.work import work_b
from grader.grading import check_rng, student_seed
from grader.sandbox import open_student

MIB = 1024


def memory_mib(pid: int) -> dict[str, float]:
    """rss, pss and private memory of a process, in MiB."""
    kib: dict[str, int] = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, amount = line.split(":")
        kib[name] = int(amount.split()[0])
    return {
        "rss": kib["Rss"] / MIB,
        "pss": kib["Pss"] / MIB,
        "private": (kib["Private_Clean"] + kib["Private_Dirty"]) / MIB,
    }


def cpu_seconds(pid: int) -> float:
    """What a process has computed; nothing where it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def measure(students: int = 4) -> tuple[dict[str, object], list[Goal]]:
    """Students that have each passed all checks of work B and are still there, at once."""
    exercise = work_b().exercise
    with contextlib.ExitStack() as open_ones:
        pids = []
        for seed in range(students):
            student = open_ones.enter_context(
                open_student(exercise.solution, flavor=exercise.flavor, seed=student_seed(seed), limits=exercise.limits)
            )
            for check in exercise.checks:
                check.function(student, check_rng(seed, check.name))
            pids.append(student._process.pid)
        each = [memory_mib(pid) for pid in pids]
        zygote = memory_mib(parent_of(pids[0]))
    result = {"zygote": zygote, "students": each}
    private = max(row["private"] for row in each)
    return result, [
        Goal(9, "memory of the TensorFlow zygote, MiB (resident, shared pages counted whole)", zygote["rss"], 600),
        Goal(9, f"private memory of each of {students} students at once, MiB, worst", private, 80),
    ]


def table(result: dict) -> str:
    zygote, each = result["zygote"], result["students"]
    median = {name: statistics.median(row[name] for row in each) for name in zygote}
    lines = [f"{'memory, TensorFlow, MiB':34}{'resident':>12}{'own share':>12}{'private':>12}"]
    for name, row in (("zygote", zygote), (f"student, of {len(each)} at once", median)):
        lines.append(f"{name:34}{row['rss']:12.0f}{row['pss']:12.0f}{row['private']:12.0f}")
    return "\n".join(lines)
