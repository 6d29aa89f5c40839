"""The perceptron against a trajectory worked out by hand, and against the bound on its mistakes."""

import numpy as np
import pytest

from mlcore.perceptron import train


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


@pytest.mark.parametrize("seed", range(5))
def test_separable_examples_take_no_more_mistakes_than_the_bound(seed):
    rng = np.random.default_rng(seed)
    plane = rng.normal(size=4)
    rows = np.hstack([rng.normal(size=(60, 3)), np.ones((60, 1))])
    margins = rows @ plane / np.linalg.norm(plane)
    rows, margins = rows[abs(margins) > 0.2], margins[abs(margins) > 0.2]
    bound = (np.linalg.norm(rows, axis=1).max() / abs(margins).min()) ** 2
    w, b, mistakes = train(rows[:, :3], np.sign(margins), int(bound) + 2)
    assert 0 < sum(mistakes) <= bound
    assert mistakes[-1] == 0
    assert np.all(np.sign(rows[:, :3] @ w + b) == np.sign(margins))


def test_no_plane_separates_xor():
    x, y = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([-1, 1, 1, -1])
    assert min(train(x, y, 100)[2]) > 0


@pytest.mark.parametrize(
    ("x", "y"), [(np.zeros(3), np.ones(3)), (np.zeros((3, 2)), np.ones(2)), (np.zeros((2, 2)), np.array([0, 1]))]
)
def test_examples_and_labels_that_do_not_fit_are_refused(x, y):
    with pytest.raises(ValueError, match=r"shapes .* came, \(m, n\) and \(m,\) of −1 and \+1 expected"):
        train(x, y, 1)
