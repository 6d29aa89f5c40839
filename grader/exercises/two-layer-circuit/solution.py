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
    if not rows:
        # An input and its negation are never both 1.
        return [*negations, (0, n), (2 * n,)]
    return [*negations, *rows, tuple(range(2 * n, 2 * n + len(rows)))]
