"""Your pairs are joined by "or", which is 1 also where both wires are 1. The exclusive or is 0 there."""


def shallow_gates(n):
    return n + 2 ** (n - 1) + 1


def deep_gates(n):
    return 4 * (n - 1)


def parity_circuit(n):
    gates = []

    def nand(*wires):
        gates.append(wires)
        return n + len(gates) - 1

    def xor(a, b):
        return nand(nand(a), nand(b))

    level = list(range(n))
    while len(level) > 1:
        joined = [xor(a, b) for a, b in zip(level[::2], level[1::2])]
        # With an odd number of wires the last one waits for the next round.
        level = joined + level[2 * len(joined) :]
    return gates
