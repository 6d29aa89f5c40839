"""Your features are squares of each input by itself. A sum of those treats x₁ in the same way whatever x₂ is; the
exclusive or lies in how both go together, in x₁·x₂.
"""

import numpy as np


def features(x):
    return np.column_stack([x[:, 0] ** 2, x[:, 1] ** 2, x[:, 0] + x[:, 1]])
