"""Your perceptron answers +1 where w·x + b is exactly 0, and takes that for right when the label is +1. On the
plane no answer is right: a margin of 0 is a mistake for either label.
"""

import numpy as np


def train(x, y, epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    mistakes = []
    for _ in range(epochs):
        count = 0
        for i in range(len(x)):
            answer = 1 if w @ x[i] + b >= 0 else -1
            if answer != y[i]:
                w = w + y[i] * x[i]
                b = b + y[i]
                count += 1
        mistakes.append(count)
    return w, b, mistakes
