"""The four arrays of five bumps, each for itself, and how far their weighted sum is from σ⁻¹∘f on average."""

import numpy as np

from grader.checks import check, checked_array, checked_parts
from grader.errors import CheckFailed
from mlcore import universality
from mlcore.networks import Network

N = 5
SHAPES = {"w1": (2 * N, 1), "b1": (2 * N,), "w2": (1, 2 * N), "b2": (1,)}
STEPS = np.repeat(np.arange(N + 1), 2)[1:-1] / N
LARGEST = 1e9
STEEP_ENOUGH = 500.0
# What a tenth of a percent of a window is: no one sees the difference, and single precision stays far below it.
NEAR = 2e-4
MOST = 0.40


def read(student, *names):
    """These arrays of the student's reply: of the right shape, finite, and of a size that sums can be made of."""
    arrays = dict(zip(SHAPES, checked_parts(student.parameters(), "parameters", SHAPES), strict=True))
    return [checked_array(arrays[name], SHAPES[name], name, LARGEST) for name in names]


def listed(values):
    return ", ".join(f"{v + 0.0:.3g}" for v in values)


@check("First weights", points=1)
def first_weights(student, rng):
    (w1,) = read(student, "w1")
    w = w1[:, 0]
    if not (w >= STEEP_ENOUGH).all():
        j = int(np.argmax(w < STEEP_ENOUGH))
        raise CheckFailed(
            f"`w1[{j}, 0]` is {w[j]:.4g}, expected at least {STEEP_ENOUGH:g}. "
            + ("A hidden neuron with a negative weight steps down." if w[j] < 0 else "The step is not steep enough.")
        )


@check("Where the steps are", points=2)
def steps(student, rng):
    w1, b1 = read(student, "w1", "b1")
    w = w1[:, 0]
    if (np.abs(w) < 1e-6).any():
        raise CheckFailed(f"`w1[{int(np.argmin(np.abs(w)))}, 0]` is as good as 0: without a weight there is no step.")
    found = -b1 / w
    if (np.abs(found - STEPS) <= NEAR).all():
        return
    if (np.abs(found + STEPS) <= NEAR).all():
        more = "The biases have the opposite sign: a neuron steps at s = −b/w, so that b = −ws."
    elif (np.abs(-b1 - STEPS) <= NEAR).all():
        more = "The biases are −s, without the weight: a neuron steps at s = −b/w, so that b = −ws."
    elif (np.abs(np.sort(found) - STEPS) <= NEAR).all():
        more = "The places are right, their order is not: bump after bump, its left border before its right one."
    else:
        j = int(np.argmax(np.abs(found - STEPS)))
        more = f"Hidden neuron {j} steps at {found[j]:.4g}, expected {STEPS[j]:.1f}. The bias of a step at s is −ws."
    raise CheckFailed(f"Your steps −b/w are at {listed(found)}. {more}")


@check("Output weights in pairs", points=2)
def output_weights(student, rng):
    (w2,) = read(student, "w2")
    up, down = w2[0, ::2], w2[0, 1::2]
    if not w2.any():
        raise CheckFailed("All output weights are 0. They are the heights of the bumps: h and −h for each pair.")
    wrong = ~(np.abs(up + down) <= 1e-6 * np.abs(up))
    if not wrong.any():
        return
    k = int(np.argmax(wrong))
    if (np.abs(up - down) <= 1e-6 * np.abs(up)).all():
        more = "Both steps go up. The second one of a pair takes the first one back: it has the opposite sign."
    elif not down.any():
        more = "The second step of each pair is missing: without −h a bump never ends."
    elif (np.abs(w2[0, :N] + w2[0, N:]) <= 1e-6 * np.abs(w2[0, :N])).all():
        more = "All five h come first and then all five −h. Keep the order of the hidden neurons: h and −h in turns."
    else:
        more = "The second one of a pair is minus the first."
    raise CheckFailed(f"Bump {k + 1} has the output weights {up[k] + 0.0:.4g} and {down[k] + 0.0:.4g}. {more}")


@check("Output bias", points=1)
def output_bias(student, rng):
    (b2,) = read(student, "b2")
    if b2[0] != 0:
        raise CheckFailed(
            f"`b2[0]` is {b2[0]:.4g}, expected 0. Between its steps a bump is its height by itself; a bias would move "
            "all five."
        )


@check("Average deviation at most 0.40", points=4)
def deviation(student, rng):
    w1, b1, w2, b2 = read(student, *SHAPES)
    network = Network([w1, w2], [b1, b2])
    inverse = universality.before_sigmoid(universality.goal)
    found = universality.average_deviation(lambda x: universality.weighted_sum(network, x), inverse)
    if not found <= MOST:
        raise CheckFailed(
            f"The average deviation of the weighted sum from σ⁻¹(f(x)) is {found:.3f}, expected at most {MOST:.2f}. "
            f"{advice(network, w2, inverse)}"
        )


def advice(network, w2, inverse):
    """Where to look: at the other arrays, at f in place of σ⁻¹∘f, or at the bump with which most can be gained."""
    heights = w2[0, ::2]
    between = (np.arange(N)[:, None] + np.linspace(0.1, 0.9, 81)) / N
    sums = universality.weighted_sum(network, between.ravel()).reshape(between.shape)
    if not (np.abs(sums - heights[:, None]) <= 0.02 * np.abs(heights).max()).all():
        k = int(np.argmax(np.abs(sums - heights[:, None]).max(axis=1)))
        return (
            f"Between {k / N:.1f} and {(k + 1) / N:.1f} the sum is not the bump's height {heights[k]:.3g}: see first "
            "to the weights and biases that the other checks are about."
        )
    x = (np.arange(N)[:, None] + np.linspace(0, 1, 201)) / N
    off, off_f = (np.abs(heights[:, None] - target(x)).mean() for target in (inverse, universality.goal))
    if off_f < off / 4:
        return "Your heights follow f itself; the output neuron applies σ, so they have to follow σ⁻¹(f(x))."
    best = np.median(inverse(x), axis=1)
    gain = (np.abs(heights[:, None] - inverse(x)) - np.abs(best[:, None] - inverse(x))).mean(axis=1)
    k = int(np.argmax(gain))
    return (
        f"Most can be gained between {k / N:.1f} and {(k + 1) / N:.1f}: your height there is {heights[k]:.3g}, and "
        f"σ⁻¹(f(x)) lies mostly {'above' if best[k] > heights[k] else 'below'} it."
    )
