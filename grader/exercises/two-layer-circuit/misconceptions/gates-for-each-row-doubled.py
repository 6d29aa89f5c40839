"""Your circuits are right and have too many gates: each row negates its inputs anew. A negation can be read by any
number of gates, so one for each input is enough.
"""

import numpy as np


def run_circuit(inputs, gates, bits):
    wires = [bits[:, i] for i in range(inputs)]
    for gate in gates:
        wires.append(1 - np.prod([wires[wire] for wire in gate], axis=0))
    return wires[-1]


def two_layers(table):
    n = len(table).bit_length() - 1
    gates, rows = [], []
    for r in range(len(table)):
        if table[r] == 1:
            bits = [r >> (n - 1 - i) & 1 for i in range(n)]
            for i in range(n):
                gates.append((i,))
            first = len(gates)
            gates.append(tuple(i if bits[i] else first + i for i in range(n)))
            rows.append(n + len(gates) - 1)
    if not rows:
        return [(0,), (0, n), (n + 1,)]
    return [*gates, tuple(rows)]
