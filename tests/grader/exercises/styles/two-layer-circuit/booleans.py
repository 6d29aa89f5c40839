import numpy as np


def run_circuit(inputs, gates, bits):
    wires = np.zeros((inputs + len(gates), len(bits)), dtype=bool)
    wires[:inputs] = bits.T == 1
    for i, gate in enumerate(gates):
        wires[inputs + i] = ~np.logical_and.reduce(wires[list(gate)])
    return wires[-1]


def two_layers(table):
    n = round(np.log2(len(table)))
    ones = np.flatnonzero(table)
    bits = (ones[:, None] >> np.arange(n)[::-1]) & 1
    rows = np.arange(n) + n * (1 - bits)
    gates = [np.array([i]) for i in range(n)] + list(rows)
    if len(ones) == 0:
        return [*gates, np.array([0, n]), np.array([2 * n])]
    return [*gates, 2 * n + np.arange(len(ones))]
