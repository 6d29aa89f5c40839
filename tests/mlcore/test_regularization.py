"""Penalties by complex step, dropout's expectation, early stopping, and how weights start."""

import numpy as np
import pytest

from mlcore.initializers import INITIALIZERS
from mlcore.regularization import L1, L2, EarlyStopping, dropout, dropout_backward


@pytest.mark.parametrize("penalty", [L1(3.0), L2(3.0)])
def test_a_penaltys_gradient_is_the_slope_of_its_cost(penalty, rng):
    w = rng.normal(size=(3, 4))
    numeric = np.empty_like(w)
    for index in np.ndindex(w.shape):
        moved = [w.copy(), w.copy()]
        moved[0][index] += 1e-6
        moved[1][index] -= 1e-6
        numeric[index] = (penalty.cost([moved[0]], 50) - penalty.cost([moved[1]], 50)) / 2e-6
    np.testing.assert_allclose(penalty.gradient(w, 50), numeric, rtol=1e-7)
    assert L1(1.0).gradient(np.zeros(1), 5) == 0


def test_dropout_leaves_the_expected_activation_and_passes_back_what_it_let_through(rng):
    a = np.ones((400, 500))
    dropped, mask = dropout(a, 0.3, rng)
    assert set(np.unique(mask)) == {0, 1 / 0.7}
    # Of 200,000 neurons: five standard deviations of the mean.
    assert abs(dropped.mean() - 1) < 5 * np.sqrt(0.3 / 0.7 / a.size)
    np.testing.assert_array_equal(dropout_backward(a, mask), mask)
    np.testing.assert_array_equal(dropout(a, 0.0, rng)[0], a)
    with pytest.raises(ValueError, match="drop: 1 came, a number from 0 to below 1 expected"):
        dropout(a, 1, rng)


def test_early_stopping_waits_for_its_patience():
    stopping = EarlyStopping(2)
    assert not stopping.reached([0.5, 0.6])
    assert not stopping.reached([0.5, 0.6, 0.6])
    assert stopping.reached([0.5, 0.6, 0.6, 0.59])
    assert not stopping.reached([0.5, 0.6, 0.6, 0.61])
    with pytest.raises(ValueError, match="patience: 0 came, a whole number from 1 on expected"):
        EarlyStopping(0)


@pytest.mark.parametrize(
    ("name", "variance"), [("large", 1), ("scaled", 1 / 300), ("glorot", 2 / 500), ("he", 2 / 300)]
)
def test_initial_weights_have_the_variance_of_their_name(name, variance, rng):
    w = INITIALIZERS[name](300, 200, rng)
    assert w.shape == (200, 300)
    # The variance of 60,000 normal numbers has a relative deviation of √(2/60,000).
    assert abs(w.var() / variance - 1) < 5 * np.sqrt(2 / w.size)
    assert abs(w.mean()) < 5 * np.sqrt(variance / w.size)
    assert INITIALIZERS[name](3, 2, rng, np.float32).dtype == np.float32


def test_sizes_and_strengths_out_of_range_are_refused(rng):
    with pytest.raises(ValueError, match="n_out: 0 came, a whole number from 1 on expected"):
        INITIALIZERS["he"](3, 0, rng)
    with pytest.raises(ValueError, match="strength: -1 came, a number from 0 on expected"):
        L2(-1)
    with pytest.raises(ValueError, match="n: 0 came"):
        L1(1).cost([np.ones(1)], 0)
