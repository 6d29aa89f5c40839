"""Whole trajectories: the plain form against an example-by-example loop, and the fast form against the plain."""

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from bench.per_example import train_epoch
from mlcore import datasets
from mlcore.cnn import CNN
from mlcore.fast_cnn import FastCNN
from mlcore.fast_training import FastSGD
from mlcore.networks import Network, one_hot
from mlcore.optimizers import SGD, Adam
from mlcore.regularization import L1, L2, EarlyStopping
from mlcore.training import train


def images(dtype, m=600):
    """Pixels in rows, as many as MNIST's, and their classes."""
    found = datasets.mnist_5k(dtype)
    chosen = np.random.default_rng(1).permutation(len(found.y))[:m]
    return found.x[chosen], one_hot(found.y[chosen], 10, dtype), found.y[chosen]


def farthest(network, other):
    pairs = zip([*network.weights, *network.biases], [*other.weights, *other.biases], strict=True)
    return max(float(np.abs(a - b).max()) for a, b in pairs)


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-10), (np.float32, 1e-3)])
def test_an_epoch_is_that_of_a_loop_over_examples(dtype, tolerance):
    x, y, _ = images(dtype, 603)
    network = Network.random([784, 30, 30, 10], np.random.default_rng(2), cost="cross-entropy", dtype=dtype)
    plain, _ = train(
        network, x, y, epochs=1, batch=10, optimizer=SGD(0.1), penalty=L2(5.0), rng=np.random.default_rng(3)
    )
    order = np.random.default_rng(3).permutation(len(x))
    weights, biases = train_epoch(network.weights, network.biases, x, y, 10, 0.1, 5.0, order)
    assert farthest(plain, Network(weights, biases)) <= tolerance
    assert farthest(plain, network) > 0.01


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-10), (np.float32, 1e-3)])
@pytest.mark.parametrize("ends", [("sigmoid", "cross-entropy"), ("softmax", "log-likelihood")])
@pytest.mark.parametrize(("sizes", "batch", "decay"), [([784, 30, 30, 10], 10, 5.0), ([784, 20, 10], 128, 0.0)])
def test_the_fast_form_takes_the_same_path(dtype, tolerance, ends, sizes, batch, decay):
    x, y, _ = images(dtype, 1003)
    network = Network.random(sizes, np.random.default_rng(2), output=ends[0], cost=ends[1], dtype=dtype)
    plain, _ = train(
        network, x, y, epochs=2, batch=batch, optimizer=SGD(0.1), penalty=L2(decay), rng=np.random.default_rng(3)
    )
    fast = FastSGD(network, x, y, batch=batch, rate=0.1, decay=decay)
    order = np.random.default_rng(3)
    fast.epoch(order)
    fast.epoch(order)
    assert farthest(fast.trained(), plain) <= tolerance
    assert farthest(network, plain) > 0.01
    assert fast.trained().weights[0].dtype == dtype


def blas_threads():
    return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}


def test_fast_forms_train_on_one_thread_and_leave_the_others_setting(rng, monkeypatch):
    x, y, digits = images(np.float64, 20)
    network = FastSGD(Network.random([784, 5, 10], rng, cost="cross-entropy"), x, y, batch=10, rate=0.1)
    convolutional = FastCNN(CNN.random((28, 28, 1), rng), x.reshape(-1, 28, 28, 1), digits, batch=10, rate=0.1)
    with threadpool_limits(2, user_api="blas"):
        for training in (network, convolutional):
            during = []
            monkeypatch.setattr(training, "step", lambda rows, during=during: during.append(blas_threads()))
            training.epoch(rng)
            assert during == [{1}, {1}]
            assert blas_threads() == {2}


def test_a_batch_larger_than_the_data_is_all_of_it():
    x, y, _ = images(np.float64, 40)
    network = Network.random([784, 5, 10], np.random.default_rng(2), cost="cross-entropy")
    plain, _ = train(network, x, y, epochs=1, batch=100, optimizer=SGD(0.5), rng=np.random.default_rng(3))
    fast = FastSGD(network, x, y, batch=100, rate=0.5)
    fast.epoch(np.random.default_rng(3))
    assert farthest(fast.trained(), plain) <= 1e-12


def test_epochs_tell_their_accuracy_and_training_stops_when_it_stays():
    x, y, classes = images(np.float64)
    network = Network.random([784, 30, 10], np.random.default_rng(2), output="softmax", cost="log-likelihood")
    told = []
    trained, epochs = train(
        network, x[:400], y[:400], epochs=200, batch=10, optimizer=Adam(0.003), rng=np.random.default_rng(3), drop=0.1,
        penalty=L1(0.1), validation=(x[400:], classes[400:]), stopping=EarlyStopping(5), progress=told.append,
    )  # fmt: skip
    assert told == epochs
    assert [epoch.number for epoch in epochs] == list(range(1, len(epochs) + 1))
    assert len(epochs) < 200
    accuracies = [epoch.accuracy for epoch in epochs]
    assert max(accuracies[-5:]) <= max(accuracies[:-5])
    assert accuracies[-1] == trained.accuracy(x[400:], classes[400:]) >= 0.8


def test_the_same_generator_gives_the_same_network():
    x, y, _ = images(np.float64, 100)
    runs = [
        train(
            Network.random([784, 8, 10], np.random.default_rng(1)), x, y, epochs=2, batch=7, optimizer=SGD(1.0),
            rng=np.random.default_rng(9), drop=0.5,
        )[0]
        for _ in range(2)
    ]  # fmt: skip
    assert farthest(*runs) == 0


X, Y = np.zeros((3, 4)), np.zeros((3, 2))
NETWORK = Network.random((4, 2), np.random.default_rng(0), cost="cross-entropy")


def trained(x=X, y=Y, **changed):
    given = {"epochs": 1, "batch": 2, "optimizer": SGD(0.1), "rng": np.random.default_rng(0), **changed}
    return train(NETWORK, x, y, **given)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: trained(x=X[:0], y=Y[:0]), r"x: shape \(0, 4\) came, \(m, 4\) with m ≥ 1 expected"),
        (lambda: trained(y=Y[:2]), r"y: shape \(2, 2\) came, \(3, 2\) expected"),
        (lambda: trained(batch=0), "batch: 0 came, a whole number from 1 on expected"),
        (lambda: trained(epochs=-1), "epochs: -1 came, a whole number from 0 on expected"),
        (lambda: trained(drop=1.0), "drop: 1.0 came"),
        (lambda: trained(stopping=EarlyStopping(1)), "stopping: early stopping needs validation examples"),
        (lambda: FastSGD(NETWORK, X, Y, batch=0, rate=0.1), "batch: 0 came"),
        (lambda: FastSGD(NETWORK, X, Y, batch=1, rate=0.1, decay=50), "1 − rate·decay/m: -0.6.* came"),
        (
            lambda: FastSGD(Network.random((4, 2), np.random.default_rng(0)), X, Y, batch=1, rate=0.1),
            "network: hidden sigmoid, output sigmoid, cost quadratic came; hidden sigmoid, and one of these expected: "
            "sigmoid with cross-entropy, softmax with log-likelihood",
        ),
    ],
)
def test_what_cannot_be_trained_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
