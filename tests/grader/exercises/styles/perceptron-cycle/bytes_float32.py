import numpy as np


def cycle(x, y, most_epochs):
    x = x.astype(np.float32)
    w, b = np.zeros(x.shape[1], np.float32), np.float32(0)
    first = {np.append(w, b).tobytes(): 0}
    for k in range(most_epochs):
        changed = False
        for features, label in zip(x, y):
            if not label * (np.dot(w, features) + b) > 0:
                w += label * features
                b += np.float32(label)
                changed = True
        if not changed:
            return float(k), 0.0
        key = np.append(w, b).tobytes()
        if key in first:
            return float(first[key]), float(k + 1 - first[key])
        first[key] = k + 1
