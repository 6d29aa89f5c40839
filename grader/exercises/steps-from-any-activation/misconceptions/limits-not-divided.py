"""Your output weights are the height itself, which fits limits that are 1 apart, as the sigmoid's are. A neuron
that goes from `left` to `right` rises by right − left: divide by that.
"""

import numpy as np


def settles(values):
    return np.isfinite(values).all() and np.ptp(values) <= 1e-3


def makes_steps(values_far_left, values_far_right):
    if not (settles(values_far_left) and settles(values_far_right)):
        return False
    return abs(values_far_right[-1] - values_far_left[-1]) > 1e-3


def step_weights(left, right, before, after):
    v = after - before
    return v, before - v * left


def bump_weights(left, right, start, end, height, weight):
    v = height
    b = -weight * np.array([start, end])
    # Outside both neurons give the same limit, which cancels: no bias is left to set.
    return b, np.array([v, -v]), 0.0
