"""Costs against TensorFlow's and their slopes by complex step."""

import numpy as np
import pytest

from mlcore import costs
from mlcore.activations import sigmoid, softmax
from mlcore.costs import COSTS
from mlcore.gradient_checking import agree, complex_step
from mlcore.networks import one_hot


def batch(rng, name, m=6, k=4):
    """Activations in the range of a cost, and wanted ones."""
    if name in ("hinge", "perceptron"):
        return rng.normal(size=(m, k)), rng.choice([-1.0, 1.0], (m, k))
    return rng.uniform(0.05, 0.95, (m, k)), one_hot(rng.integers(0, k, m), k)


@pytest.mark.parametrize("name", COSTS)
def test_a_slope_is_what_the_complex_step_says(name, rng):
    a, y = batch(rng, name)
    slope = complex_step(lambda p: COSTS[name].value(p[0], y), [a])
    assert agree([COSTS[name].derivative(a, y) / len(a)], slope, 1e-12)


def test_values_are_tensorflows(tf, rng):
    z, y = rng.normal(0, 2, (7, 3)), one_hot(rng.integers(0, 3, 7), 3)
    logits = tf.nn.sigmoid_cross_entropy_with_logits(y, z).numpy().sum(axis=1).mean()
    assert costs.cross_entropy(sigmoid(z), y) == pytest.approx(logits, rel=1e-12)
    assert costs.cross_entropy_of_logits(z, y) == pytest.approx(logits, rel=1e-12)
    logits = tf.nn.softmax_cross_entropy_with_logits(y, z).numpy().mean()
    assert costs.log_likelihood(softmax(z), y) == pytest.approx(logits, rel=1e-12)
    assert costs.log_likelihood_of_logits(z, y) == pytest.approx(logits, rel=1e-12)
    signs = 2 * y - 1
    assert costs.hinge(z, signs) == pytest.approx(3 * tf.keras.losses.hinge(signs, z).numpy().mean(), rel=1e-6)
    assert costs.quadratic(z, y) == pytest.approx(1.5 * tf.keras.losses.MSE(y, z).numpy().mean(), rel=1e-6)


def test_costs_of_logits_are_exact_where_activations_round():
    z, y = np.array([[1000.0, -1000.0]]), np.array([[0.0, 1.0]])
    assert costs.cross_entropy_of_logits(z, y) == 2000
    assert costs.log_likelihood_of_logits(z, y) == 2000
    assert costs.cross_entropy_of_logits(-z, y) == costs.log_likelihood_of_logits(-z, y) == 0


def test_certainty_that_is_right_costs_nothing_and_slopes_there_are_no_nan():
    y = np.array([[0.0, 1.0]])
    assert costs.cross_entropy(y, y) == costs.log_likelihood(y, y) == 0
    np.testing.assert_array_equal(costs.cross_entropy_prime(y, y), 0)
    assert costs.cross_entropy(1 - y, y) == np.inf


@pytest.mark.parametrize(
    ("name", "a", "y", "message"),
    [
        ("quadratic", np.zeros((0, 2)), np.zeros((0, 2)), r"a: shape \(0, 2\) came, \(m, K\) with m, K ≥ 1 expected"),
        ("quadratic", np.zeros((3, 2)), np.zeros((3, 1)), r"y: shape \(3, 1\) came, \(3, 2\) expected"),
        ("cross-entropy", np.full((1, 1), 1.5), np.ones((1, 1)), r"a: values from 1.5 to 1.5 came, 0 to 1 expected"),
        ("log-likelihood", np.ones((1, 1)), np.full((1, 1), -1.0), r"y: values from -1.0 to -1.0 came, 0 to 1"),
        ("hinge", np.ones((1, 1)), np.zeros((1, 1)), r"y: values \[0.\] came, −1 and \+1 expected"),
        ("perceptron", np.ones((1, 1)), np.ones((1, 1), int), "y: dtype int64 came, float64 or float32 expected"),
    ],
)
def test_what_is_out_of_range_is_refused(name, a, y, message):
    with pytest.raises(ValueError, match=message):
        COSTS[name].value(a, y)
    with pytest.raises(ValueError, match=message):
        COSTS[name].derivative(a, y)
