"""The control of attacks that no wall of the kernel stops: a grader as one would write it first, all in one process.

python -m tests.attacks.naive SUBMISSION: runs the student's file beside the reference and prints the last line
that says a score, as the program that started it would read it.
"""

import importlib
import pickle
import sys
from pathlib import Path

import numpy as np

from mlcore.networks import Network


def main(path: str) -> None:
    rng = np.random.default_rng(1)
    net = Network.random((4, 3, 2), rng)
    x, y = rng.normal(size=(5, 4)), rng.uniform(size=(5, 2))
    expected = net.backprop(x, y)
    sys.path.insert(0, str(Path(path).parent))
    student = importlib.import_module(Path(path).stem)
    received = student.backprop(net.weights, net.biases, x, y)
    # From one process to another, as one would do it first.
    received = pickle.loads(pickle.dumps(received))
    right = all(
        np.allclose(r, e)
        for group, reference in zip(received, expected, strict=True)
        for r, e in zip(group, reference, strict=True)
    ) and all(
        np.allclose(r, e)
        for group, reference in zip(received, net.backprop(x, y), strict=True)
        for r, e in zip(group, reference, strict=True)
    )
    print("score 10" if right else "score 0", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
