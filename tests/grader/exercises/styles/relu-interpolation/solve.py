import numpy as np


def relu_network(knots, values):
    # Neurons at all knots but the last, of different steepness; the last one takes back what is left of the slope.
    w = np.linspace(1, 3, len(knots))
    b = -w * knots
    hidden = np.maximum(0, np.outer(knots, w) + b)
    v = np.zeros(len(knots))
    v[:-1] = np.linalg.solve(hidden[1:, :-1], values[1:] - values[0])
    v[-1] = -(v[:-1] @ w[:-1]) / w[-1]
    return w, b, v, np.float64(values[0])
