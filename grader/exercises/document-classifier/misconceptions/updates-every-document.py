"""Your weights move with every document, right or wrong. Only a mistake moves them."""

import numpy as np


def epoch(documents, y, w, b):
    w = w.copy()
    mistakes = 0
    for document, label in zip(documents, y):
        if label * (w[document].sum() + b) <= 0:
            mistakes += 1
        np.add.at(w, document, label)
        b = b + label
    return w, b, mistakes


def classify(documents, w, b):
    scores = np.array([w[document].sum() + b for document in documents])
    return np.where(scores > 0, 1, -1)
