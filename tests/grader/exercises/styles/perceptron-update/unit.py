import numpy as np


class Unit:
    def __init__(self, n):
        self.w = np.zeros((n, 1))
        self.b = np.zeros(1)

    def margin(self, x, y):
        return (y * (x.reshape(1, -1) @ self.w + self.b)).item()

    def learn(self, x, y):
        """1 where the example was a mistake, else 0."""
        wrong = self.margin(x, y) <= 0
        self.w += wrong * y * x.reshape(-1, 1)
        self.b += wrong * y
        return wrong


def train(x, y, epochs):
    unit = Unit(x.shape[1])
    mistakes = [sum(unit.learn(x[i], y[i]) for i in range(len(x))) for _ in range(epochs)]
    return [unit.w.ravel(), np.squeeze(unit.b), mistakes]
