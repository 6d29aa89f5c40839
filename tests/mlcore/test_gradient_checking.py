"""The checker is checked: each planted fault must be caught, a right gradient must pass, NaN must fail."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcore.gradient_checking import (
    CENTRAL_GATE,
    COMPLEX_STEP_GATE,
    agree,
    best_scale,
    central_differences,
    compare,
    complex_step,
    directional,
    norm,
    relative_error,
)
from mlcore.networks import Network, one_hot

METHODS = {"complex step": (complex_step, COMPLEX_STEP_GATE), "central": (central_differences, CENTRAL_GATE)}


def network_and_batch(rng, sizes=(6, 5, 5, 3)):
    return Network.random(sizes, rng, cost="cross-entropy"), rng.normal(size=(8, 6)), one_hot(rng.integers(0, 3, 8), 3)


def checked(network, x, y):
    """The cost of all parameters, the parameters, and back-propagation's gradients."""
    layers = len(network.weights)
    nabla_w, nabla_b = network.backprop(x, y)

    def cost(p):
        return replace(network, weights=list(p[:layers]), biases=list(p[layers:])).loss(x, y)

    return cost, [*network.weights, *network.biases], [*nabla_w, *nabla_b]


def off_by_a_thousandth(gradients):
    return [1.001 * g for g in gradients]


def one_element_off(gradients):
    index = np.unravel_index(np.abs(gradients[1]).argmax(), gradients[1].shape)
    gradients[1][index] *= 1.01
    return gradients


def one_small_element_off(gradients):
    gradients[1].flat[np.abs(gradients[1]).argmin()] += 1e-5 * np.linalg.norm(gradients[1])
    return gradients


def one_layer_off(gradients):
    gradients[0] *= 1.0001
    return gradients


def one_bias_missing(gradients):
    gradients[-1][0] = 0
    return gradients


def sign_of_one_layer(gradients):
    gradients[2] *= -1
    return gradients


FAULTS = [
    off_by_a_thousandth,
    one_element_off,
    one_small_element_off,
    one_layer_off,
    one_bias_missing,
    sign_of_one_layer,
]


@pytest.mark.parametrize("method", METHODS)
def test_a_right_gradient_passes(method, rng):
    numerical, gate = METHODS[method]
    for _ in range(3):
        cost, parameters, gradients = checked(*network_and_batch(rng))
        assert agree(gradients, numerical(cost, parameters), gate)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f.__name__)
def test_a_planted_fault_is_caught(method, fault, rng):
    numerical, gate = METHODS[method]
    cost, parameters, gradients = checked(*network_and_batch(rng))
    assert not agree(fault(gradients), numerical(cost, parameters), gate)


@pytest.mark.parametrize("fault", [off_by_a_thousandth, one_layer_off, sign_of_one_layer], ids=lambda f: f.__name__)
def test_one_direction_tells_a_wrong_gradient_from_a_right_one(fault, rng):
    cost, parameters, gradients = checked(*network_and_batch(rng))
    numeric, analytic = directional(cost, parameters, gradients, np.random.default_rng(1))
    assert abs(numeric - analytic) <= 1e-8 * abs(analytic)
    numeric, analytic = directional(cost, parameters, fault(gradients), np.random.default_rng(1))
    assert abs(numeric - analytic) > 1e-6 * abs(numeric)


def test_a_wrong_early_layer_of_a_vanishing_network_is_caught_where_an_absolute_criterion_is_blind(rng):
    cost, parameters, gradients = checked(*network_and_batch(rng, (6, *[5] * 8, 3)))
    right = complex_step(cost, parameters)
    assert np.linalg.norm(gradients[0]) < 1e-5
    gradients[0] *= 1.5
    assert np.abs(gradients[0] - right[0]).max() < 1e-5
    assert not agree(gradients, right, COMPLEX_STEP_GATE)


def test_what_is_not_a_number_never_agrees(rng):
    cost, parameters, gradients = checked(*network_and_batch(rng))
    right = complex_step(cost, parameters)
    gradients[0][0, 0] = np.nan
    with pytest.raises(ValueError, match=r"gradient: gradient\[0, 0\] is nan, finite numbers expected"):
        agree(gradients, right, COMPLEX_STEP_GATE)
    assert not relative_error(gradients[0], right[0]) <= 1e300


def test_parameters_are_put_back(rng):
    cost, parameters, _ = checked(*network_and_batch(rng))
    kept = [p.copy() for p in parameters]
    complex_step(cost, parameters)
    central_differences(cost, parameters)
    for p, before in zip(parameters, kept, strict=True):
        np.testing.assert_array_equal(p, before)


def test_a_comparison_says_how_they_differ():
    expected = np.array([[1.0, 2.0], [3.0, -4.0]])
    found = compare(expected * 21, expected)
    assert found.relative_error == pytest.approx(20)
    assert (found.cosine, found.scale) == (pytest.approx(1), pytest.approx(21))
    assert found.worst == (1, 1)
    found = compare(np.array([3.0, 0.0]), np.array([0.0, 4.0]))
    assert (found.cosine, found.scale, found.worst, found.relative_error) == (0, 0, (1,), 1.25)
    found = compare(np.array([3.0, 4.0]), np.zeros(2))
    assert (found.relative_error, found.cosine, found.scale) == (5, None, None)
    assert compare(np.array([1.0, 9.0]), np.array([1.0, 2.0]), np.array([False, True])).relative_error == 0
    assert best_scale(np.array([np.inf]), np.ones(1)) is None


@given(st.integers(1, 30), st.floats(0.01, 100), st.integers(0, 2**32 - 1))
def test_a_scaled_gradient_keeps_its_direction_and_tells_its_scale(size, k, seed):
    expected = np.random.default_rng(seed).normal(size=size)
    found = compare(k * expected, expected)
    assert found.cosine == pytest.approx(1)
    assert found.scale == pytest.approx(k)
    assert found.relative_error == pytest.approx(abs(k - 1), abs=1e-9)


@pytest.mark.parametrize("size", [1e-200, 1e300])
def test_gradients_near_the_ends_of_floats_are_compared_as_others_are(size):
    expected = np.array([3.0, 4.0])
    assert norm(size * expected) == pytest.approx(5 * size)
    found = compare(2 * size * expected, size * expected)
    assert (found.relative_error, found.cosine, found.scale) == pytest.approx((1, 1, 2))


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_off_by_nan(wrong):
    assert np.isnan(relative_error(np.array([wrong, 4.0]), np.array([3.0, 4.0])))
    assert best_scale(np.array([wrong, 4.0]), np.array([3.0, 4.0])) is None


def test_shapes_that_differ_are_refused():
    with pytest.raises(ValueError, match=r"gradient: shape \(3, 1\) came, \(3,\) expected"):
        compare(np.ones((3, 1)), np.ones(3))
    for measure in (relative_error, best_scale):
        with pytest.raises(ValueError, match=r"gradient: shape \(3, 1\) came, \(3,\) expected"):
            measure(np.ones((3, 1)), np.ones(3))
    with pytest.raises(ValueError, match="gradients: 1 came, 2 expected"):
        agree([np.ones(1)], [np.ones(1), np.ones(1)], 1.0)
    with pytest.raises(ValueError, match="step: 0 came, a number above 0 expected"):
        central_differences(lambda p: 0.0, [np.ones(1)], 0)
