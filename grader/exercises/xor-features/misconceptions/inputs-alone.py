"""Your features are sums of the inputs, and a weighted sum of those is again one line through the plane. No line
separates these labels: a feature has to bend it, such as a product of both inputs.
"""

import numpy as np


def features(x):
    return x
