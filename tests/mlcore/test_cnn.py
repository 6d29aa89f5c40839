"""The small convolutional network: gradients as TensorFlow's, the fast form as the plain, and what it learns."""

from dataclasses import replace

import numpy as np
import pytest

from mlcore import datasets
from mlcore.cnn import CNN, train
from mlcore.fast_cnn import FastCNN
from mlcore.gradient_checking import agree, central_differences
from mlcore.optimizers import SGD, Momentum


def images(dtype=np.float64, m=300):
    found = datasets.mnist_5k(dtype)
    chosen = np.random.default_rng(1).permutation(len(found.y))[:m]
    return found.x[chosen].reshape(m, 28, 28, 1), found.y[chosen]


def small(rng, dtype=np.float64):
    return CNN.random((10, 8, 2), rng, filters=3, size=3, hidden=5, classes=4, dtype=dtype)


def test_gradients_are_tensorflows(tf, rng):
    network, x, y = small(rng), rng.normal(size=(6, 10, 8, 2)), rng.integers(0, 4, 6)
    variables = [tf.Variable(p) for p in network.parameters()]
    filters, filter_biases, hidden, hidden_biases, output, output_biases = variables
    with tf.GradientTape() as tape:
        features = tf.nn.max_pool2d(tf.nn.relu(tf.nn.conv2d(x, filters, 1, "VALID") + filter_biases), 2, 2, "VALID")
        h = tf.nn.relu(tf.reshape(features, (6, -1)) @ hidden + hidden_biases)
        logits = h @ output + output_biases
        theirs = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits))
    loss, gradients = network.loss_and_gradients(x, y)
    assert loss == pytest.approx(float(theirs), rel=1e-12)
    np.testing.assert_allclose(network.logits(x), logits.numpy(), rtol=1e-10)
    assert agree(gradients, [g.numpy() for g in tape.gradient(theirs, variables)], 1e-12)


def test_gradients_are_those_of_central_differences(rng):
    network, x, y = small(rng), rng.normal(size=(4, 10, 8, 2)), rng.integers(0, 4, 4)
    names = ("filters", "filter_biases", "hidden", "hidden_biases", "output", "output_biases")

    def loss(p):
        return replace(network, **dict(zip(names, p, strict=True))).loss_and_gradients(x, y)[0]

    assert agree(network.loss_and_gradients(x, y)[1], central_differences(loss, network.parameters()), 1e-7)


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-10), (np.float32, 1e-3)])
@pytest.mark.parametrize("batch", [10, 64])
def test_the_fast_form_takes_the_same_path(dtype, tolerance, batch):
    x, y = images(dtype, 133)
    network = CNN.random((28, 28, 1), np.random.default_rng(2), dtype=dtype)
    plain = train(network, x, y, epochs=2, batch=batch, optimizer=SGD(0.1), rng=np.random.default_rng(3))
    fast = FastCNN(network, x, y, batch=batch, rate=0.1)
    order = np.random.default_rng(3)
    fast.epoch(order)
    fast.epoch(order)
    for a, b, start in zip(plain.parameters(), fast.trained().parameters(), network.parameters(), strict=True):
        assert np.abs(a - b).max() <= tolerance
        assert np.abs(a - start).max() > 1e-3
        assert b.dtype == dtype


def test_the_fast_form_of_several_channels(rng):
    network, x, y = small(rng), rng.normal(size=(23, 10, 8, 2)), rng.integers(0, 4, 23)
    plain = train(network, x, y, epochs=1, batch=7, optimizer=SGD(0.1), rng=np.random.default_rng(3))
    fast = FastCNN(network, x, y, batch=7, rate=0.1)
    fast.epoch(np.random.default_rng(3))
    assert agree(fast.trained().parameters(), plain.parameters(), 1e-12)


def test_it_learns_digits():
    x, y = images(np.float32, 1500)
    told = []
    network = train(
        CNN.random((28, 28, 1), np.random.default_rng(2), dtype=np.float32), x[:1200], y[:1200],
        epochs=6, batch=20, optimizer=Momentum(0.03), rng=np.random.default_rng(3), progress=told.append,
    )  # fmt: skip
    assert len(told) == 6 * 60
    assert np.mean(told[-20:]) < 0.3 * np.mean(told[:20])
    # 0.92 was seen; of 300 images, three standard deviations less.
    assert network.accuracy(x[1200:], y[1200:]) >= 0.87


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda n: n.logits(np.zeros((1, 10, 8, 3))), r"x: shape \(1, 10, 8, 3\) came, \(m, height, width, 2\)"),
        (lambda n: n.loss_and_gradients(np.zeros((1, 10, 8, 2)), np.array([4])), "y: labels from 4 to 4 came, 0 to 3"),
        (
            lambda n: n.logits(np.zeros((1, 12, 8, 2))),
            "x: 12×8 pixels came, which make 45 features; as many as make 36 expected",
        ),
        (lambda n: CNN.random((5, 5, 1), np.random.default_rng(0)), "image: 5×5 came, at least 6×6 expected"),
        (
            lambda n: FastCNN(n, np.zeros((1, 9, 8, 2)), np.zeros(1, int), batch=1, rate=0.1),
            "x: feature maps of 7×6 come of it, even sides expected",
        ),
    ],
)
def test_what_does_not_fit_is_refused(call, message, rng):
    with pytest.raises(ValueError, match=message):
        call(small(rng))
