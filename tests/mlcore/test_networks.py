"""Gradients of the reference against central differences, and its refusals."""

import numpy as np
import pytest

from mlcore.activations import relu, relu_prime, sigmoid, sigmoid_prime, softmax
from mlcore.networks import Network


def cost(net, x, y):
    return np.sum((net.forward(x)[1][-1] - y) ** 2) / (2 * len(x))


def test_backprop_agrees_with_central_differences():
    rng = np.random.default_rng(3)
    net = Network.random((4, 5, 3, 2), rng)
    x, y = rng.normal(size=(6, 4)), rng.uniform(size=(6, 2))
    for group, gradients in zip((net.weights, net.biases), net.backprop(x, y), strict=True):
        for values, gradient in zip(group, gradients, strict=True):
            numeric = np.empty_like(values)
            for index in np.ndindex(values.shape):
                kept = values[index]
                values[index] = kept + 1e-5
                above = cost(net, x, y)
                values[index] = kept - 1e-5
                numeric[index] = (above - cost(net, x, y)) / 2e-5
                values[index] = kept
            assert np.linalg.norm(numeric - gradient) <= 1e-7 * np.linalg.norm(gradient)


def test_activations_are_finite_at_the_extremes():
    z = np.array([[-1000.0, 0.0, 1000.0]])
    np.testing.assert_array_equal(sigmoid(z), [[0, 0.5, 1]])
    np.testing.assert_array_equal(sigmoid_prime(z), [[0, 0.25, 0]])
    np.testing.assert_array_equal(softmax(z), [[0, 0, 1]])
    np.testing.assert_array_equal(relu(z), [[0, 0, 1000]])
    np.testing.assert_array_equal(relu_prime(z)[:, [0, 2]], [[0, 1]])


@pytest.mark.parametrize("x", [np.zeros((2, 3)), np.zeros((0, 4)), np.zeros(4)])
def test_a_batch_of_the_wrong_shape_is_refused(x):
    net = Network.random((4, 2), np.random.default_rng(0))
    with pytest.raises(ValueError, match=r"x: shape .* came, \(m, 4\) with m ≥ 1 expected"):
        net.forward(x)
