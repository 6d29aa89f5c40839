"""Counts and shares against scikit-learn's, the interval against its own coverage."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom
from sklearn import metrics

from mlcore import evaluation


@given(m=st.integers(1, 60), classes=st.integers(2, 5), seed=st.integers(0, 10_000))
def test_counts_and_shares_are_scikit_learns(m, classes, seed):
    rng = np.random.default_rng(seed)
    y, predicted = rng.integers(0, classes, (2, m))
    confusion = evaluation.confusion_matrix(y, predicted, classes)
    every = range(classes)
    np.testing.assert_array_equal(confusion, metrics.confusion_matrix(y, predicted, labels=every))
    assert evaluation.accuracy(confusion) == pytest.approx(metrics.accuracy_score(y, predicted))
    theirs = metrics.precision_recall_fscore_support(y, predicted, labels=every, zero_division=0)
    for ours, due in zip((evaluation.precision, evaluation.recall, evaluation.f1), theirs[:3], strict=True):
        np.testing.assert_allclose(ours(confusion), due, atol=1e-15)


def test_worked_out_by_hand():
    confusion = evaluation.confusion_matrix(np.array([0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 0]), 2)
    assert confusion.tolist() == [[2, 1], [1, 1]]
    assert evaluation.precision(confusion).tolist() == [2 / 3, 1 / 2]
    assert evaluation.recall(confusion).tolist() == [2 / 3, 1 / 2]
    assert evaluation.most_frequent(np.array([3, 1, 1, 3, 0])) == 1


@pytest.mark.parametrize("accuracy", [0.5, 0.9, 0.99])
def test_the_interval_covers_the_accuracy_as_often_as_it_says(accuracy):
    m = 200
    chances = binom.pmf(np.arange(m + 1), m, accuracy)
    ends = np.array([evaluation.accuracy_interval(right, m) for right in range(m + 1)])
    covered = (ends[:, 0] <= accuracy) & (accuracy <= ends[:, 1])
    assert 0.93 <= chances[covered].sum() <= 0.98
    assert (ends >= 0).all()
    assert (ends <= 1).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: evaluation.accuracy_interval(5, 4), "right: 5 came, at most m = 4 expected"),
        (lambda: evaluation.accuracy_interval(0, 0), "m: 0 came"),
        (lambda: evaluation.accuracy_interval(1, 2, 1.0), "confidence: 1.0 came"),
        (lambda: evaluation.accuracy(np.zeros((2, 2), int)), "confusion: counts from 0 on came, some"),
        (lambda: evaluation.recall(np.array([[1, -1], [0, 1]])), "confusion: counts from -1 on came"),
        (lambda: evaluation.confusion_matrix(np.array([0, 2]), np.array([0, 1]), 2), "y: labels from 0 to 2 came"),
    ],
)
def test_what_is_no_evaluation_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
