"""The window of a step against the inverse of mlcore's sigmoid: width, weight, ends; weights of both signs, small ε."""

from grader.checks import check, compare_arrays, compare_values
from mlcore.activations import sigmoid_inverse
from mlcore.universality import step_position


def reach(epsilon):
    """The weighted input at which σ is 1 − ε."""
    return -float(sigmoid_inverse(epsilon))


def width(student, weight, epsilon):
    name = f"window_width({weight:.4g}, {epsilon:.4g})"
    return compare_arrays(student.window_width(weight, epsilon), 2 * reach(epsilon) / abs(weight), name)


def ends(student, weight, bias, epsilon):
    step, half = step_position(weight, bias), reach(epsilon) / abs(weight)
    reply = student.window(weight, bias, epsilon)
    return compare_values(reply, {"a": step - half, "b": step + half})


@check("The width of a window", points=2)
def widths(student, rng):
    width(student, 4, 0.25)
    return width(student, rng.uniform(50, 1000), rng.uniform(0.01, 0.1))


@check("Steps down", points=1)
def down(student, rng):
    return width(student, -rng.uniform(50, 1000), rng.uniform(0.01, 0.1))


@check("The weight for a width", points=3)
def weights(student, rng):
    evidence = None
    for _ in range(3):
        size, epsilon = rng.uniform(0.001, 0.2), rng.uniform(0.01, 0.3)
        expected = 2 * reach(epsilon) / size
        evidence = compare_arrays(student.weight_for(size, epsilon), expected, f"weight_for({size:.4g}, {epsilon:.4g})")
    return evidence


@check("Where a window lies", points=3)
def where(student, rng):
    ends(student, rng.uniform(5, 20), -rng.uniform(5, 20), rng.uniform(0.05, 0.2))
    ends(student, rng.uniform(5, 20), rng.uniform(5, 20), rng.uniform(0.05, 0.2))
    return ends(student, -rng.uniform(5, 20), rng.uniform(5, 20), rng.uniform(0.05, 0.2))


@check("A small epsilon and one near ½", points=1)
def extreme(student, rng):
    width(student, rng.uniform(50, 1000), 1e-5)
    return width(student, rng.uniform(50, 1000), rng.uniform(0.45, 0.49))
