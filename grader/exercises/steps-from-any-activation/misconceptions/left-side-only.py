"""Your `makes_steps` looks at whether the left side settles and takes the right one on trust. ReLU is 0 on the left
and still grows on the right, so it has no limit there.
"""

import numpy as np


def settles(values):
    return np.isfinite(values).all() and np.ptp(values) <= 1e-3


def makes_steps(values_far_left, values_far_right):
    if not settles(values_far_left):
        return False
    return abs(values_far_right[-1] - values_far_left[-1]) > 1e-3


def step_weights(left, right, before, after):
    v = (after - before) / (right - left)
    return v, before - v * left


def bump_weights(left, right, start, end, height, weight):
    v = height / (right - left)
    b = -weight * np.array([start, end])
    # Outside both neurons give the same limit, which cancels: no bias is left to set.
    return b, np.array([v, -v]), 0.0
