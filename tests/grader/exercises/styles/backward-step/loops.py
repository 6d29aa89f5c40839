import math


def slope(t):
    a = 1 / (1 + math.exp(-t))
    return a * (1 - a)


def backward(delta_next, w_next, z, a_before):
    m, n = z.shape
    inputs = a_before.shape[1]
    delta = [
        [sum(delta_next[i, k] * w_next[k, j] for k in range(len(w_next))) * slope(z[i, j]) for j in range(n)]
        for i in range(m)
    ]
    dw = [[sum(delta[i][j] * a_before[i, p] for i in range(m)) / m for p in range(inputs)] for j in range(n)]
    db = [sum(delta[i][j] for i in range(m)) / m for j in range(n)]
    return [delta, dw, db]
