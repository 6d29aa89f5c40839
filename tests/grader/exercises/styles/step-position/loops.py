import math


def each(f, a, b):
    if hasattr(a, "tolist"):
        a = a.tolist()
    if hasattr(b, "tolist"):
        b = b.tolist()
    if isinstance(a, list):
        return [each(f, p, q) for p, q in zip(a, b)]
    return f(a, b)


def bias_for(position, weight):
    return each(lambda s, w: 0 - s * w, position, weight)


def position_of(weight, bias):
    return each(lambda w, b: -1 * b / w, weight, bias)


def weight_and_bias(position, width):
    steep = each(lambda s, d: math.log(99) / (d / 2), position, width)
    return [steep, bias_for(position, steep)]
