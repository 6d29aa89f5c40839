"""Your features are all terms up to the second degree: six of them, and three are allowed. The bias is a constant
already, and the squares are not needed: (x₁ − c₁)(x₂ − c₂), multiplied out, shows what is.
"""

import numpy as np


def features(x):
    # A perceptron makes (x1 - c1)(x2 - c2) of these, whatever c is: its constant is the bias.
    return np.column_stack([np.ones(len(x)), x[:, 0], x[:, 1], x[:, 0] ** 2, x[:, 1] ** 2, x[:, 0] * x[:, 1]])
