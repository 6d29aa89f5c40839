"""Support vector machines on handwritten digits, against scikit-learn's."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from sklearn.svm import SVC

from mlcore import datasets, kernels
from mlcore import svm as machines
from mlcore.kernels import Kernel
from mlcore.reproduce.run import Row, Run

KERNELS: dict[str, tuple[Kernel, dict[str, Any]]] = {
    "linear": (kernels.linear, {"kernel": "linear"}),
    "polynomial": (kernels.polynomial(3, 0.01, 1.0), {"kernel": "poly", "degree": 3, "gamma": 0.01, "coef0": 1.0}),
    "rbf": (kernels.rbf(0.02), {"kernel": "rbf", "gamma": 0.02}),
}


def svm(run: Run) -> Iterator[Row]:
    """The same optimum, the same predictions, and conditions of optimality that hold."""
    found = datasets.mnist_5k()
    even = np.where(found.y % 2 == 0, 1, -1)
    order = np.random.default_rng(0).permutation(len(even))
    m = 600 if run.quick else 2000
    x, y, fresh = found.x[order[:m]], even[order[:m]], found.x[order[m : m + 2000]]
    for name, (kernel, theirs) in KERNELS.items():
        best = SVC(C=5.0, tol=1e-9, **theirs).fit(x, y)
        due = objective(best, kernel(x, x), y)
        for tolerance, agreement in ((1e-3, 1e-6), (1e-6, 1e-10)):
            ours = machines.train(x, y, kernel, cost=5.0, tolerance=tolerance)
            off = abs(ours.objective - due) / abs(due)
            yield Row(f"{name}, tolerance {tolerance:g}: objective off by", off, 0, agreement)
            yield Row(f"{name}, tolerance {tolerance:g}: gap left", ours.gap, -np.inf, tolerance)
            reference = SVC(C=5.0, tol=tolerance, **theirs).fit(x, y)
            differ = float((ours.predict(fresh) != reference.predict(fresh)).mean())
            yield Row(f"{name}, tolerance {tolerance:g}: predictions that differ", differ, 0, 0.001)
    draw(run)


def objective(machine: SVC, gram: np.ndarray, y: np.ndarray) -> float:
    """The dual's value at scikit-learn's solution."""
    beta = np.zeros(len(y))
    beta[machine.support_] = machine.dual_coef_[0]
    return float(beta @ y - beta @ gram @ beta / 2)


def draw(run: Run) -> None:
    """The boundary between two moons, its margins, and the support vectors."""
    rng = np.random.default_rng(1)
    angle = rng.uniform(0, np.pi, 120)
    y = np.repeat([-1, 1], 60)
    x = np.stack([np.cos(angle) * -y + (y > 0), np.sin(angle) * -y + 0.4 * (y > 0)], axis=1) + rng.normal(
        0, 0.12, (120, 2)
    )
    machine = machines.train(x, y, kernels.rbf(1.5), cost=5.0)
    across, up = np.linspace(-1.6, 2.6, 160), np.linspace(-1.2, 1.6, 120)
    grid = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    with run.picture("svm", "The widest margin, in the space of a kernel", "x", "y") as axes:
        heights = machine.decision(grid).reshape(120, 160)
        axes.contour(across, up, heights, levels=[-1, 0, 1], colors="#555555", linestyles=["--", "-", "--"])
        axes.plot(*x[y < 0].T, ".", *x[y > 0].T, ".")
        axes.plot(*machine.vectors.T, "o", mfc="none", mec="#222222", label=f"{len(machine.support)} support vectors")
        axes.legend(fontsize=8, loc="lower left")
