"""Whether mlcore's perceptron separates three tasks by the student's features, fresh points included."""

import numpy as np

from grader.checks import check, compare_values, kind_of
from grader.errors import CheckFailed
from mlcore import perceptron

MOST = 3
POINTS, FRESH, EPOCHS = 120, 200, 200
# With the solution the worst of a hundred draws was .95; without the mixed product no epoch is clean.
SHARE = 0.90


def corners(rng, m):
    """Points around the corners of the unit square: exclusive or."""
    x = rng.integers(0, 2, (m, 2))
    return x + rng.uniform(-0.2, 0.2, (m, 2)), np.where(x[:, 0] != x[:, 1], 1, -1)


def quadrants(rng, m, center=(0.0, 0.0)):
    """Points around a center: +1 where both inputs lie on the same side of it."""
    side = rng.choice([-1, 1], (m, 2))
    return center + side * rng.uniform(0.4, 3, (m, 2)), side[:, 0] * side[:, 1]


def features_of(student, x):
    """The student's features of these points, (m, k) floats, or what is wrong with them."""
    reply = student.features(x)
    shape = f"expected one of shape ({len(x)}, k) with k from 1 to {MOST}"
    try:
        found = np.asarray(reply) if isinstance(reply, list | tuple | np.ndarray) else None
    except ValueError:  # rows of unequal length
        found = None
    if found is None or found.ndim != 2 or found.dtype.kind not in "biuf":
        raise CheckFailed(f"`features` returned {kind_of(reply)}, {shape}. One feature alone is a column: (m, 1).")
    if len(found) != len(x):
        hint = " It is transposed." if found.shape[1] == len(x) else ""
        raise CheckFailed(f"`features` returned an array of shape {found.shape}, {shape}.{hint}")
    found = found.astype(float)
    if not 1 <= found.shape[1] <= MOST:
        raise CheckFailed(f"`features` gives each point {found.shape[1]} features, at most {MOST} are allowed.")
    if not np.isfinite(found).all():
        at = tuple(int(i) for i in np.argwhere(~np.isfinite(found))[0])
        raise CheckFailed(
            f"`features` gives {found[at]} for the point {x[at[0]].round(3).tolist()}, expected a number."
        )
    return found


def solves(student, training, fresh):
    """Raises CheckFailed where the features don't let the perceptron separate the points, or where fresh ones fail."""
    (x, y), (new, labels) = training, fresh
    found = features_of(student, x)
    size = np.abs(found).max(axis=0)
    size[size == 0] = 1
    w, b, mistakes = perceptron.train(found / size, y, EPOCHS)
    if 0 not in mistakes:
        raise CheckFailed(
            f"By your features (k = {found.shape[1]}) the perceptron does not separate the points: it still makes "
            f"{mistakes[-1]} mistakes in epoch {EPOCHS}. Which combination of the inputs tells the labels apart here?"
        )
    answers = features_of(student, new)
    if answers.shape[1] != found.shape[1]:
        raise CheckFailed(
            f"`features` gave {found.shape[1]} features before and {answers.shape[1]} now. Keep to one map."
        )
    share = (perceptron.predict(w, b, answers / size) == labels).mean()
    if not share >= SHARE:
        raise CheckFailed(
            f"The perceptron separates the points that it was trained on, but of {FRESH} fresh ones only {share:.1%} "
            f"are right, expected {SHARE:.0%}. A feature has to mean the same for every point."
        )


@check("The exclusive or", points=3)
def exclusive_or(student, rng):
    solves(student, corners(rng, POINTS), corners(rng, FRESH))


@check("Quadrants around the origin", points=3)
def around_the_origin(student, rng):
    solves(student, quadrants(rng, POINTS), quadrants(rng, FRESH))


@check("Quadrants around a center elsewhere", points=3)
def elsewhere(student, rng):
    center = rng.choice([-1, 1], 2) * rng.uniform(1.5, 3, 2)
    solves(student, quadrants(rng, POINTS, center), quadrants(rng, FRESH, center))


@check("Every point by itself", points=1)
def by_itself(student, rng):
    x = rng.normal(0, 2, (7, 2))
    together = features_of(student, x)
    for i in range(len(x)):
        features_of(student, x[i : i + 1])
        try:
            compare_values([student.calls[-1].reply], {"features(x)": together[i : i + 1]})
        except CheckFailed as error:
            raise CheckFailed(
                f"The point {x[i].round(3).tolist()} has other features alone than among {len(x)}: {error} "
                "Make each row of its own row only."
            ) from error
