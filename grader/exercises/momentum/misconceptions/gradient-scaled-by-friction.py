"""Your gradient has a factor 1 − μ, as in a moving average. In momentum the velocity sums the steps up, and the
gradient keeps its full η.
"""

import numpy as np


def momentum_update(parameters, velocities, gradients, rate, momentum):
    velocities = [momentum * v - (1 - momentum) * rate * g for v, g in zip(velocities, gradients)]
    parameters = [w + v for w, v in zip(parameters, velocities)]
    return parameters, velocities


def descent_path(a, b, start, rate, momentum, steps):
    w, v = start, np.zeros_like(start)
    places = [w]
    for _ in range(steps):
        (w,), (v,) = momentum_update([w], [v], [a @ w - b], rate, momentum)
        places.append(w)
    return np.array(places)
