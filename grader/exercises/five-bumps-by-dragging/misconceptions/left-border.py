"""Your heights are σ⁻¹(f(x)) at the left border of each window, so that the bumps lag behind the curve. Look at
the whole window.
"""

import numpy as np


def f(x):
    return 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)


def inverse(a):
    return np.log(a / (1 - a))


def heights():
    return inverse(f(np.array([0.0, 0.2, 0.4, 0.6, 0.8])))
