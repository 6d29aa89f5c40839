"""How good a classifier is: counts of what was taken for what, and what follows from them.

y are the labels and predicted the classes that were given, both (m,) integers from 0 to classes − 1.
Errors: ValueError for lengths that differ, no examples, other dtypes, classes out of range.
Source: Manning, Raghavan & Schütze, Introduction to Information Retrieval (2008), section 8.3; interval: Wilson,
Probable inference, the law of succession, and statistical inference (1927).
"""

import numpy as np
from scipy.stats import norm

from mlcore.arguments import Array, Labels, count, fraction, labels, numbers, of_shape


def confusion_matrix(y: Labels, predicted: Labels, classes: int) -> Labels:
    """How many examples of class i were taken for class j, (classes, classes): right ones lie on the diagonal."""
    y = labels("y", y, np.size(y), count("classes", classes))
    predicted = labels("predicted", predicted, len(y), classes)
    return np.bincount(classes * y + predicted, minlength=classes * classes).reshape(classes, classes)


def accuracy(confusion: Labels) -> float:
    """The share of all examples that are right: the diagonal over the sum."""
    counts = square(confusion)
    return float(np.trace(counts) / counts.sum())


def precision(confusion: Labels) -> Array:
    """Of what was taken for a class, the share that is of it, (classes,); 0 where nothing was."""
    counts = square(confusion)
    return share(np.diagonal(counts), counts.sum(axis=0))


def recall(confusion: Labels) -> Array:
    """Of what is of a class, the share that was taken for it, (classes,); 0 where nothing is."""
    counts = square(confusion)
    return share(np.diagonal(counts), counts.sum(axis=1))


def f1(confusion: Labels) -> Array:
    """2PR / (P + R), (classes,): near the lesser of precision and recall; 0 where both are."""
    p, r = precision(confusion), recall(confusion)
    return share(2 * p * r, p + r)


def most_frequent(y: Labels) -> int:
    """The label that most examples have, the lowest of equals: who always gives it is what others are held against."""
    return int(np.bincount(labels("y", y, np.size(y))).argmax())


def accuracy_interval(right: int, m: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's interval for the accuracy of which `right` of m fresh examples are a sample.

    (p + z²/2m ± z√(p(1 − p)/m + z²/4m²)) / (1 + z²/m), p being right/m and z the normal quantile. It covers the
    accuracy in about `confidence` of all samples, also near 0 and 1, where p ± z√(p(1 − p)/m) does not.
    """
    if count("right", right, 0) > count("m", m):
        raise ValueError(f"right: {right} came, at most m = {m} expected")
    z = float(norm.ppf((1 + fraction("confidence", confidence)) / 2))
    p = right / m
    middle = p + z * z / (2 * m)
    half = z * np.sqrt(p * (1 - p) / m + z * z / (4 * m * m))
    return float((middle - half) / (1 + z * z / m)), float((middle + half) / (1 + z * z / m))


def square(confusion: Labels) -> Array:
    """A matrix of counts, as `confusion_matrix` gives it."""
    counts = numbers("confusion", confusion)
    of_shape("confusion", counts, (counts.shape or (1,))[:1] * 2)
    if not counts.sum() > 0 or counts.min() < 0:
        raise ValueError(f"confusion: counts from {counts.min(initial=0)} on came, some, none below 0, expected")
    return counts.astype(float)


def share(part: Array, whole: Array) -> Array:
    """part / whole, 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)
