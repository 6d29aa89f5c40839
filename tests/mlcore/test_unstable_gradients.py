"""δ of the layers against differences of the cost, a network worked out by hand, and the pattern of deep networks."""

from dataclasses import replace

import numpy as np
import pytest

from mlcore.activations import sigmoid, sigmoid_prime
from mlcore.gradient_checking import complex_step
from mlcore.networks import Network
from mlcore.unstable_gradients import (
    Chain,
    amplifying_interval,
    amplifying_width,
    deltas,
    exploding_chain,
    identity_neuron,
    layer_norms,
    matrix_form,
    saturation,
    speed_of_learning,
    vanishing_chain,
    widest_amplifying,
)


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


# --- one neuron a layer, and what follows from σ′ ≤ ¼ --------------------------------------------------


def test_the_closed_form_is_the_slope_of_the_chain(rng):
    chain = Chain(rng.normal(size=5), rng.normal(size=5))
    found = chain.gradients(0.3, dc_da=1.7)

    def cost(p):
        a = np.array(0.3)
        for w, b in zip(chain.weights, p[0], strict=True):
            a = sigmoid(w * a + b)
        return 1.7 * a

    np.testing.assert_allclose(found, complex_step(cost, [chain.biases])[0], rtol=1e-12)
    z, _ = chain.forward(0.3)
    by_hand = sigmoid_prime(z[0]) * chain.weights[1] * sigmoid_prime(z[1]) * chain.weights[2] * sigmoid_prime(z[2])
    by_hand *= chain.weights[3] * sigmoid_prime(z[3]) * chain.weights[4] * sigmoid_prime(z[4]) * 1.7
    assert found[0] == pytest.approx(by_hand, rel=1e-12)


def test_a_chain_of_usual_weights_vanishes_by_sixteen_in_two_layers(rng):
    chain = vanishing_chain(4, rng)
    small = Chain(np.clip(chain.weights, -0.99, 0.99), chain.biases)
    slopes = np.abs(small.gradients(0.5, 1.0))
    assert slopes[2] >= 16 * slopes[0]
    shares = [np.abs(vanishing_chain(4, rng).factors(0.5)) < 0.25 for _ in range(300)]
    assert np.mean(shares) > 0.6


def test_a_chain_of_large_weights_explodes_by_twenty_five_a_layer():
    chain = exploding_chain(6, x=0.8)
    z, _ = chain.forward(0.8)
    np.testing.assert_allclose(z, 0, atol=1e-10)
    np.testing.assert_allclose(chain.factors(0.8), 25)
    slopes = chain.gradients(0.8, 1.0)
    np.testing.assert_allclose(slopes[:-1] / slopes[1:], 25)


@pytest.mark.parametrize("weight", [4.5, -6.9, 30.0])
def test_the_interval_is_where_the_factor_reaches_one(weight):
    low, high = amplifying_interval(weight, bias=0.7)

    def factor(a):
        return abs(weight) * sigmoid_prime(np.array(weight * a + 0.7))

    assert factor(low) == pytest.approx(1, abs=1e-9)
    assert factor(high) == pytest.approx(1, abs=1e-9)
    assert factor((low + high) / 2) > 1
    assert high - low == pytest.approx(amplifying_width(weight))


def test_no_weight_below_four_amplifies_and_the_widest_interval_is_narrow():
    assert amplifying_interval(3.99, 0.0) is None
    assert amplifying_width(4.0) == pytest.approx(0, abs=1e-12)
    weight, width = widest_amplifying()
    assert weight == pytest.approx(6.894, abs=1e-3)
    assert width == pytest.approx(0.44774, abs=1e-5)


@pytest.mark.parametrize("weight", [0.1, 0.5, 1.0])
def test_the_identity_neuron_is_off_by_its_weights_square_over_96(weight):
    x = np.linspace(0, 1, 1001)
    neuron = identity_neuron(weight)
    assert (neuron.bias, neuron.out, neuron.offset) == (-weight / 2, 4 / weight, 0.5 - 2 / weight)
    assert np.abs(neuron(x) - x).max() == pytest.approx(weight**2 / 96, rel=0.03)


def test_the_product_of_matrices_is_back_propagation(rng):
    net = Network.random((4, 5, 3, 2), rng)
    x, y = rng.normal(size=4), rng.uniform(size=2)
    for product, delta in zip(matrix_form(net, x, y), net.deltas(x[None], y[None]), strict=True):
        np.testing.assert_allclose(product, delta[0], rtol=1e-12)


def test_large_weights_saturate_and_scaled_ones_do_not(rng):
    x = rng.uniform(size=(50, 400))
    shares = [saturation(Network.random((400, 60, 60, 10), rng, initializer=name), x) for name in ("large", "scaled")]
    assert shares[0][0] > 0.6
    assert max(shares[1]) < 0.1
    assert all(0 <= share <= 1 for pair in shares for share in pair)


def test_the_speed_of_learning_begins_at_the_start_and_follows_the_descent(rng):
    net = Network.random((6, 5, 4, 3), rng, cost="cross-entropy")
    x, y = rng.uniform(size=(20, 6)), np.eye(3)[rng.integers(3, size=20)]
    told = []
    norms = speed_of_learning(net, x, y, epochs=3, rate=0.5, decay=2.0, progress=told.append)
    assert norms.shape == (4, 2)
    assert told == [1, 2, 3]
    for row in norms:
        np.testing.assert_allclose(row, layer_norms(net, x, y), rtol=1e-12)
        nabla_w, nabla_b = net.backprop(x, y)
        weights = [w * (1 - 0.5 * 2.0 / 20) - 0.5 * g for w, g in zip(net.weights, nabla_w, strict=True)]
        net = replace(net, weights=weights, biases=[b - 0.5 * g for b, g in zip(net.biases, nabla_b, strict=True)])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda net: matrix_form(replace(net, cost="cross-entropy"), np.zeros(4), np.zeros(2)),
            "sigmoid, sigmoid, quadr",
        ),
        (lambda net: matrix_form(net, np.zeros(4), np.zeros(3)), r"y: shape \(3,\) came, \(2,\) expected"),
        (lambda net: saturation(replace(net, hidden="relu"), np.zeros((1, 4))), "network: hidden relu came, sigmoid"),
        (lambda net: Chain(np.zeros(2), np.zeros(3)), r"biases: shape \(3,\) came, \(2,\) expected"),
        (lambda net: identity_neuron(0.0), "weight: 0.0 came, a number above 0 expected"),
        (lambda net: exploding_chain(0, 0.5), "n: 0 came"),
    ],
)
def test_what_does_not_fit_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call(Network.random((4, 3, 2), np.random.default_rng(0)))
