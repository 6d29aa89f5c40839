import numpy as np


def bias_gradients(weights, biases, x, dc_da):
    activations = [x]
    for w, b in zip(weights, biases):
        activations.append(1 / (1 + np.exp(-(w * activations[-1] + b))))
    a = np.array(activations[1:])
    slopes = a * (1 - a)
    factors = np.append(weights[1:] * slopes[:-1], slopes[-1] * dc_da)
    return np.cumprod(factors[::-1])[::-1]
