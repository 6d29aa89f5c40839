import math


def sigmoid(t):
    if t < 0:
        return math.exp(t) / (1 + math.exp(t))
    return 1 / (1 + math.exp(-t))


def cost_and_gradient(w, b, x, y):
    m, n = x.shape
    cost, dw, db = 0.0, [0.0] * n, 0.0
    for row, target in zip(x, y):
        a = sigmoid(sum(float(p) * float(q) for p, q in zip(w, row)) + b)
        cost += 0.5 * (a - target) ** 2 / m
        error = (a - target) * a * (1 - a) / m
        dw = [g + error * v for g, v in zip(dw, row)]
        db += error
    return cost, dw, db
