"""A steeper sigmoid is a sigmoid behind larger weights and biases."""

import numpy as np


def forward(weights, biases, x):
    a = [x]
    for j in range(len(weights)):
        a.append(1 / (1 + np.exp(-(weights[j] * a[j] + biases[j]))))
    return np.array(a[1:])


def factors(k, weights, biases, x):
    a = forward(k * weights, k * biases, x)
    return (k * weights[1:] * a[:-1] * (1 - a[:-1])).tolist()


def gradient_ratio(k, weights, biases, x):
    a = forward(k * weights, k * biases, x)
    slopes = k * a * (1 - a)
    gradients = [slopes[-1]]
    for w, s in zip(weights[:0:-1], slopes[-2::-1]):
        gradients.append(gradients[-1] * w * s)
    return gradients[-1] / gradients[0]


def balanced_steepness(weights):
    return 4 * np.abs(np.prod(weights[1:])) ** (-1 / (len(weights) - 1))
