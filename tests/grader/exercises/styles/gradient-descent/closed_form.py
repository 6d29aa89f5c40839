import numpy as np


def descend(a, bottom, w, rate, steps):
    slopes, directions = np.linalg.eigh(a)
    along = directions.T @ (w - bottom)
    powers = (1 - rate * slopes) ** np.arange(steps + 1)[:, None]
    distances = powers * along
    return bottom + distances @ directions.T, (distances**2 @ slopes) / 2
