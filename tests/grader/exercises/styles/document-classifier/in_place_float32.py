from collections import Counter

import numpy as np


def bags(documents):
    for d in documents:
        bag = Counter(d.tolist())
        yield np.array(list(bag), dtype=int), np.array(list(bag.values()), dtype=np.float32)


def epoch(documents, y, w, b):
    w, wrong = w.astype(np.float32), np.zeros(len(y), dtype=int)
    for k, (columns, values) in enumerate(bags(documents)):
        if np.sign(w[columns] @ values + b) != y[k]:
            w[columns] += y[k] * values
            b += y[k]
            wrong[k] = 1
    return w, b, wrong.sum()


def classify(documents, w, b):
    answers = -np.ones(len(documents), dtype=int)
    for k, (columns, values) in enumerate(bags(documents)):
        if w[columns] @ values > -b:
            answers[k] = 1
    return answers
