"""One step of descent and its norms against mlcore, on small networks; then epoch by epoch on 1,000 digits.

The digits are the first 1,000 training images of MNIST where it was fetched, else 100 of each class of the small set.
"""

from dataclasses import replace
from functools import cache

import numpy as np

from grader.checks import Evidence, Mismatch, check, checked_layers, checked_parts, compare_array
from grader.errors import CheckFailed
from mlcore import datasets
from mlcore.blas import one_thread
from mlcore.networks import Network, one_hot
from mlcore.optimizers import SGD
from mlcore.regularization import L2
from mlcore.training import step
from mlcore.unstable_gradients import layer_norms, speed_of_learning

# A number does not show the precision that it was computed in; the mistakes lie a thousand times further apart.
NORM_TOLERANCE = 1e-5
# Single precision leaves the curve by 1e-5 in 60 epochs.
CURVE_TOLERANCE = 1e-4
EPOCHS, RATE, DECAY = 60, 0.1, 5.0
# What is wrong shows here already, without the whole of the reference's training.
FIRST_EPOCHS = 2
IMAGES = 1000
# How many times faster the last hidden layer learns than the first, at the start and after the last epoch, and wide
# enough for any draw. Seen were 64 to 274 in 400 networks and 33 to 103 in 120 on MNIST, 64 to 284 and 32 to 101 on
# the small set.
BANDS = {"MNIST": ((30, 600), (15, 220)), "the small MNIST": ((30, 620), (15, 220))}


# --- the digits --------------------------------------------------------------------------------------


@cache
def full(folder):
    training, _, _ = datasets.mnist(np.float32, folder)
    return training.x[:IMAGES].astype(float), one_hot(training.y[:IMAGES], 10)


@cache
def small():
    images = datasets.mnist_5k()
    rows = slice(None, None, len(images.y) // IMAGES)
    return images.x[rows], one_hot(images.y[rows], 10)


def digits():
    """Images, their classes as rows of 0 and 1, and which set they are of."""
    try:
        return *full(datasets.default_folder()), "MNIST"
    except datasets.DatasetError:
        return *small(), "the small MNIST"


# --- one step ----------------------------------------------------------------------------------------


def drawn(rng, sizes, m):
    """A network with the cross-entropy, and a batch."""
    net = replace(Network.random(sizes, rng), cost="cross-entropy")
    return net, rng.normal(size=(m, sizes[0])), rng.uniform(size=(m, sizes[-1]))


def descend(student, weights, biases, x, y, rate, decay):
    """The student's weights, biases and norms."""
    reply = student.descend(weights, biases, x, y, rate, decay)
    return checked_parts(reply, "descend", ("weights", "biases", "norms"))


def arrays(group, expected, name, tolerance=None):
    """The comparisons of a list of arrays or numbers, one each a layer. Raises CheckFailed where it is no such list."""
    said = ("number", "one for each hidden layer") if name == "norms" else ()
    values = checked_layers(group, len(expected), name, *said)
    return [
        compare_array(value, np.asarray(right), f"{name}[{i}]", tolerance)
        for i, (value, right) in enumerate(zip(values, expected, strict=True))
    ]


def judged(comparisons, *, norms=False, when=""):
    wrong = [c for c in comparisons if not c.passed]
    evidence = Evidence(tuple(comparisons), norms=norms)
    if wrong:
        more = f" {len(wrong) - 1} more of {len(comparisons)} differ too." if len(wrong) > 1 else ""
        raise Mismatch(when + wrong[-1].problem + more, evidence)
    return evidence


def norms_asked(student, net, x, y, rate, decay):
    _, _, norms = descend(student, net.weights, net.biases, x, y, rate, decay)
    return judged(arrays(norms, layer_norms(net, x, y), "norms", NORM_TOLERANCE), norms=True)


def step_asked(student, net, x, y, rate, decay):
    weights, biases, _ = descend(student, net.weights, net.biases, x, y, rate, decay)
    after, _ = step(net, x, y, SGD(rate), None, L2(decay), len(x))
    return judged(arrays(weights, after.weights, "weights") + arrays(biases, after.biases, "biases"))


# The rates are large, so that a wrong slope is as plain in the weights as it is by itself.


@check("The norms, before the step", points=2)
def norms_before(student, rng):
    return norms_asked(student, *drawn(rng, (7, 6, 5, 4, 3), 6), 20.0, 3.0)


@check("One step", points=3)
def one_step(student, rng):
    return step_asked(student, *drawn(rng, (7, 6, 5, 4, 3), 6), 20.0, 0.4)


@check("Layers of equal width", points=2)
def equal_width(student, rng):
    given = drawn(rng, (5, 5, 5, 5), 8)
    norms_asked(student, *given, 10.0, 0.5)
    return step_asked(student, *given, 10.0, 0.5)


@check("A batch of one, without decay", points=1)
def batch_of_one(student, rng):
    given = drawn(rng, (4, 5, 3), 1)
    norms_asked(student, *given, 5.0, 0.0)
    return step_asked(student, *given, 5.0, 0.0)


# --- along the epochs --------------------------------------------------------------------------------


def along(student, net, x, y, epochs):
    """The student's norms at the start and after each epoch, where they are the reference's, and what was seen last."""
    with one_thread():
        expected = speed_of_learning(net, x, y, epochs=epochs, rate=RATE, decay=DECAY)
    weights, biases, curve = net.weights, net.biases, []
    for epoch in range(epochs + 1):
        weights, biases, norms = descend(student, weights, biases, x, y, RATE, DECAY)
        when = f"After {epoch} epoch{'s' * (epoch > 1)}: " if epoch else "At the start: "
        evidence = judged(arrays(norms, expected[epoch], "norms", CURVE_TOLERANCE), norms=True, when=when)
        curve.append([float(c.received) for c in evidence.comparisons])
        if epoch:
            student.at_epoch(epoch, EPOCHS)
    return np.array(curve), evidence


@check("Sixty epochs on a thousand digits", points=2)
def sixty_epochs(student, rng):
    x, y, which = digits()
    net = Network.random((784, 30, 30, 30, 30, 10), rng)
    along(student, net, x, y, FIRST_EPOCHS)
    curve, evidence = along(student, net, x, y, EPOCHS)
    ratios = curve[:, -1] / curve[:, 0]
    for ratio, (low, high), when in zip(ratios[[0, -1]], BANDS[which], ("start", "end"), strict=True):
        if not low <= ratio <= high:
            raise CheckFailed(
                f"At the {when} your last hidden layer learns {ratio:.3g} times as fast as the first; on {which} it is "
                f"from {low} to {high} times."
            )
    return evidence
