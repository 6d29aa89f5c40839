"""Your documents are sets: a word that occurs five times is scored and moved as if it occurred once. Every
occurrence counts.
"""

import numpy as np


def epoch(documents, y, w, b):
    w = w.copy()
    mistakes = 0
    for document, label in zip(documents, y):
        document = np.unique(document)
        if label * (w[document].sum() + b) <= 0:
            np.add.at(w, document, label)
            b = b + label
            mistakes += 1
    return w, b, mistakes


def classify(documents, w, b):
    scores = np.array([w[np.unique(document)].sum() + b for document in documents])
    return np.where(scores > 0, 1, -1)
