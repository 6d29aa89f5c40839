import numpy as np


def s_prime(k, z):
    e = np.exp(-k * np.abs(z))
    return k * e / (1 + e) ** 2


def factors(k, weights, biases, x):
    z = np.empty(len(weights))
    for i in range(len(weights)):
        z[i] = biases[i] + weights[i] * (x if i == 0 else 1 / (1 + np.exp(-k * z[i - 1])))
    return s_prime(k, z[:-1]) * weights[1:]


def gradient_ratio(k, weights, biases, x):
    product = np.float64(1)
    for factor in factors(k, weights, biases, x):
        product = product * factor
    return np.array(product)


def balanced_steepness(weights):
    """By halving, on a chain that is centered."""
    biases = -weights / 2
    low, high = 1e-3, 1e3
    while high / low > 1 + 1e-12:
        k = np.sqrt(low * high)
        if abs(gradient_ratio(k, weights, biases, 0.5)) < 1:
            low = k
        else:
            high = k
    return k
