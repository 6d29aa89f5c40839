def value(coefficients, t):
    result = 0.0
    for c in reversed(coefficients):
        result = result * t + c
    return result


def difference_quotients(coefficients, x, h):
    c = [float(v) for v in coefficients]
    return [(value(c, t + h) - value(c, t - h)) / (2 * h) for t in x.tolist()]


def exact_slopes(coefficients, x):
    lowered = [k * float(c) for k, c in enumerate(coefficients)][1:]
    return [value(lowered, t) for t in x.tolist()]
