"""Your products pair the slope of each neuron with the weight that leads into the neuron before it. On the way
from one activation to the next z, an error meets the weight between them: `weights[k]` goes with `zs[k]`.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def bias_gradients(weights, biases, x, dc_da):
    a, zs = x, []
    for w, b in zip(weights, biases):
        zs.append(w * a + b)
        a = sigmoid(zs[-1])
    gradients = []
    for j in range(len(weights)):
        product = sigmoid_prime(zs[j])
        for k in range(j + 1, len(weights)):
            product *= weights[k - 1] * sigmoid_prime(zs[k])
        gradients.append(product * dc_da)
    return gradients
