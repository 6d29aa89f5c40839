"""Your rows read the inputs whose bit is 1 and forget the others. Such a gate is 0 in further rows too: a bit that
is 0 takes part by its negation.
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
            rows.append(tuple(i for i in range(n) if bits[i]))
    if not rows:
        # An input and its negation are never both 1.
        return [*negations, (0, n), (2 * n,)]
    return [*negations, *rows, tuple(range(2 * n, 2 * n + len(rows)))]
