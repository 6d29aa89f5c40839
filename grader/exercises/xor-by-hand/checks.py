"""A network chosen by hand: its shapes, its output at the four corners, and around them."""

import numpy as np

from grader.checks import check, checked_array, checked_parts, kind_of
from grader.errors import CheckFailed
from mlcore.networks import Network

NOISE = 0.2
MOST = 4
LARGEST = 1e6
PARTS = ("w1", "b1", "w2", "b2")
EQUAL, DIFFERENT = [(0, 0), (1, 1)], [(0, 1), (1, 0)]


def built(student):
    """The student's network. Raises CheckFailed where its shapes are not those of one."""
    parts = checked_parts(student.network(), "network", PARTS)
    rows = parts[0]
    if not isinstance(rows, list | tuple | np.ndarray) or (isinstance(rows, np.ndarray) and not rows.ndim):
        raise CheckFailed(f"`w1` is {kind_of(rows)}, expected an array of shape (k, 2), one row a hidden neuron.")
    k = len(rows)
    if not 2 <= k <= MOST:
        raise CheckFailed(f"`w1` has {k} rows, one a hidden neuron; expected 2 to {MOST}.")
    shapes = (k, 2), (k,), (1, k), (1,)
    w1, b1, w2, b2 = (
        checked_array(part, shape, name, LARGEST) for part, shape, name in zip(parts, shapes, PARTS, strict=True)
    )
    return Network([w1, w2], [b1, b2])


def answers(network, points, different):
    """Raises CheckFailed at the first point where the output is not what exclusive-or wants."""
    _, (_, hidden, output) = network.forward(np.asarray(points, dtype=float))
    right = output[:, 0] > 0.9 if different else output[:, 0] < 0.1
    if not right.all():
        i = int(np.argmin(right))
        x, y = (f"{v:.3g}" for v in points[i])
        wanted = "above 0.9" if different else "below 0.1"
        raise CheckFailed(
            f"At ({x}, {y}) the output is {output[i, 0]:.3f}, expected {wanted}. "
            f"The hidden neurons answer {', '.join(f'{a:.2f}' for a in hidden[i])} there."
        )


def around(rng, corner):
    """Points of the square of noise around a corner: a grid with its border, and some more."""
    axis = np.linspace(-NOISE, NOISE, 9)
    grid = np.array([(p, q) for p in axis for q in axis])
    return np.array(corner) + np.vstack([grid, rng.uniform(-NOISE, NOISE, (50, 2))])


@check("A network of the right shapes", points=1)
def shapes(student, rng):
    built(student)


@check("Equal bits", points=2)
def equal(student, rng):
    answers(built(student), EQUAL, different=False)


@check("Different bits", points=3)
def different(student, rng):
    answers(built(student), DIFFERENT, different=True)


@check("With noise", points=4)
def noise(student, rng):
    network = built(student)
    for corner in EQUAL:
        answers(network, around(rng, corner), different=False)
    for corner in DIFFERENT:
        answers(network, around(rng, corner), different=True)
