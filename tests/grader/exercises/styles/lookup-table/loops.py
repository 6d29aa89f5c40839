import math


def network(values, weight):
    n = len(values)
    w1, b1, w2 = [], [], [[]]
    for k, h in enumerate(values):
        w1 += [[weight], [weight]]
        b1 += [-weight * k / n, -weight * (k + 1) / n]
        w2[0] += [h, -h]
    return [w1, b1, w2, [0.0]]


def target(x):
    f = 0.2 + 0.4 * x**2 + 0.3 * x * math.sin(15 * x) + 0.05 * math.cos(50 * x)
    return -math.log(1 / f - 1)


def goal_heights(n):
    heights = []
    for k in range(n):
        seen = sorted(target((k + j / 200) / n) for j in range(201))
        heights.append(seen[100])
    return heights
