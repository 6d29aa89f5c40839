"""Ten hidden neurons against σ⁻¹∘f: how far the weighted sum is off on average, for the goal and for another one."""

import numpy as np

from grader.checks import check, checked_array, checked_parts, kind_of
from grader.errors import CheckFailed
from mlcore.networks import Network
from mlcore.universality import average_deviation, before_sigmoid, goal, weighted_sum

NEURONS, POINTS = 10, 2001
X = np.linspace(0, 1, 1001)
F = before_sigmoid(goal)
# Measured: five bumps .358; eleven even windows .180, with weights of 100 and least squares .157; windows by how much f
# changes .142 and .104 with weights of 300 and 100; the best windows .127 and .088 with 1000 and 100; one neuron after
# another by least squares .04 to .07, as this solution .047; Newton's steps downhill .033 to .039, plain descent .06.
WORSE = "Five bumps reach 0.36 already. Draw your weighted sum beside z: where are the steps, and how high?"
FEW = "Bumps take two steps for each window; with one step between two windows ten neurons make eleven of them."
UNEVEN = "Windows of equal width end at about 0.16. Make them narrow where the function changes fast."
MODERATE = "Steps of moderate weight follow a slope that steep ones cut into stairs."
TOGETHER = "Choose positions and weights together, one neuron after another or downhill."


def deviation(student, f):
    """The mean deviation of the weighted sum of the student's network from f; it has ten hidden neurons at most."""
    reply = student.improved_network(X, f(X))
    w, b, v, c = checked_parts(reply, "improved_network", ("w", "b", "v", "c"))
    n = len(w) if isinstance(w, list | tuple) or (isinstance(w, np.ndarray) and w.ndim == 1) else 0
    if not 1 <= n <= NEURONS:
        raise CheckFailed(
            f"`w` is {kind_of(w)}, expected one number for each hidden neuron, of which there are 1 to 10."
        )
    w, b, v = (checked_array(value, (n,), name) for value, name in ((w, "w"), (b, "b"), (v, "v")))
    c = checked_array(c, (), "c")
    network = Network([w[:, None], v[None]], [b, c[None]])
    return average_deviation(lambda x: weighted_sum(network, x), f, POINTS)


def at_most(student, f, most, advice):
    found = deviation(student, f)
    if not found <= most:
        advice = WORSE if found > 2.2 * even_windows(f) else advice
        raise CheckFailed(f"The mean deviation is {found:.3f}, expected at most {most:.3f}. {advice}")


def even_windows(f):
    """How far eleven windows of equal width with exact steps are off, their levels at the medians."""
    x = np.linspace(0, 1, POINTS)
    window = np.minimum((x * (NEURONS + 1)).astype(int), NEURONS)
    levels = np.array([np.median(f(x[window == k])) for k in range(NEURONS + 1)])
    return float(np.abs(levels[window] - f(x)).mean())


@check("At most 0.30", points=2)
def first_bar(student, rng):
    at_most(student, F, 0.30, FEW)


@check("At most 0.15", points=2)
def second_bar(student, rng):
    at_most(student, F, 0.15, UNEVEN)


@check("At most 0.11", points=2)
def third_bar(student, rng):
    at_most(student, F, 0.11, MODERATE)


@check("At most 0.07", points=2)
def fourth_bar(student, rng):
    at_most(student, F, 0.07, TOGETHER)


@check("Another goal", points=2)
def another_goal(student, rng):
    stretch, shift = -rng.uniform(0.6, 1.8), rng.normal()

    def another(x):
        return stretch * F(1 - x) + shift

    most = 0.7 * even_windows(another)
    at_most(student, another, most, "Here x and z hold another function: compute the weights from them.")
