"""Your `makes_steps` asks that both sides have a limit, and not that the two differ. An activation that comes back
to where it started, such as 1/(1 + z²), makes no step.
"""

import numpy as np


def settles(values):
    return np.isfinite(values).all() and np.ptp(values) <= 1e-3


def makes_steps(values_far_left, values_far_right):
    if not (settles(values_far_left) and settles(values_far_right)):
        return False
    return True


def step_weights(left, right, before, after):
    v = (after - before) / (right - left)
    return v, before - v * left


def bump_weights(left, right, start, end, height, weight):
    v = height / (right - left)
    b = -weight * np.array([start, end])
    # Outside both neurons give the same limit, which cancels: no bias is left to set.
    return b, np.array([v, -v]), 0.0
