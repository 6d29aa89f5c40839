import numpy as np

h = np.array([-1.31, -1.42, -0.28, -0.95, 1.28], dtype=np.float32)


def heights():
    return h
