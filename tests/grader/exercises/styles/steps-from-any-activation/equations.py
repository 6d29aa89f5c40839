import numpy as np


def makes_steps(values_far_left, values_far_right):
    ends = np.stack([values_far_left, values_far_right])
    if not np.all(np.isfinite(ends)):
        return False
    settled = ends.max(axis=1) - ends.min(axis=1) <= 1e-3
    return settled.all() and not np.isclose(ends[0, 2], ends[1, 2], rtol=0, atol=1e-3)


def step_weights(left, right, before, after):
    v, c = np.linalg.solve([[left, 1.0], [right, 1.0]], [before, after])
    return v, c


def bump_weights(left, right, start, end, height, weight):
    a = np.array([[left, left, 1], [right, left, 1], [right, right, 1]], dtype=float)
    v1, v2, c = np.linalg.solve(a, np.array([0, height, 0], dtype=float))
    return np.array([-weight * start, -weight * end]), np.array([v1, v2]), c
