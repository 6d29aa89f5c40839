"""How the perceptron ends, against mlcore's path: exclusive or, circles that begin late, rest, and too few epochs."""

import numpy as np

from grader.checks import check, kind_of
from grader.errors import CheckFailed
from mlcore import perceptron

MOST = 40


def states(x, y, most):
    """The states after 0, 1, 2, … epochs, up to the first that repeats or rests, and the mistakes of the last epoch."""
    found = [(*np.zeros(x.shape[1]), 0.0)]
    for epoch in range(1, most + 1):
        w, b, mistakes = perceptron.train(x.astype(float), y, epoch)
        found.append((*w, b))
        if mistakes[-1] == 0 or found[-1] in found[:-1]:
            return found, mistakes[-1]
    return found, None


def ending(x, y, most):
    """(start, length), (start, 0) or None, as the statement has it."""
    found, mistakes = states(x, y, most)
    if mistakes is None:
        return None
    start = found.index(found[-1])
    return start, len(found) - 1 - start if mistakes else 0


def without_bias(x, y, most):
    """What it looks like to one who watches the weights alone."""
    weights = [state[:-1] for state in states(x, y, most)[0]]
    return next(((weights.index(w), t - weights.index(w)) for t, w in enumerate(weights) if w in weights[:t]), None)


def by_sum(x, y):
    """Whether the sum of all y·x and y separates the examples, which updates without a mistake end at."""
    return bool((y * (x @ (y @ x) + y.sum())).min() > -4)


def asked(student, x, y, most):
    """The student's ending, held against the reference's."""
    right = ending(x, y, most)
    reply = student.cycle(x, y, most)
    given = f"x = {x.tolist()}, y = {y.tolist()} and at most {counted(most)}"
    if not (read(reply) == right if right else reply is None):
        raise CheckFailed(f"With {given}, `cycle` is {shown(reply)}, expected {right}: {because(right, most)}.")


def read(reply):
    """Two numbers as a tuple; None where the reply is anything else."""
    values = reply.tolist() if isinstance(reply, np.ndarray) else reply
    if not isinstance(values, list | tuple) or len(values) != 2:
        return None
    numbers = tuple(v.item() if isinstance(v, np.generic) else v for v in values)
    return numbers if all(isinstance(v, int | float) and not isinstance(v, bool) for v in numbers) else None


def shown(reply):
    return read(reply) or kind_of(reply)


def because(right, most):
    if right is None:
        return f"no state comes back within {counted(most)}, and each epoch has mistakes"
    start, length = right
    if length == 0:
        return f"epoch {start + 1} is the first without a mistake"
    return f"the state after {counted(start + length)} is the one after {start}"


def counted(epochs):
    return f"{epochs} epoch{'s' if epochs > 1 else ''}"


def drawn(rng, m, n, wanted):
    """Whole-numbered examples whose ending is as wanted."""
    while True:
        x, y = rng.integers(-2, 3, (m, n)), rng.choice([-1, 1], m)
        found = ending(x, y, MOST)
        if found and wanted(x, y, *found):
            return x, y, found


@check("The exclusive or", points=2)
def exclusive_or(student, rng):
    x, y = (a.astype(int) for a in perceptron.XOR)
    asked(student, x, y, MOST)
    order = rng.permutation(4)
    asked(student, x[order], y[order], MOST)
    asked(student, (2 * x - 1)[order], y[order], MOST)


@check("A circle that begins late", points=3)
def late(student, rng):
    x, y, _ = drawn(rng, 5, 2, lambda x, y, start, length: start >= 1 and length == 1)
    asked(student, x, y, MOST)
    x, y, _ = drawn(rng, 6, 2, lambda x, y, start, length: start >= 2 and length >= 2)
    asked(student, x, y, MOST)
    # The weights come back before the bias does.
    x, y, _ = drawn(rng, 5, 2, lambda x, y, *found: found[1] >= 2 and without_bias(x, y, MOST) != found)
    asked(student, x, y, MOST)


@check("Examples that a plane separates", points=2)
def separable(student, rng):
    # A single example is learned at once, by whatever rule moves at all.
    asked(student, rng.integers(1, 4, (1, 2)), np.array([rng.choice([-1, 1])]), MOST)
    x, y, _ = drawn(rng, 5, 2, lambda x, y, start, length: length == 0 and start >= 2 and not by_sum(x, y))
    asked(student, x, y, MOST)
    x, y, _ = drawn(rng, 5, 5, lambda x, y, start, length: length == 0 and start >= 1)
    asked(student, x, y, MOST)


@check("Just enough epochs, and too few", points=3)
def few(student, rng):
    x, y, (start, length) = drawn(rng, 6, 2, lambda x, y, start, length: length >= 2 and start >= 1)
    asked(student, x, y, start + length)
    asked(student, x, y, start + length - 1)
    x, y, (start, _) = drawn(rng, 4, 3, lambda x, y, start, length: length == 0 and start >= 2)
    asked(student, x, y, start + 1)
    asked(student, x, y, start)
