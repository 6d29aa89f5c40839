"""Your circuit takes in one bit after another: it is right, and it has three layers for each bit. Joining in pairs
needs three layers only for each doubling of the bits.
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

    parity = 0
    for i in range(1, n):
        parity = xor(parity, i)
    return gates
