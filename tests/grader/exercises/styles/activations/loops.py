import math


def each(f, z):
    return [[f(v) for v in row] for row in z.tolist()]


def s(v):
    return 1 / (1 + math.exp(-v)) if v > -700 else 0.0


def sigmoid(z):
    return each(s, z)


def slope(v):
    return s(v) * (1 - s(v))


def sigmoid_prime(z):
    return each(slope, z)


def relu(z):
    return each(lambda v: v if v > 0 else 0.0, z)


def relu_prime(z):
    return each(lambda v: 1 if v >= 0 else 0, z)


def softmax(z):
    rows = []
    for row in z.tolist():
        exponentials = [math.exp(v - max(row)) for v in row]
        total = sum(exponentials)
        rows.append([e / total for e in exponentials])
    return rows
