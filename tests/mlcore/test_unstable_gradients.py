"""δ of the layers against differences of the cost, a network worked out by hand, and the pattern of deep networks."""

import numpy as np
import pytest

from mlcore.networks import Network
from mlcore.unstable_gradients import deltas, layer_norms


def cross_entropy(net, x, y):
    a = net.forward(x)[1][-1]
    return -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a)) / len(x)


def test_mean_deltas_are_the_slopes_of_the_cost_in_the_biases():
    rng = np.random.default_rng(4)
    net = Network.random((4, 5, 3, 2), rng)
    x, y = rng.normal(size=(6, 4)), rng.uniform(size=(6, 2))
    found = deltas(net, x, y)
    assert [d.shape for d in found] == [(6, 5), (6, 3), (6, 2)]
    for biases, delta in zip(net.biases, found, strict=True):
        numeric = np.empty_like(biases)
        for i, kept in enumerate(biases.copy()):
            biases[i] = kept + 1e-5
            above = cross_entropy(net, x, y)
            biases[i] = kept - 1e-5
            numeric[i] = (above - cross_entropy(net, x, y)) / 2e-5
            biases[i] = kept
        assert np.linalg.norm(numeric - delta.mean(axis=0)) <= 1e-7 * np.linalg.norm(numeric)


def test_one_neuron_a_layer_worked_out_by_hand():
    net = Network([np.array([[1.0]]), np.array([[2.0]])], [np.array([0.0]), np.array([-1.0])])
    # Both weighted inputs are 0: the output is ½, δ there −½, and ¼ · 2 · −½ in the hidden layer.
    assert [d.tolist() for d in deltas(net, np.array([[0.0]]), np.array([[1.0]]))] == [[[-0.25]], [[-0.5]]]
    assert layer_norms(net, np.array([[0.0]]), np.array([[1.0]])) == [0.25]


def test_deltas_that_point_apart_cancel_before_the_norm_is_taken():
    net = Network([np.array([[0.0]]), np.array([[2.0]])], [np.array([0.0]), np.array([-1.0])])
    assert layer_norms(net, np.zeros((2, 1)), np.array([[0.0], [1.0]])) == [0]


def test_each_hidden_layer_learns_several_times_slower_than_the_next():
    rng = np.random.default_rng(0)
    norms = []
    for _ in range(60):
        net = Network.random((60, 30, 30, 30, 10), rng)
        norms.append(layer_norms(net, rng.uniform(size=(40, 60)), np.eye(10)[rng.integers(10, size=40)]))
    first, second, third = np.median(norms, axis=0)
    assert 3.5 <= second / first <= 7.3
    assert 3.5 <= third / second <= 7.3


def test_answers_of_the_wrong_shape_are_refused():
    net = Network.random((4, 3, 2), np.random.default_rng(0))
    with pytest.raises(ValueError, match=r"y: shape \(5, 3\) came, \(5, 2\) expected"):
        deltas(net, np.zeros((5, 4)), np.zeros((5, 3)))
