"""Gradients of networks against TensorFlow's tape and the complex step, and what a batch may be."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcore.costs import COSTS
from mlcore.gradient_checking import CENTRAL_GATE, COMPLEX_STEP_GATE, agree, central_differences, complex_step, kinks
from mlcore.networks import Network, one_hot
from mlcore.softmax_regression import loss_and_gradients

# Hidden activation, output, cost; the outputs of a cost stay within its range.
ANALYTIC = [
    ("sigmoid", "sigmoid", "quadratic"),
    ("sigmoid", "sigmoid", "cross-entropy"),
    ("tanh", "softmax", "log-likelihood"),
    ("tanh", "softmax", "quadratic"),
    ("tanh", "softmax", "cross-entropy"),
    ("sigmoid", "sigmoid", "log-likelihood"),
    ("identity", "tanh", "hinge"),
    ("tanh", "identity", "perceptron"),
    ("relu", "identity", "quadratic"),
    ("relu", "softmax", "log-likelihood"),
]
IDS = ["-".join(case) for case in ANALYTIC]


def problem(case, rng, sizes=(5, 6, 4, 3), m=7):
    hidden, output, cost = case
    network = Network.random(sizes, rng, hidden=hidden, output=output, cost=cost)
    y = rng.choice([-1.0, 1.0], (m, 3)) if cost in ("hinge", "perceptron") else one_hot(rng.integers(0, 3, m), 3)
    return network, rng.normal(size=(m, 5)), y


def loss_of(network, x, y):
    """The loss as a function of all parameters."""
    layers = len(network.weights)
    return lambda p: replace(network, weights=list(p[:layers]), biases=list(p[layers:])).loss(x, y)


def parameters(network):
    return [*network.weights, *network.biases]


@pytest.mark.parametrize("case", ANALYTIC, ids=IDS)
def test_gradients_are_those_of_the_complex_step(case, rng):
    network, x, y = problem(case, rng)
    nabla_w, nabla_b = network.backprop(x, y)
    numeric = complex_step(loss_of(network, x, y), parameters(network))
    assert agree([*nabla_w, *nabla_b], numeric, COMPLEX_STEP_GATE)


@pytest.mark.parametrize("case", ANALYTIC, ids=IDS)
def test_gradients_are_those_of_central_differences(case, rng):
    network, x, y = problem(case, rng)
    nabla_w, nabla_b = network.backprop(x, y)
    numeric = central_differences(loss_of(network, x, y), parameters(network))
    assert agree([*nabla_w, *nabla_b], numeric, CENTRAL_GATE)


def tensorflow_loss(tf, network, variables, x, y):
    """The network and its cost again, in TensorFlow's own operations."""
    functions = {
        "sigmoid": tf.sigmoid,
        "tanh": tf.tanh,
        "relu": tf.nn.relu,
        "softmax": tf.nn.softmax,
        "identity": tf.identity,
    }
    costs = {
        "quadratic": lambda a: tf.reduce_sum((a - y) ** 2) / 2,
        "cross-entropy": lambda a: -tf.reduce_sum(y * tf.math.log(a) + (1 - y) * tf.math.log(1 - a)),
        "log-likelihood": lambda a: -tf.reduce_sum(y * tf.math.log(a)),
        "hinge": lambda a: tf.reduce_sum(tf.nn.relu(1 - y * a)),
        "perceptron": lambda a: tf.reduce_sum(tf.nn.relu(-y * a)),
    }
    layers, a = len(network.weights), tf.constant(x)
    for layer in range(layers):
        z = tf.linalg.matmul(a, variables[layer], transpose_b=True) + variables[layers + layer]
        a = functions[network.output if layer == layers - 1 else network.hidden](z)
    return costs[network.cost](a) / len(x)


@pytest.mark.parametrize("case", ANALYTIC, ids=IDS)
def test_gradients_are_those_of_tensorflows_tape(case, tf, rng):
    network, x, y = problem(case, rng)
    variables = [tf.Variable(w) for w in parameters(network)]
    with tf.GradientTape() as tape:
        loss = tensorflow_loss(tf, network, variables, x, y)
    nabla_w, nabla_b = network.backprop(x, y)
    assert network.loss(x, y) == pytest.approx(float(loss), rel=1e-12)
    assert agree([*nabla_w, *nabla_b], [g.numpy() for g in tape.gradient(loss, variables)], 1e-12)


