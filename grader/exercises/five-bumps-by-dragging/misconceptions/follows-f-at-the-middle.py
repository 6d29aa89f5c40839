"""Your heights are f(x) at the middle of each window. The output neuron applies σ to the sum of the bumps, so
that the curve to follow is σ⁻¹(f(x)): most of it lies below 0.
"""

import numpy as np


def f(x):
    return 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)


def heights():
    return f(np.array([0.1, 0.3, 0.5, 0.7, 0.9]))
