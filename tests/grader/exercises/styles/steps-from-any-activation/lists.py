import math


def makes_steps(values_far_left, values_far_right):
    limits = []
    for values in (list(values_far_left), list(values_far_right)):
        if any(math.isinf(v) or math.isnan(v) for v in values):
            return False
        if max(values) - min(values) > 0.001:
            return False
        limits.append(values[2])
    first, second = limits
    return bool(abs(first - second) > 0.001)


def step_weights(left, right, before, after):
    slope = (before - after) / (left - right)
    return [slope, after - slope * right]


def bump_weights(left, right, start, end, height, weight):
    up = height / (right - left)
    return [[-start * weight, -end * weight], [up, -up], 0]
