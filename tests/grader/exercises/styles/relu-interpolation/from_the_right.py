import numpy as np


def relu_network(knots, values):
    # Mirrored: each neuron is on to the left of its knot, and all are off on the far right.
    slopes = np.concatenate([[0.0], (values[1:] - values[:-1]) / (knots[1:] - knots[:-1]), [0.0]])
    v = slopes[1:] - slopes[:-1]
    return -np.ones_like(knots), knots.copy(), v, values[-1]
