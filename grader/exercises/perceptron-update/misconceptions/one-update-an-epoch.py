"""Your epoch judges all examples with the weights from its start and adds up the corrections at its end. The
perceptron corrects at once: each example is judged with the weights that the one before has left.
"""

import numpy as np


def train(x, y, epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    mistakes = []
    for _ in range(epochs):
        wrong = y * (x @ w + b) <= 0
        w = w + y[wrong] @ x[wrong]
        b = b + y[wrong].sum()
        mistakes.append(int(wrong.sum()))
    return w, b, mistakes
