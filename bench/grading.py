"""How fast grading is, beside a bare warm fork, a cold Python and the graders that people use instead.

python -m bench.grading [--quick] [--json] [--without-peers] [--parts duration,…]; exit status 1 where a goal is missed.
Rows of one table are measured in turn within one run, so that what else the machine does falls on each alike.
"""

import argparse
import json
import sys

from bench import duration, line, lists, memory, throughput
from bench.goals import tell

PARTS = ("duration", "throughput", "memory", "line", "lists")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.grading", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few repetitions")
    parser.add_argument("--json", action="store_true", help="one object")
    parser.add_argument("--without-peers", action="store_true", help="leave out the graders of others")
    parser.add_argument("--parts", default=",".join(PARTS), help="some of: %(default)s")
    options = parser.parse_args()
    peers = not options.without_peers
    times = duration.QUICK if options.quick else duration.Repetitions()
    measures = {
        "duration": (lambda: duration.measure(times, peers), duration.table),
        "throughput": (lambda: throughput.measure(options.quick, peers), throughput.table),
        "memory": (memory.measure, memory.table),
        "line": (lambda: line.measure(options.quick), line.table),
        "lists": (lambda: lists.measure(options.quick), lists.table),
    }
    results, goals, tables = {}, [], []
    for part in options.parts.split(","):
        measure, table = measures[part]
        results[part], found = measure()
        goals += found
        tables.append(table(results[part]))
    tell("")
    if options.json:
        print(json.dumps({"grading": {**results, "goals": [goal.to_dict() for goal in goals]}}))
    else:
        print("\n\n".join(tables), "Goals", sep="\n\n")
        print(*sorted(goals, key=lambda goal: goal.number), sep="\n")
    return 1 if any(goal.missed for goal in goals) else 0


if __name__ == "__main__":
    sys.exit(main())
