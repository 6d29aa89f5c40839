import numpy as np


class Neuron:
    def __init__(self, w1):
        self.w1 = np.float64(w1)
        self.b = -self.w1 / 2
        self.w2 = 4 / self.w1
        self.c = -(self.w2 - 1) / 2

    def __call__(self, x):
        return self.w2 / (1 + np.exp(-(self.w1 * x + self.b))) + self.c


def identity_neuron(w1):
    n = Neuron(w1)
    return n.b, n.w2, n.c


def largest_error(w1):
    return np.array(0.0 - Neuron(w1)(0.0)).__abs__()


def first_weight(tolerance):
    w = 2.0
    while Neuron(w)(0.0) > tolerance:
        w *= 0.99
    return w
