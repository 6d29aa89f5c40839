"""The perceptron against a trajectory worked out by hand, scikit-learn's, and the bound on its mistakes."""

import numpy as np
import pytest
from scipy import sparse
from sklearn.linear_model import Perceptron

from mlcore.perceptron import XOR, novikoff_bound, predict, train, train_averaged


def test_the_trajectory_worked_out_by_hand():
    x = np.array([[2.0, 1.0], [1.0, 3.0], [-1.0, 2.0], [-2.0, -1.0]])
    y = np.array([1, 1, -1, -1])
    path = [train(x, y, epochs) for epochs in (0, 1, 2, 3)]
    assert [w.tolist() for w, _, _ in path] == [[0, 0], [3, -1], [5, 0], [5, 0]]
    assert [b for _, b, _ in path] == [0, 0, 0, 0]
    assert [mistakes for _, _, mistakes in path] == [[], [2], [2, 2], [2, 2, 0]]


def test_a_margin_of_zero_is_a_mistake():
    w, b, mistakes = train(np.array([[3.0, 4.0]]), np.array([-1]), 2)
    assert (w.tolist(), b, mistakes) == ([-3, -4], -1, [1, 0])


@pytest.mark.parametrize("seed", range(3))
def test_the_same_order_gives_scikit_learns_weights(seed):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(200, 6)), rng.choice([-1, 1], 200)
    theirs = Perceptron(shuffle=False, tol=None, max_iter=7).fit(x, y)
    w, b, _ = train(x, y, 7)
    np.testing.assert_allclose(w, theirs.coef_[0], rtol=1e-12)
    assert b == theirs.intercept_[0]
    np.testing.assert_array_equal(predict(w, b, x), theirs.predict(x))


def separated(seed):
    rng = np.random.default_rng(seed)
    plane = rng.normal(size=4)
    rows = np.hstack([rng.normal(size=(60, 3)), np.ones((60, 1))])
    margins = rows @ plane / np.linalg.norm(plane)
    rows, margins = rows[abs(margins) > 0.2], margins[abs(margins) > 0.2]
    return rows[:, :3], np.sign(margins), plane


@pytest.mark.parametrize("seed", range(5))
def test_separable_examples_take_no_more_mistakes_than_the_bound(seed):
    x, y, plane = separated(seed)
    bound = novikoff_bound(x, y, plane[:3], plane[3])
    rows = np.hstack([x, np.ones((len(x), 1))])
    by_hand = (np.linalg.norm(rows, axis=1).max() / (y * (rows @ plane)).min() * np.linalg.norm(plane)) ** 2
    assert bound == pytest.approx(by_hand, rel=1e-12)
    w, b, mistakes = train(x, y, int(bound) + 2)
    assert 0 < sum(mistakes) <= bound
    assert mistakes[-1] == 0
    np.testing.assert_array_equal(predict(w, b, x), y)


def test_the_average_is_that_of_all_steps(rng):
    x, y = rng.normal(size=(15, 3)), rng.choice([-1, 1], 15)
    w, b, kept = np.zeros(3), 0.0, []
    for _ in range(4):
        for example, label in zip(x, y, strict=True):
            if label * (w @ example + b) <= 0:
                w, b = w + label * example, b + label
            kept.append([*w, b])
    averaged, bias = train_averaged(x, y, 4)
    np.testing.assert_allclose([*averaged, bias], np.mean(kept, axis=0), rtol=1e-12)


def test_sparse_rows_give_the_same_as_dense_ones(rng):
    x, y = rng.normal(size=(40, 9)) * (rng.random((40, 9)) < 0.3), rng.choice([-1, 1], 40)
    rows = sparse.csr_array(x)
    np.testing.assert_allclose(train(rows, y, 5)[0], train(x, y, 5)[0], atol=1e-12)
    np.testing.assert_allclose(train_averaged(rows, y, 5)[0], train_averaged(x, y, 5)[0], atol=1e-12)
    np.testing.assert_array_equal(predict(np.ones(9), 0.5, rows), predict(np.ones(9), 0.5, x))


def test_no_plane_separates_xor():
    assert min(train(*XOR, 100)[2]) > 0


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        (np.zeros(3), np.ones(3), r"x: shape \(3,\) came, \(m, n\) with m, n ≥ 1 expected"),
        (np.zeros((0, 3)), np.ones(0), r"x: shape \(0, 3\) came"),
        (np.zeros((3, 2)), np.ones(2), r"y: shape \(2,\) came, \(3,\) of −1 and \+1 expected"),
        (np.zeros((2, 2)), np.array([0, 1]), r"y: values \[0 1\] came, \(2,\) of −1 and \+1 expected"),
        (np.zeros((2, 2), int), np.ones(2), "x: dtype int64 came, float64 or float32 expected"),
        (np.array([[np.inf]]), np.ones(1), r"x: x\[0, 0\] is inf, finite numbers expected"),
        (sparse.csr_array((0, 3)), np.ones(0), r"x: shape \(0, 3\) came, \(m, n\) with m, n ≥ 1 expected"),
    ],
)
def test_examples_and_labels_that_do_not_fit_are_refused(x, y, message):
    with pytest.raises(ValueError, match=message):
        train(x, y, 1)


def test_a_plane_that_does_not_separate_has_no_bound():
    with pytest.raises(ValueError, match="a margin of -?[0-9.]+ came, a plane that separates the examples expected"):
        novikoff_bound(*XOR, np.array([1.0, 1.0]), -0.5)
    with pytest.raises(ValueError, match=r"x: shape \(4, 2\) came, \(m, 3\) with m ≥ 1 expected"):
        predict(np.ones(3), 0.0, XOR[0])
