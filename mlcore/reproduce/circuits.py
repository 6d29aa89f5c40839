"""Parity: what a shallow circuit pays and a deep one saves."""

from collections.abc import Iterator
from itertools import product

import numpy as np

from mlcore.circuits import deep_parity, shallow_parity
from mlcore.reproduce.run import Row, Run


def circuits(run: Run) -> Iterator[Row]:
    """Both circuits are right on every input; the shallow one's gates double with each bit."""
    sizes = range(2, 11)
    for n in (4, 10):
        bits = np.array(list(product((0, 1), repeat=n)))
        for name, circuit, gates in (
            ("shallow", shallow_parity(n), n + 2 ** (n - 1) + 1),
            ("deep", deep_parity(n), 4 * (n - 1)),
        ):
            right = float((circuit.evaluate(bits) == bits.sum(axis=1) % 2).mean())
            yield Row(f"parity of {n} bits, {name}: share right", right, 1, 1)
            yield Row(f"parity of {n} bits, {name}: gates", len(circuit.gates), gates, gates)
    with run.picture("parity", "Depth saves gates", "bits", "NAND gates") as axes:
        axes.semilogy(sizes, [len(shallow_parity(n).gates) for n in sizes], "o-", label="two layers")
        axes.semilogy(sizes, [len(deep_parity(n).gates) for n in sizes], "o-", label="a tree")
        axes.legend()
