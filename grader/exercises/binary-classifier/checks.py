"""Fitting against mlcore: until an epoch is clean, or until no more are allowed; and predicting, on the plane too."""

import numpy as np

from grader.checks import check, compare_arrays, compare_values
from mlcore import perceptron

MOST_EPOCHS = 60


def fitted(student, x, y, most_epochs):
    """The student's fit, held against the reference's up to its first clean epoch. The labels arrive as integers."""
    y = np.asarray(y, dtype=int)
    w, b, mistakes = perceptron.train(x, y, most_epochs)
    epochs = mistakes.index(0) + 1 if 0 in mistakes else most_epochs
    expected = {"w": w, "b": b, "mistakes": sum(mistakes), "epochs": epochs}
    return compare_values(student.fit(x, y, most_epochs), expected)


def predicted(student, w, b, x):
    """The student's labels, held against the reference's."""
    return compare_arrays(student.predict(w, b, x), perceptron.predict(w, b, x), "predict(w, b, x)")


def separable(rng, m, n):
    """Examples that a plane off the origin separates by some margin, the first of them with the label −1."""
    plane = rng.normal(size=n)
    plane /= np.linalg.norm(plane)
    y = rng.choice([-1, 1], m)
    y[:2] = -1, 1
    side = y * rng.uniform(0.3, 2, m) + 2
    x = rng.normal(0, 2, (m, n))
    return x + np.outer(side - x @ plane, plane), y


def instructive(rng, m, n):
    """Separable examples, and the epochs that they need: four or more, the first of which ends with a right answer."""
    while True:
        x, y = separable(rng, m, n)
        mistakes = perceptron.train(x, y, MOST_EPOCHS)[2]
        if 0 not in mistakes[:4] and 0 in mistakes and mistakes[0] == perceptron.train(x[:-1], y[:-1], 1)[2][0]:
            return x, y, mistakes.index(0) + 1


@check("Until an epoch is clean", points=3)
def until_clean(student, rng):
    x, y, _ = instructive(rng, 11, 3)
    return fitted(student, x, y, MOST_EPOCHS)


@check("As many examples as weights, of two classes and of one", points=1)
def square(student, rng):
    x, y = separable(rng, 5, 5)
    fitted(student, x, y, MOST_EPOCHS)
    return fitted(student, x, -np.ones(5), MOST_EPOCHS)


@check("Stopped at most_epochs", points=2)
def stopped(student, rng):
    x, y, epochs = instructive(rng, 12, 2)
    fitted(student, x, y, epochs)
    fitted(student, x, y, epochs - 1)
    # Exclusive or, moved off the origin: no plane separates it.
    signs, labels = perceptron.XOR
    return fitted(student, 2 * signs + rng.uniform(0.5, 1, 2), labels, 7)


@check("Predictions", points=2)
def predictions(student, rng):
    w, b = rng.normal(size=4), float(rng.choice([-1, 1]))
    predicted(student, w, b, rng.normal(0, 2, (4, 4)))
    return predicted(student, w, b, rng.normal(0, 2, (23, 4)))


@check("Predictions on the plane", points=1)
def on_the_plane(student, rng):
    # Whole numbers, so that the second and third lie exactly on it.
    w, b = np.array([2.0, -1.0]), 3.0
    a, c, d = rng.integers(-3, 4, 3).astype(float)
    return predicted(student, w, b, np.array([[a, 2 * a + 2], [c, 2 * c + 3], [d, 2 * d + 3], [d, 2 * d + 4]]))


@check("What was learned, on new examples", points=1)
def new_examples(student, rng):
    x, y, _ = instructive(rng, 17, 3)
    fitted(student, x, y, MOST_EPOCHS)
    w, b, _, _ = student.calls[-1].reply
    return predicted(student, np.asarray(w, dtype=float).reshape(3), float(b), rng.normal(0, 4, (31, 3)))
