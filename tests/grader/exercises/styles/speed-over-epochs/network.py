import numpy as np


class Layer:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, a):
        self.a_in = a
        self.a = np.tanh((a @ self.w.T + self.b) / 2) / 2 + 0.5
        return self.a

    def backward(self, delta):
        """Slopes of the mean cost, and the slope in the activations that came in."""
        m = len(delta)
        self.dw = np.einsum("mo,mi->oi", delta, self.a_in, optimize=True) / m
        self.db = np.einsum("mo->o", delta) / m
        return delta @ self.w

    def step(self, rate, weight_decay):
        return self.w - rate * self.dw - rate * weight_decay * self.w, self.b - rate * self.db


def descend(weights, biases, x, y, rate, decay):
    layers = [Layer(w, b) for w, b in zip(weights, biases)]
    a = x
    for layer in layers:
        a = layer.forward(a)
    delta = a - y
    for layer, below in zip(layers[::-1], [*layers[-2::-1], None]):
        da = layer.backward(delta)
        if below is not None:
            delta = da * below.a * (1 - below.a)
    after = [layer.step(rate, decay / len(x)) for layer in layers]
    norms = [float(np.linalg.norm(layer.db)) for layer in layers]
    norms.pop()
    return [w for w, _ in after], [b for _, b in after], norms
