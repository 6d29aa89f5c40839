import math


def s(z):
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


def bump(start, end, height, weight):
    # The step down first.
    return [[weight], [weight]], [-end * weight, -start * weight], [[-height, height]], [0]


def weighted_sum(x, w1, b1, w2, b2):
    sums = []
    for v in x:
        z = b2[0]
        for j in range(len(b1)):
            z += w2[0][j] * s(w1[j][0] * v + b1[j])
        sums.append(z)
    return sums
