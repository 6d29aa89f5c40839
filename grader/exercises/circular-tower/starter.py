import numpy as np


def circular_tower(center, radius, directions, height, weight):
    """(w1, b1, w2, b2) of a network that is 1 inside of the circle, else 0."""
    raise NotImplementedError("write circular_tower here")


def hills(centers, radius, heights, directions, weight):
    """(w1, b1, w2, b2) of a network whose weighted sum is heights[k] in circle k and fades to 0 away from it."""
    raise NotImplementedError("write hills here")
