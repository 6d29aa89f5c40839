import numpy as np


def network():
    big = 50
    # One for each way in which the bits can differ; the output asks for either.
    w1 = big * np.array([[1, -1], [-1, 1]])
    b1 = np.full(2, -big / 2)
    return w1, b1, big * np.ones((1, 2)), np.array([-big / 2])
