"""Your score takes every word of a document once, whether it occurs once or five times. Sum the weights over all
entries of the array.
"""

import numpy as np


def epoch(documents, y, w, b):
    w = w.copy()
    mistakes = 0
    for document, label in zip(documents, y):
        if label * (w[np.unique(document)].sum() + b) <= 0:
            # `w[document] += label` would write once only where a word repeats.
            np.add.at(w, document, label)
            b = b + label
            mistakes += 1
    return w, b, mistakes


def classify(documents, w, b):
    scores = np.array([w[np.unique(document)].sum() + b for document in documents])
    return np.where(scores > 0, 1, -1)
