import numpy as np


def momentum_update(parameters, velocities, gradients, rate, momentum):
    moved, speeds = [], []
    for k in range(len(parameters)):
        step = -rate * gradients[k]
        step += momentum * velocities[k]
        speeds.append(step)
        moved.append(parameters[k] + step)
    return moved, speeds


def descent_path(a, b, start, rate, momentum, steps):
    places = np.empty((steps + 1, len(start)))
    places[0] = before = start
    for t in range(steps):
        # The last step is the velocity.
        places[t + 1] = places[t] + momentum * (places[t] - before) - rate * (a.dot(places[t]) - b)
        before = places[t].copy()
    return places
