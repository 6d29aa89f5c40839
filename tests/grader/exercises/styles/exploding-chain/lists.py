def centering_biases(weights, x):
    first, *others = weights.tolist()
    return [-first * float(x)] + [-w / 2 for w in others]


def growth_factors(weights):
    return tuple(w * 0.5 * (1 - 0.5) for w in weights.tolist()[1:])
