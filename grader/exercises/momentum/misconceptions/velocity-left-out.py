"""Your parameters follow the gradient alone, and the velocity is computed for nothing. Add the new velocity to
them.
"""

import numpy as np


def momentum_update(parameters, velocities, gradients, rate, momentum):
    velocities = [momentum * v - rate * g for v, g in zip(velocities, gradients)]
    parameters = [w - rate * g for w, g in zip(parameters, gradients)]
    return parameters, velocities


def descent_path(a, b, start, rate, momentum, steps):
    w, v = start, np.zeros_like(start)
    places = [w]
    for _ in range(steps):
        (w,), (v,) = momentum_update([w], [v], [a @ w - b], rate, momentum)
        places.append(w)
    return np.array(places)
