"""python -m mlcore.reproduce [FIGURE…]: print each figure beside the text's and its band, and draw it.

Exit status 1 where a row falls outside its band, 2 where the data is missing.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from mlcore.blas import one_thread
from mlcore.datasets import DatasetError
from mlcore.reproduce.accuracy import accuracy
from mlcore.reproduce.chain import chain
from mlcore.reproduce.circuits import circuits
from mlcore.reproduce.cnn import cnn
from mlcore.reproduce.gradient_checking import gradient_checking
from mlcore.reproduce.learning_speed import learning_speed
from mlcore.reproduce.norms import norms
from mlcore.reproduce.perceptron import perceptron
from mlcore.reproduce.run import Reproduction, Row, Run
from mlcore.reproduce.svm import svm
from mlcore.reproduce.universality import universality

FIGURES: dict[str, Reproduction] = {
    "perceptron": perceptron,
    "svm": svm,
    "gradient-checking": gradient_checking,
    "universality": universality,
    "circuits": circuits,
    "chain": chain,
    "norms": norms,
    "learning-speed": learning_speed,
    "accuracy": accuracy,
    "cnn": cnn,
}


def main(arguments: Sequence[str] | None = None) -> int:
    base = Path(os.environ.get("GRADUS_DATA") or Path(__file__).parents[2] / ".data")
    parser = argparse.ArgumentParser(prog="python -m mlcore.reproduce", description="Reproduce the chapters' figures.")
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=f"all unless named: {', '.join(FIGURES)}")
    parser.add_argument("--quick", action="store_true", help="the cheap variants")
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help="networks trained for each row, from 1 on")
    parser.add_argument("--folder", type=Path, default=base / "figures", help="where pictures go")
    parser.add_argument("--data", type=Path, default=None, help="where fetched data lies")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.figures if name not in FIGURES]:
        parser.error(f"There is no figure “{unknown[0]}”. There are: {', '.join(FIGURES)}.")
    if options.seeds < 1:
        parser.error(f"--seeds: {options.seeds} came, 1 or more expected")
    run = Run(options.quick, options.seeds, options.folder, options.data)
    names = options.figures or FIGURES
    try:
        # On matrices of this size a second thread of BLAS mostly waits.
        with one_thread():
            outside = [row for name in names for row in printed(name, FIGURES[name], run) if not row.within]
    except DatasetError as error:
        print(error, file=sys.stderr)
        return 2
    print(
        f"\n{len(outside)} outside {'its band' if len(outside) == 1 else 'their bands'}."
        if outside
        else "\nAll within their bands."
    )
    print(f"Pictures: {run.folder}")
    return 1 if outside else 0


def printed(name: str, figure: Reproduction, run: Run) -> list[Row]:
    """The figure's rows, each printed as soon as it is there."""
    print(f"\n{name:58}{'found':>11}{'text':>11}   band")
    rows = []
    for row in figure(run):
        band = f"{row.low:.5g} to {row.high:.5g}" if row.low != row.high else f"{row.low:.5g}"
        print(
            f"  {row.what:56}{row.found:11.5g}{row.text:>11}   {band}{'' if row.within else '   OUTSIDE'}", flush=True
        )
        rows.append(row)
    return rows


if __name__ == "__main__":
    sys.exit(main())
