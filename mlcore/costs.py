"""Costs: how far activations are from what was wanted, averaged over the examples of a batch.

a is (m, K), the network's output, and y is (m, K), what was wanted: one-hot rows for the first three costs, −1 and +1
for hinge and perceptron. `…_prime` is the slope of each example's own cost in a, (m, K), not divided by m.
Errors: ValueError for shapes that differ, an empty batch, other dtypes, values out of a cost's range.
Source: Nielsen, Neural Networks and Deep Learning (2015), chapters 1 and 3; hinge: Cortes & Vapnik,
Support-vector networks (1995); perceptron: Rosenblatt (1958) as a cost, Bishop (2006), section 4.1.7.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import xlog1py, xlogy

from mlcore.arguments import Array, shaped


def quadratic(a: Array, y: Array) -> Array:
    """1/(2m) · Σ‖a − y‖², a scalar."""
    a, y = pair(a, y)
    return ((a - y) ** 2).sum() / (2 * len(a))


def quadratic_prime(a: Array, y: Array) -> Array:
    """a − y."""
    a, y = pair(a, y)
    return a - y


def cross_entropy(a: Array, y: Array) -> Array:
    """−1/m · Σ(y·ln a + (1 − y)·ln(1 − a)), a scalar; 0·ln 0 counts as 0."""
    a, y = within_one(*pair(a, y))
    return -(xlogy(y, a) + xlog1py(1 - y, -a)).sum() / len(a)


def cross_entropy_prime(a: Array, y: Array) -> Array:
    """(a − y) / (a(1 − a)), infinite where a is quite wrong. Behind a sigmoid, a − y is the slope in z, at any z."""
    a, y = within_one(*pair(a, y))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(a == y, 0, (a - y) / (a * (1 - a)))


def log_likelihood(a: Array, y: Array) -> Array:
    """−1/m · Σ y·ln a, a scalar: for a softmax, minus the log of the wanted class's probability."""
    a, y = within_one(*pair(a, y))
    return -xlogy(y, a).sum() / len(a)


def log_likelihood_prime(a: Array, y: Array) -> Array:
    """−y / a, infinite where a wanted class has no probability left."""
    a, y = within_one(*pair(a, y))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(y == 0, 0, -y / a)


def hinge(a: Array, y: Array) -> Array:
    """1/m · Σ max(0, 1 − y·a), a scalar: nothing to pay beyond the margin."""
    a, y = of_signs(*pair(a, y))
    slack = 1 - y * a
    return np.where(slack.real > 0, slack, 0).sum() / len(a)


def hinge_prime(a: Array, y: Array) -> Array:
    """−y where y·a < 1, else 0."""
    a, y = of_signs(*pair(a, y))
    return np.where((y * a).real < 1, -y, 0)


def perceptron(a: Array, y: Array) -> Array:
    """1/m · Σ max(0, −y·a), a scalar: only mistakes cost."""
    a, y = of_signs(*pair(a, y))
    loss = -y * a
    return np.where(loss.real > 0, loss, 0).sum() / len(a)


def perceptron_prime(a: Array, y: Array) -> Array:
    """−y where y·a < 0, else 0; on the plane itself, −y too, as the perceptron's rule counts that a mistake."""
    a, y = of_signs(*pair(a, y))
    return np.where((y * a).real <= 0, -y, 0)


def cross_entropy_of_logits(z: Array, y: Array) -> Array:
    """The cross-entropy of a = σ(z), from z, exact where a would round to 0 or 1: max(z, 0) − zy + ln(1 + e^−|z|)."""
    z, y = pair(z, y, "z")
    high = z.real > 0
    return (np.where(high, z, 0) - z * y + np.log1p(np.exp(np.where(high, -z, z)))).sum() / len(z)


def log_likelihood_of_logits(z: Array, y: Array) -> Array:
    """The log-likelihood cost of a = softmax(z), from z: Σ y·(ln Σ e^z − z), a scalar averaged over the rows."""
    z, y = pair(z, y, "z")
    top = z.real.max(axis=1, keepdims=True)
    log_sum = top + np.log(np.exp(z - top).sum(axis=1, keepdims=True))
    return (y * (log_sum - z)).sum() / len(z)


@dataclass(frozen=True)
class Cost:
    """value(a, y), a scalar, and derivative(a, y), (m, K)."""

    value: Callable[[Array, Array], Array]
    derivative: Callable[[Array, Array], Array]


COSTS = {
    "quadratic": Cost(quadratic, quadratic_prime),
    "cross-entropy": Cost(cross_entropy, cross_entropy_prime),
    "log-likelihood": Cost(log_likelihood, log_likelihood_prime),
    "hinge": Cost(hinge, hinge_prime),
    "perceptron": Cost(perceptron, perceptron_prime),
}


def pair(a: Array, y: Array, name: str = "a") -> tuple[Array, Array]:
    """Both as (m, K) of floats; `name` is what the first is called."""
    a = shaped(name, a, ("m", "K"))
    return a, shaped("y", y, a.shape)


def within_one(a: Array, y: Array) -> tuple[Array, Array]:
    """Both as they came, all of them from 0 to 1."""
    for name, values in (("a", a), ("y", y)):
        if not ((values.real >= 0) & (values.real <= 1)).all():
            raise ValueError(f"{name}: values from {values.min()} to {values.max()} came, 0 to 1 expected")
    return a, y


def of_signs(a: Array, y: Array) -> tuple[Array, Array]:
    """Both as they came, y of −1 and +1."""
    if not np.isin(y, (-1, 1)).all():
        raise ValueError(f"y: values {np.unique(y)[:5]} came, −1 and +1 expected")
    return a, y
