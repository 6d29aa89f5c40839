from collections import deque

import numpy as np


def shallow_gates(n):
    bits = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
    return bits.shape[1] + np.count_nonzero(bits.sum(axis=1) % 2) + 1


def deep_gates(n):
    return np.int64(n - 1) * 4


def parity_circuit(n):
    waiting = deque(range(n))
    gates = np.zeros((0, 2), dtype=int)
    while len(waiting) > 1:
        a, b = waiting.popleft(), waiting.popleft()
        wire = n + len(gates)
        gates = np.vstack([gates, [[a, b], [a, wire], [b, wire], [wire + 1, wire + 2]]])
        waiting.append(wire + 3)
    return gates
