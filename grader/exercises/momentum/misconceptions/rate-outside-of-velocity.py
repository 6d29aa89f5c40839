"""Your velocity takes the gradient without η, and η times the velocity moves the parameters. Here η scales the
gradient, and the velocity is added as it is.
"""

import numpy as np


def momentum_update(parameters, velocities, gradients, rate, momentum):
    velocities = [momentum * v - g for v, g in zip(velocities, gradients)]
    parameters = [w + rate * v for w, v in zip(parameters, velocities)]
    return parameters, velocities


def descent_path(a, b, start, rate, momentum, steps):
    w, v = start, np.zeros_like(start)
    places = [w]
    for _ in range(steps):
        (w,), (v,) = momentum_update([w], [v], [a @ w - b], rate, momentum)
        places.append(w)
    return np.array(places)
