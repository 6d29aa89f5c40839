"""Your velocity keeps the share 1 − μ. It is μ that is kept; 1 − μ is lost to friction."""

import numpy as np


def momentum_update(parameters, velocities, gradients, rate, momentum):
    velocities = [(1 - momentum) * v - rate * g for v, g in zip(velocities, gradients)]
    parameters = [w + v for w, v in zip(parameters, velocities)]
    return parameters, velocities


def descent_path(a, b, start, rate, momentum, steps):
    w, v = start, np.zeros_like(start)
    places = [w]
    for _ in range(steps):
        (w,), (v,) = momentum_update([w], [v], [a @ w - b], rate, momentum)
        places.append(w)
    return np.array(places)
