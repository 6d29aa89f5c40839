"""How far five bumps of the student's heights are from σ⁻¹∘f, on average: three marks on the way to 0.40."""

import numpy as np

from grader.checks import check, checked_array
from grader.errors import CheckFailed
from mlcore import universality

N = 5
LARGEST = 1e9


def deviates(student, most):
    """The check that the average deviation is at most this."""
    heights = checked_array(student.heights(), (N,), "heights()", LARGEST)
    table = universality.lookup_table(heights)
    inverse = universality.before_sigmoid(universality.goal)
    deviation = universality.average_deviation(lambda x: universality.weighted_sum(table, x), inverse)
    if not deviation <= most:
        raise CheckFailed(
            f"The average deviation is {deviation:.3f}, expected at most {most:.2f}. {advice(heights, inverse)}"
        )


def advice(heights, inverse):
    """Where to look: at f in place of σ⁻¹∘f, or at the bump with which most can be gained."""
    x = (np.arange(N)[:, None] + np.linspace(0, 1, 201)) / N
    off, off_f = (np.abs(heights[:, None] - target(x)).mean() for target in (inverse, universality.goal))
    if off_f < off / 4:
        return "Your bumps follow f itself; the output neuron applies σ to their sum, so it has to follow σ⁻¹(f(x))."
    best = np.median(inverse(x), axis=1)
    gain = (np.abs(heights[:, None] - inverse(x)) - np.abs(best[:, None] - inverse(x))).mean(axis=1)
    k = int(np.argmax(gain))
    above, up = ("above", "up") if best[k] > heights[k] else ("below", "down")
    return (
        f"Most can be gained between {k / N:.1f} and {(k + 1) / N:.1f}: your bump there has the height "
        f"{heights[k]:.3g}, and the curve lies mostly {above} it. Move it {up}."
    )


@check("Average deviation at most 0.50", points=3)
def on_the_way(student, rng):
    deviates(student, 0.50)


@check("Average deviation at most 0.45", points=3)
def near(student, rng):
    deviates(student, 0.45)


@check("Average deviation at most 0.40", points=4)
def there(student, rng):
    deviates(student, 0.40)
