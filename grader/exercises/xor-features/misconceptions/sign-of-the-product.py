"""Your feature is the answer for the quadrants around the origin, and it changes nowhere else. A feature that is
made for one task cuts off what others need: leave the product itself, and the inputs beside it.
"""

import numpy as np


def features(x):
    return np.column_stack([x[:, 0], x[:, 1], np.sign(x[:, 0] * x[:, 1])])
