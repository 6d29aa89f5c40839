"""Your rounds join each wire with both of its neighbors, so that most bits count twice. Each wire takes part in one
pair of a round.
"""


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
        both = nand(a, b)
        return nand(nand(a, both), nand(b, both))

    level = list(range(n))
    while len(level) > 1:
        joined = [xor(level[i], level[i + 1]) for i in range(len(level) - 1)]
        level = joined
    return gates
