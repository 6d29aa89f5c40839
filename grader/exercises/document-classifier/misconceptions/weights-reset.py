"""The first epoch is right, and those that follow begin from zero again. Go on from the `w` and `b` that are
given.
"""

import numpy as np


def epoch(documents, y, w, b):
    w, b = np.zeros(len(w)), 0.0
    mistakes = 0
    for document, label in zip(documents, y):
        if label * (w[document].sum() + b) <= 0:
            # `w[document] += label` would write once only where a word repeats.
            np.add.at(w, document, label)
            b = b + label
            mistakes += 1
    return w, b, mistakes


def classify(documents, w, b):
    scores = np.array([w[document].sum() + b for document in documents])
    return np.where(scores > 0, 1, -1)
