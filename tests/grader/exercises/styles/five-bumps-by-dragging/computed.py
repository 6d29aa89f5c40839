import numpy as np


def heights():
    x = np.linspace(0, 1, 1000)
    f = 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)
    return np.median(np.log(f / (1 - f)).reshape(5, 200), axis=1)
