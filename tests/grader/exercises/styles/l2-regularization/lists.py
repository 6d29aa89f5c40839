def penalized_cost(cost, weights, strength, n):
    squares = [float(v) ** 2 for w in weights for row in w for v in row]
    return cost + strength * sum(squares) / (2 * n)


def decayed_step(weights, biases, sums_w, sums_b, rate, strength, m, n):
    keep, pace = 1 - rate * strength / n, rate / m
    new_w, new_b = [], []
    for w, b, sw, sb in zip(weights, biases, sums_w, sums_b):
        new_w.append([[keep * float(p) - pace * float(q) for p, q in zip(*rows)] for rows in zip(w, sw)])
        new_b.append([float(p) - pace * float(q) for p, q in zip(b, sb)])
    return [new_w, new_b]
