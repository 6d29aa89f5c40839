"""Your gradients lack the slope of the neuron whose bias it is: they are the slopes of the cost in the
activations. The bias moves z, and z moves a by σ′(z); begin each product with that.
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
        product = 1.0
        for k in range(j + 1, len(weights)):
            product *= weights[k] * sigmoid_prime(zs[k])
        gradients.append(product * dc_da)
    return gradients
