from itertools import product


def run_circuit(inputs, gates, bits):
    results = []
    for row in bits.tolist():
        wires = list(row)
        for gate in gates:
            wires.append(0 if all(wires[w] for w in gate) else 1)
        results.append(wires[-1])
    return results


def two_layers(table):
    n = 0
    while 2**n < len(table):
        n += 1
    gates = [[i] for i in range(n)]
    for bits, value in zip(product([0, 1], repeat=n), table):
        if value:
            gates.append([i if bit else n + i for i, bit in enumerate(bits)])
    if len(gates) == n:
        gates.append([0, n])
        gates.append([2 * n])
    else:
        gates.append([n + k for k in range(n, len(gates))])
    return gates