def test_softmax_regression_is_tensorflows_and_the_complex_steps(tf, rng):
    w, b, x, y = rng.normal(size=(4, 3)), rng.normal(size=3), rng.normal(size=(6, 4)), rng.integers(0, 3, 6)
    variables = [tf.Variable(w), tf.Variable(b)]
    with tf.GradientTape() as tape:
        theirs = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, x @ variables[0] + variables[1]))
    loss, *gradients = loss_and_gradients(w, b, x, y)
    assert loss == pytest.approx(float(theirs), rel=1e-12)
    assert agree(gradients, [g.numpy() for g in tape.gradient(theirs, variables)], 1e-12)
    assert agree(gradients, complex_step(lambda p: loss_and_gradients(*p, x, y)[0], [w, b]), COMPLEX_STEP_GATE)
    for wrong, message in (
        ((w, b, x, y + 3), "y: labels from 3 to"),
        ((w, b[:2], x, y), r"b: shape \(2,\) came, \(3,\)"),
    ):
        with pytest.raises(ValueError, match=message):
            loss_and_gradients(*wrong)


def test_the_slopes_of_single_examples_average_to_the_biases_gradients(rng):
    network, x, y = problem(ANALYTIC[2], rng)
    for delta, nabla_b in zip(network.deltas(x, y), network.backprop(x, y)[1], strict=True):
        np.testing.assert_allclose(delta.mean(axis=0), nabla_b, rtol=1e-12)


def test_a_mask_drops_a_neuron_and_what_it_would_learn(rng):
    network, x, y = problem(ANALYTIC[1], rng)
    masks = [np.ones((7, 6)), np.full((7, 4), 2.0)]
    masks[0][:, 2] = 0
    nabla_w, nabla_b = network.backprop(x, y, masks)
    assert (nabla_w[0][2] == 0).all()
    assert nabla_b[0][2] == 0
    assert (nabla_w[1][:, 2] == 0).all()

    def loss(p):
        zs, _ = replace(network, weights=list(p[:3]), biases=list(p[3:])).forward(x, masks)
        a = 1 / (1 + np.exp(-zs[-1]))
        return COSTS["cross-entropy"].value(a, y)

    assert agree([*nabla_w, *nabla_b], complex_step(loss, parameters(network)), COMPLEX_STEP_GATE)


def test_a_kink_spoils_large_steps_and_is_known(rng):
    network, x, y = problem(("relu", "identity", "quadratic"), rng, sizes=(5, 30, 30, 3), m=40)
    nabla_w, nabla_b = network.backprop(x, y)

    def pattern(p):
        zs, _ = replace(network, weights=list(p[:3]), biases=list(p[3:])).forward(x)
        return np.concatenate([z.ravel() > 0 for z in zs[:-1]])

    crossed = kinks(pattern, parameters(network), 1e-3)
    share = sum(c.sum() for c in crossed) / sum(c.size for c in crossed)
    assert 0 < share < 0.3
    numeric = central_differences(loss_of(network, x, y), parameters(network), 1e-3)
    worst = {True: 0.0, False: 0.0}
    for g, n, c in zip([*nabla_w, *nabla_b], numeric, crossed, strict=True):
        for spoiled in (True, False):
            worst[spoiled] = max(worst[spoiled], np.abs(g - n)[c == spoiled].max(initial=0))
    assert worst[False] <= 1e-8
    assert worst[True] >= 1e-5


@given(st.integers(0, 2**32 - 1), st.integers(1, 9), st.integers(1, 8))
def test_the_order_of_a_batch_does_not_matter_and_its_parts_add_up(seed, m, cut):
    rng = np.random.default_rng(seed)
    network, x, y = problem(ANALYTIC[2], rng, m=m + cut)
    whole = [g for part in network.backprop(x, y) for g in part]
    order = rng.permutation(m + cut)
    for ours, other in zip(whole, [g for part in network.backprop(x[order], y[order]) for g in part], strict=True):
        np.testing.assert_allclose(ours, other, rtol=1e-9, atol=1e-13)
    first, second = ([g for part in network.backprop(x[s], y[s]) for g in part] for s in (slice(m), slice(m, None)))
    for ours, a, b in zip(whole, first, second, strict=True):
        np.testing.assert_allclose(ours, (m * a + cut * b) / (m + cut), rtol=1e-9, atol=1e-13)


