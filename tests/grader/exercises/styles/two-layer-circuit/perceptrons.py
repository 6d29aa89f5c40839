import numpy as np


def run_circuit(inputs, gates, bits):
    wires = bits.astype(float)
    for gate in gates:
        weighted = wires[:, gate] @ -np.ones(len(gate)) + len(gate) - 0.5
        wires = np.column_stack([wires, weighted > 0])
    return wires[:, -1]


def two_layers(table):
    n = len(f"{len(table) - 1:b}")
    negated = {}
    gates = []
    joined = []
    for r, value in enumerate(table):
        if not value:
            continue
        gate = []
        for i, bit in enumerate(f"{r:0{n}b}"):
            if bit == "0" and i not in negated:
                negated[i] = n + len(gates)
                gates.append((i,))
            gate.append(i if bit == "1" else negated[i])
        joined.append(n + len(gates))
        gates.append(tuple(gate))
    if not joined:
        return [(0,), (0, n), (n + 1,)]
    return [*gates, tuple(joined)]
