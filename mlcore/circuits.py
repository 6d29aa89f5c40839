"""Circuits of NAND gates: two layers compute anything, at a price that parity shows; depth pays it off.

Each gate is a perceptron: it gives 0 only where all its wires are 1. Bits are arrays of 0 and 1.
Source: Nielsen, Neural Networks and Deep Learning (2015), chapters 1 and 5; Furst, Saxe & Sipser (1984) and Håstad
(1986), that a shallow circuit for parity needs exponentially many gates.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from mlcore import arguments
from mlcore.arguments import count

Bits = NDArray[np.integer]


@dataclass(frozen=True)
class Circuit:
    """NAND gates over wires: 0 to inputs − 1 are the inputs, those after them the gates in order; the last is read."""

    inputs: int
    gates: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        for i, wires in enumerate(self.gates):
            if not wires or not all(0 <= wire < self.inputs + i for wire in wires):
                raise ValueError(f"gates[{i}]: wires {wires} came, some of 0 to {self.inputs + i - 1} expected")

    def evaluate(self, bits: Bits) -> Bits:
        """What comes out, (m,), for bits (m, inputs)."""
        wires = list(arguments.bits("bits", bits, ("m", self.inputs)).T)
        for gate in self.gates:
            # As a perceptron: weights −1 and a bias just below the number of wires.
            wires.append((len(gate) - 0.5 - sum(wires[w] for w in gate) > 0).astype(int))
        return wires[-1]

    def depth(self) -> int:
        """The most gates between an input and what is read."""
        depths = [0] * self.inputs
        for gate in self.gates:
            depths.append(1 + max(depths[wire] for wire in gate))
        return depths[-1]


def shallow(inputs: int, table: Bits) -> Circuit:
    """Any function of bits in two layers above the inputs and their negations: a gate for each row that gives 1.

    table (2^inputs,) holds the value of each row, counted in binary, the first input being the highest.
    """
    table = arguments.bits("table", table, (2 ** count("inputs", inputs),))
    gates: list[tuple[int, ...]] = [(i,) for i in range(inputs)]  # negations
    rows = [row for row, value in zip(product((0, 1), repeat=inputs), table, strict=True) if value]
    gates += [tuple(i if bit else inputs + i for i, bit in enumerate(row)) for row in rows]
    # NAND of NANDs is OR of ANDs. Where no row gives 1, an input and its negation are never both 1.
    gates += [tuple(range(2 * inputs, 2 * inputs + len(rows)))] if rows else [(0, inputs), (2 * inputs,)]
    return Circuit(inputs, tuple(gates))


def shallow_parity(inputs: int) -> Circuit:
    """Whether an odd number of bits is 1, in two layers: 2^(inputs − 1) gates for the rows."""
    rows = np.array(list(product((0, 1), repeat=count("inputs", inputs))))
    return shallow(inputs, rows.sum(axis=1) % 2)


def deep_parity(inputs: int) -> Circuit:
    """The same as a tree of exclusive ors, four gates each: 4(inputs − 1) gates, three layers for each doubling."""
    gates: list[tuple[int, ...]] = []

    def gate(*wires: int) -> int:
        gates.append(wires)
        return inputs + len(gates) - 1

    level = list(range(count("inputs", inputs, 2)))
    while len(level) > 1:
        pairs = [(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        left_over = level[len(pairs) * 2 :]
        level = []
        for a, b in pairs:
            both = gate(a, b)
            level.append(gate(gate(a, both), gate(b, both)))
        level += left_over
    return Circuit(inputs, tuple(gates))