@given(
    st.lists(st.integers(1, 6), min_size=2, max_size=5), st.integers(1, 5), st.sampled_from([np.float32, np.float64])
)
def test_shapes_and_precision_run_through(sizes, m, dtype):
    rng = np.random.default_rng(0)
    network = Network.random(sizes, rng, cost="cross-entropy", dtype=dtype)
    x, y = rng.normal(size=(m, sizes[0])).astype(dtype), rng.random((m, sizes[-1])).astype(dtype)
    zs, activations = network.forward(x)
    assert [z.shape for z in zs] == [(m, n) for n in sizes[1:]]
    nabla_w, nabla_b = network.backprop(x, y)
    assert [g.shape for g in nabla_w] == [w.shape for w in network.weights]
    assert {g.dtype for g in [*nabla_w, *nabla_b, *zs, *activations]} == {np.dtype(dtype)}


def test_a_network_that_is_certain_and_wrong_still_learns():
    network = Network([np.array([[1.0]])], [np.array([0.0])], cost="cross-entropy")
    x, y = np.array([[1000.0]]), np.array([[0.0]])
    assert network.loss(x, y) == 1000
    assert network.backprop(x, y)[0][0].tolist() == [[1000.0]]


def test_classes_and_accuracy():
    network = Network([np.eye(3)], [np.zeros(3)], output="softmax", cost="log-likelihood")
    x = np.array([[1.0, 0, 0], [0, 2, 1], [0, 0, 3], [5, 0, 0]])
    assert network.predict(x).tolist() == [0, 1, 2, 0]
    assert network.accuracy(x, np.array([0, 1, 1, 0])) == 0.75


NETWORK = Network.random((4, 2), np.random.default_rng(0))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: NETWORK.forward(np.zeros((2, 3))), r"x: shape \(2, 3\) came, \(m, 4\) with m ≥ 1 expected"),
        (lambda: NETWORK.forward(np.zeros((0, 4))), r"x: shape \(0, 4\) came, \(m, 4\) with m ≥ 1 expected"),
        (lambda: NETWORK.forward(np.zeros(4)), r"x: shape \(4,\) came"),
        (lambda: NETWORK.forward(np.zeros((2, 4), int)), "x: dtype int64 came, float64 or float32 expected"),
        (lambda: NETWORK.forward(np.full((2, 4), np.nan)), r"x: x\[0, 0\] is nan, finite numbers expected"),
        (lambda: NETWORK.backprop(np.zeros((2, 4)), np.zeros((3, 2))), r"y: shape \(3, 2\) came, \(2, 2\) expected"),
        (lambda: NETWORK.accuracy(np.zeros((2, 4)), np.array([0, 2])), "y: labels from 0 to 2 came, 0 to 1 expected"),
        (lambda: NETWORK.accuracy(np.zeros((2, 4)), np.zeros(2)), "y: dtype float64 came, integer labels expected"),
        (lambda: one_hot(np.array([-1]), 3), "y: labels from -1 to -1 came, 0 to 2 expected"),
        (lambda: Network([np.zeros((2, 3))], [np.zeros(3)]), r"biases\[0\]: shape \(3,\) came, \(2,\) expected"),
        (
            lambda: Network([np.zeros((2, 3)), np.zeros((1, 3))], [np.zeros(2), np.zeros(1)]),
            r"weights\[1\]: shape \(1, 3\) came, \(n_out, 2\)",
        ),
        (lambda: Network([np.full((1, 1), np.inf)], [np.zeros(1)]), r"weights\[0\]: weights\[0\]\[0, 0\] is inf"),
        (lambda: replace(NETWORK, hidden="softplus"), "hidden: 'softplus' came, one of identity, relu, sigmoid"),
        (lambda: replace(NETWORK, cost="mse"), "cost: 'mse' came, one of cross-entropy, hinge"),
        (lambda: Network.random((4,), np.random.default_rng(0)), r"sizes: \[4\] came"),
        (lambda: Network.random((4, 0), np.random.default_rng(0)), "n_out: 0 came"),
    ],
)
def test_what_does_not_fit_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
