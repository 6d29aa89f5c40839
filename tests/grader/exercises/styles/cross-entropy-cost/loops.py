import math


def softplus(z):
    return z + math.log1p(math.exp(-z)) if z > 0 else math.log1p(math.exp(z))


def cross_entropy(z, y):
    total = 0.0
    for outputs, wanted in zip(z.tolist(), y.tolist()):
        for t, target in zip(outputs, wanted):
            total += target * softplus(-t) + (1 - target) * softplus(t)
    return total / len(z)


def output_delta(z, y):
    return [[(math.tanh(t / 2) + 1) / 2 - target for t, target in zip(*rows)] for rows in zip(z, y)]
