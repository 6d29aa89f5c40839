import numpy as np


def margin(w, b, x, y):
    """The least signed distance of an example, a 1 appended, from the plane."""
    raise NotImplementedError("write margin here")


def mistake_bound(w, b, x, y):
    """(R / margin) ** 2, the most mistakes that the perceptron can make."""
    raise NotImplementedError("write mistake_bound here")
