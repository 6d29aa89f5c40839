def hebbian(patterns):
    rows = patterns.tolist()
    n = len(rows[0])
    return [[0.0 if i == j else sum(p[i] * p[j] for p in rows) / n for j in range(n)] for i in range(n)]


def energy(weights, state):
    n = len(state)
    return -sum(float(weights[i][j]) * int(state[i] * state[j]) for i in range(n) for j in range(i))


def recall(weights, state, order):
    s = [int(v) for v in state]
    for i in order:
        drive = sum(float(w) * v for w, v in zip(weights[i], s))
        if drive > 0:
            s[i] = 1
        elif drive < 0:
            s[i] = -1
    return s
