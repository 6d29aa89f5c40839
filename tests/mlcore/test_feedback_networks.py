"""Networks that feed back: Hopfield's memory and back-propagation through time."""

from dataclasses import replace

import numpy as np
import pytest

from mlcore import hopfield
from mlcore.gradient_checking import agree, complex_step
from mlcore.networks import one_hot
from mlcore.optimizers import Adam
from mlcore.recurrent import RNN

# --- Hopfield ----------------------------------------------------------------------------------------


def test_a_pattern_with_some_bits_flipped_is_recalled(rng):
    patterns = rng.choice([-1, 1], (6, 120))
    weights = hopfield.hebbian_weights(patterns)
    for pattern in patterns:
        disturbed = pattern.copy()
        disturbed[rng.choice(120, 18, replace=False)] *= -1
        kept = disturbed.copy()
        np.testing.assert_array_equal(hopfield.recall(weights, disturbed, rng), pattern)
        np.testing.assert_array_equal(disturbed, kept)


def test_far_more_patterns_than_fit_are_forgotten(rng):
    patterns = rng.choice([-1, 1], (40, 100))
    weights = hopfield.hebbian_weights(patterns)
    kept = [(hopfield.recall(weights, pattern, rng) == pattern).all() for pattern in patterns]
    assert np.mean(kept) < 0.5


def test_recalling_never_raises_the_energy(rng):
    weights = hopfield.hebbian_weights(rng.choice([-1, 1], (5, 60)))
    for _ in range(20):
        state = rng.choice([-1, 1], 60)
        settled = hopfield.recall(weights, state, rng)
        assert hopfield.energy(weights, settled) <= hopfield.energy(weights, state)
        flipped = [hopfield.energy(weights, np.where(np.arange(60) == i, -settled, settled)) for i in range(60)]
        assert min(flipped) >= hopfield.energy(weights, settled) - 1e-12


def test_what_is_no_memory_is_refused(rng):
    with pytest.raises(ValueError, match=r"patterns: values \[0\.\] came, \(k, n\) of −1 and \+1 expected"):
        hopfield.hebbian_weights(np.zeros((2, 2)))
    with pytest.raises(ValueError, match=r"weights: shape \(3, 3\) came, \(2, 2\) expected"):
        hopfield.recall(np.zeros((3, 3)), np.ones(2), rng)
    with pytest.raises(ValueError, match="weights: not settled after 5 sweeps"):
        hopfield.recall(np.array([[0.0, 1.0], [-1.0, 0.0]]), np.ones(2), rng, sweeps=5)


# --- recurrent ---------------------------------------------------------------------------------------


def sequences(rng, m=4, steps=6):
    return rng.normal(size=(m, steps, 3)), rng.integers(0, 2, (m, steps))


def test_gradients_through_time_are_those_of_the_complex_step(rng):
    network = RNN.random(3, 5, 2, rng)
    x, y = sequences(rng)
    numeric = complex_step(lambda p: RNN(*p).loss(x, y), network.parameters())
    assert agree(network.backprop_through_time(x, y), numeric, 1e-12)


def test_gradients_through_time_are_tensorflows(tf, rng):
    network = RNN.random(3, 5, 2, rng)
    x, y = sequences(rng)
    variables = u, w, b, v, c = [tf.Variable(p) for p in network.parameters()]
    with tf.GradientTape() as tape:
        h, losses = tf.zeros((4, 5), tf.float64), []
        for t in range(x.shape[1]):
            h = tf.tanh(x[:, t] @ u + h @ w + b)
            losses.append(tf.nn.sparse_softmax_cross_entropy_with_logits(y[:, t], h @ v + c))
        loss = tf.reduce_mean(losses)
    assert network.loss(x, y) == pytest.approx(float(loss), rel=1e-12)
    gradients = [g.numpy() for g in tape.gradient(loss, variables)]
    assert agree(network.backprop_through_time(x, y), gradients, 1e-12)


def test_it_learns_what_only_a_memory_can_tell(rng):
    """The label of a step is the bit that was seen two steps before."""
    network, optimizer = RNN.random(2, 16, 2, rng), Adam(0.02)
    state = optimizer.start(network.parameters())
    for _ in range(250):
        bits = rng.integers(0, 2, (32, 10))
        x, y = one_hot(bits.ravel(), 2).reshape(32, 10, 2), np.roll(bits, 2, axis=1)
        y[:, :2] = 0
        moved, state = optimizer.update(network.parameters(), network.backprop_through_time(x, y), state)
        network = RNN(*moved)
    bits = rng.integers(0, 2, (200, 10))
    found = network.predict(one_hot(bits.ravel(), 2).reshape(200, 10, 2))
    assert (found[:, 2:] == bits[:, :-2]).mean() >= 0.98


def test_shapes_that_do_not_fit_are_refused(rng):
    network = RNN.random(3, 5, 2, rng)
    x, y = sequences(rng)
    with pytest.raises(ValueError, match=r"x: shape \(4, 3\) came, \(m, T, 3\) with m, T ≥ 1 expected"):
        network.forward(x[:, 0])
    with pytest.raises(ValueError, match=r"y: shape \(4, 5\) came, \(4, 6\) expected, one label a step"):
        network.loss(x, y[:, 1:])
    with pytest.raises(ValueError, match="y: labels from 0 to 2 came, 0 to 1 expected"):
        network.loss(x, np.where(y == 1, 2, 0))
    with pytest.raises(ValueError, match=r"w: shape \(4, 5\) came, \(5, 5\) expected"):
        replace(network, w=network.w[1:])
