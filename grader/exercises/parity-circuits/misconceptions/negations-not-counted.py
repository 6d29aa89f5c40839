"""Your count of the shallow circuit leaves out the gates that negate the inputs, one for each of them."""


def shallow_gates(n):
    return 2 ** (n - 1) + 1


def deep_gates(n):
    return 4 * (n - 1)


def parity_circuit(n):
    gates = []

    def nand(*wires):
        gates.append(wires)
        return n + len(gates) - 1

    def xor(a, b):
        both = nand(a, b)
        return nand(nand(a, both), nand(b, both))

    level = list(range(n))
    while len(level) > 1:
        joined = [xor(a, b) for a, b in zip(level[::2], level[1::2])]
        # With an odd number of wires the last one waits for the next round.
        level = joined + level[2 * len(joined) :]
    return gates
