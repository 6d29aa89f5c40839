"""Support vector machines: the plane of the largest margin, in the feature space of a kernel.

Trained in the dual, maximize Σ yᵢβᵢ − ½ βᵀKβ with Σβ = 0 and βᵢ between 0 and C·yᵢ (β = yα), by sequential minimal
optimization: two βs at a time, in closed form, the pair chosen by second-order information.
Source: Cortes & Vapnik, Support-vector networks (1995); Platt, Fast training of SVMs using sequential minimal
optimization (1998); Fan, Chen & Lin, Working set selection using second order information (2005).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

import numpy as np

from mlcore.arguments import Array, Labels, labels, positive, require_shape, shaped, signs
from mlcore.kernels import Kernel

# Where the kernel gives a pair no curvature, as it may where it is no inner product.
LEAST_CURVATURE = 1e-12
# A Gram matrix of up to this many MiB is held whole; of a larger one, as many columns as fit.
CACHE_MIB = 800
# So that a tolerance below what rounding allows ends in an error, not in a loop without end.
MOST_STEPS = 10_000_000


@dataclass(frozen=True)
class SVM:
    """A trained machine. vectors are the support vectors, coefficients (s,) their β, not 0.

    support : their rows among the training examples, ascending. objective : the dual's value.
    gap : by how much the worst pair still violates the optimality (KKT) conditions; below the tolerance asked for.
    """

    kernel: Kernel
    vectors: Any
    coefficients: Array
    bias: float
    support: Labels
    objective: float
    gap: float
    steps: int

    def decision(self, x: Any) -> Array:
        """Σ β k(vector, x) + b, (m,): its sign is the class, and the margins lie at ±1."""
        if not len(self.coefficients):
            return np.full(len(x), self.bias)
        if self.vectors.ndim == 2:
            x = shaped("x", x, ("m", self.vectors.shape[1]))
        return self.kernel(x, self.vectors) @ self.coefficients + self.bias

    def predict(self, x: Any) -> Array:
        """−1 or +1, (m,)."""
        return np.where(self.decision(x) > 0, 1.0, -1.0)


def train(x: Any, y: Array, kernel: Kernel, cost: float = 1.0, tolerance: float = 1e-3) -> SVM:
    """The machine that separates x by the signs y (m,), a violated margin costing `cost` (C) times by how much.

    x is whatever the kernel takes: (m, n), or a sequence of items. Both classes must occur.
    """
    items = as_items(x)
    y = signs("y", y, (len(items),)).astype(float)
    if not (y > 0).any() or not (y < 0).any():
        raise ValueError("y: one class came, examples of both −1 and +1 expected")
    positive("cost", cost)
    positive("tolerance", tolerance)
    column, diagonal = gram_columns(items, kernel)
    beta, gradient, gap, steps = smo(column, diagonal, y, cost, tolerance)
    support = np.flatnonzero(beta)
    # v = y − Kβ is b for every β that is not at a bound.
    free = (beta != 0) & (np.abs(beta) < cost)
    bias = gradient[free].mean() if free.any() else between_the_bounds(beta, gradient, y, cost)
    return SVM(
        kernel=kernel,
        vectors=items[support],
        coefficients=beta[support],
        bias=float(bias),
        support=support,
        objective=float((beta @ y + beta @ gradient) / 2),
        gap=gap,
        steps=steps,
    )


def as_items(x: Any) -> Any:
    """What the kernel is given as an array, (m, …), not empty: numbers, or objects of any kind."""
    items = x if isinstance(x, np.ndarray) else np.array(x, dtype=object)
    require_shape("x", items.shape, ("m", *items.shape[1:]))
    return items


def smo(
    column: Callable[[int], Array], diagonal: Array, y: Array, cost: float, tolerance: float
) -> tuple[Array, Array, float, int]:
    """β (m,), v = y − Kβ, the gap that is left and the number of steps. column(i) is K's i-th column, (m,).

    A step raises βᵢ and lowers βⱼ by the same d. i has the largest v of those that may rise; j, of those that may fall,
    promises the largest gain b²/2a, with b = vᵢ − vⱼ and the curvature a = Kᵢᵢ + Kⱼⱼ − 2Kᵢⱼ.
    Raises ValueError where the tolerance is not reached.
    """
    # Single elements are quicker in lists.
    lower, upper, beta = np.minimum(0, cost * y).tolist(), np.maximum(0, cost * y).tolist(), [0.0] * len(y)
    half = diagonal / 2
    # Of an rbf kernel and of normalized ones, Kᵢᵢ is the same for all but for rounding.
    constant, level = bool(np.ptp(half) <= 1e-9 * abs(half[0])), 2 * half[0]
    # v of those that may rise, and of those that may fall; the others never win. Everyone may do one or the other.
    rising, falling = np.where(y > 0, y, -np.inf), np.where(y < 0, y, np.inf)
    b, curvature, gain = (np.empty(len(y)) for _ in range(3))
    gap = np.inf
    for steps in range(MOST_STEPS):
        i = int(rising.argmax())
        np.subtract(rising[i], falling, b)
        gap = float(b.max())
        if gap < tolerance:
            return np.array(beta), np.where(np.isfinite(rising), rising, falling), gap, steps
        k_i = column(i)
        np.subtract(level if constant else half + half[i], k_i, curvature)  # a/2
        np.maximum(curvature, LEAST_CURVATURE, out=curvature)
        np.maximum(b, 0, out=gain)
        np.multiply(gain, gain, gain)
        np.divide(gain, curvature, gain)
        j = int(gain.argmax())
        d = min(float(b[j] / (2 * curvature[j])), upper[i] - beta[i], beta[j] - lower[j])
        # At a bound, exactly: what is 0 is no support vector.
        beta[i] = upper[i] if d == upper[i] - beta[i] else beta[i] + d
        beta[j] = lower[j] if d == beta[j] - lower[j] else beta[j] - d
        change = np.subtract(k_i, column(j), curvature)
        np.multiply(change, d, change)
        np.subtract(rising, change, rising)
        np.subtract(falling, change, falling)
        for t, v in ((i, rising[i]), (j, falling[j])):
            rising[t] = v if beta[t] < upper[t] else -np.inf
            falling[t] = v if beta[t] > lower[t] else np.inf
    raise ValueError(
        f"tolerance: {tolerance} came, but {gap:.3g} is left after {MOST_STEPS} steps; ask for more than that"
    )


def gram_columns(items: Any, kernel: Kernel) -> tuple[Callable[[int], Array], Array]:
    """The Gram matrix's columns, and its diagonal: held whole where it fits, else the columns used last."""
    m = len(items)
    if m * m * 8 <= CACHE_MIB * 2**20:
        gram = kernel(items, items)
        return gram.__getitem__, gram.diagonal().copy()
    kept = lru_cache(maxsize=max(2, CACHE_MIB * 2**20 // (8 * m)))(lambda i: kernel(items, items[i : i + 1])[:, 0])
    return kept, np.array([kernel(items[i : i + 1], items[i : i + 1])[0, 0] for i in range(m)])


def between_the_bounds(beta: Array, gradient: Array, y: Array, cost: float) -> float:
    """b where every β is at a bound: midway between what those that may rise and those that may fall allow."""
    rising = gradient[beta < np.maximum(0, cost * y)].max()
    falling = gradient[beta > np.minimum(0, cost * y)].min()
    return float(rising + falling) / 2


@dataclass(frozen=True)
class Classes:
    """A machine for every two classes; machines[a, b] says −1 for a and +1 for b, a < b."""

    machines: dict[tuple[int, int], SVM]

    def predict(self, x: Any) -> Labels:
        """The class that wins most of its comparisons, (m,); of equals, the lowest."""
        classes = sorted({c for pair in self.machines for c in pair})
        votes = np.zeros((len(x), len(classes)), dtype=int)
        for (a, b), machine in self.machines.items():
            won = machine.predict(x) > 0
            votes[:, classes.index(b)] += won
            votes[:, classes.index(a)] += ~won
        return np.array(classes)[votes.argmax(axis=1)]


def train_classes(x: Array, y: Labels, kernel: Kernel, cost: float = 1.0, tolerance: float = 1e-3) -> Classes:
    """One machine for every two of the classes that occur in the labels y (m,)."""
    x = as_items(x)
    y = labels("y", y, len(x))
    found: Sequence[int] = [int(c) for c in np.unique(y)]
    if len(found) < 2:
        raise ValueError(f"y: the classes {found} came, at least two expected")
    machines = {}
    for a, b in combinations(found, 2):
        chosen = (y == a) | (y == b)
        machines[a, b] = train(x[chosen], np.where(y[chosen] == b, 1, -1), kernel, cost, tolerance)
    return Classes(machines)
