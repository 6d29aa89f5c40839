"""Your heights are the medians of f itself. The output neuron applies σ to the sum of the bumps, so that the
curve to follow is σ⁻¹(f(x)): most of it lies below 0.
"""

import numpy as np


def f(x):
    return 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)


def heights():
    return [np.median(f(np.linspace(a, a + 0.2, 1001))) for a in (0.0, 0.2, 0.4, 0.6, 0.8)]
