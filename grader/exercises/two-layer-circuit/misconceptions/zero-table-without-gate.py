"""Your circuits are right as long as the table has a 1. Without one the last gate has no wire to read: build a 0
from an input and its negation.
"""

import numpy as np


def run_circuit(inputs, gates, bits):
    wires = [bits[:, i] for i in range(inputs)]
    for gate in gates:
        wires.append(1 - np.prod([wires[wire] for wire in gate], axis=0))
    return wires[-1]


def two_layers(table):
    n = len(table).bit_length() - 1
    negations = [(i,) for i in range(n)]
    rows = []
    for r in range(len(table)):
        if table[r] == 1:
            bits = [r >> (n - 1 - i) & 1 for i in range(n)]
            rows.append(tuple(i if bits[i] else n + i for i in range(n)))
    return [*negations, *rows, tuple(range(2 * n, 2 * n + len(rows)))]
