import math


def shallow_gates(n):
    rows = sum(math.comb(n, k) for k in range(1, n + 1, 2))
    return float(n + rows + 1)


def deep_gates(n):
    return len(parity_circuit(n))


def parity_circuit(n):
    gates = []

    def add(gate):
        gates.append(list(gate))
        return n + len(gates) - 1

    def parity(first, last):
        if last - first == 1:
            return first
        middle = (first + last) // 2
        a, b = parity(first, middle), parity(middle, last)
        c = add([a, b])
        d = add([c, a])
        e = add([c, b])
        return add([d, e])

    parity(0, n)
    return gates
