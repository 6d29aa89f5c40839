import numpy as np


def tower(starts, ends, height, weight):
    # All steps up, then all steps down.
    m = len(starts)
    one = np.identity(m, dtype=np.float32) * np.float32(weight)
    b1 = np.concatenate([-starts * weight, -ends * weight]).astype(np.float32)
    w2 = np.concatenate([np.full((1, m), height), np.full((1, m), -height)], axis=1).astype(np.float32)
    return np.concatenate([one, one]), b1, w2, np.full(1, (0.5 - m) * height, dtype=np.float32)
