"""How exact numerical gradients are, and what a kink does to them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from mlcore import datasets
from mlcore import gradient_checking as g
from mlcore.arguments import Array
from mlcore.fast_training import FastSGD
from mlcore.networks import Network, one_hot
from mlcore.optimizers import SGD
from mlcore.regularization import L2
from mlcore.reproduce.run import Row, Run
from mlcore.training import train


def gradient_checking(run: Run) -> Iterator[Row]:
    """Complex steps and central differences against back-propagation; the fast form against the plain one."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(20, 8)), one_hot(rng.integers(0, 3, 20), 3)
    analytic = Network.random([8, 10, 6, 3], rng, cost="cross-entropy")
    yield Row("complex step, 1e-20: relative error", worst(analytic, x, y, g.complex_step), 0, 1e-12, "1e-16")
    yield Row("central difference, 1e-5: relative error", worst(analytic, x, y, g.central_differences), 0, 1e-7, "1e-7")
    for step, low, high, text in ((1e-3, 0.01, 0.2, "0.06"), (1e-5, 0, 0.01, "0")):
        shares = [spoiled(np.random.default_rng(seed), step) for seed in range(10)]
        yield Row(f"ReLU: share of parameters that kinks spoil at {step:g}", float(np.mean(shares)), low, high, text)
    images = datasets.mnist_5k()
    wanted = one_hot(images.y, 10)
    start = Network.random([784, 30, 30, 10], rng, cost="cross-entropy")
    plain, _ = train(
        start, images.x, wanted, epochs=1, batch=10, optimizer=SGD(0.1), penalty=L2(5.0), rng=np.random.default_rng(1)
    )
    fast = FastSGD(start, images.x, wanted, batch=10, rate=0.1, decay=5.0)
    fast.epoch(np.random.default_rng(1))
    pairs = zip([*plain.weights, *plain.biases], [*fast.trained().weights, *fast.trained().biases], strict=True)
    yield Row(
        "an epoch of the fast form: largest difference", max(float(np.abs(a - b).max()) for a, b in pairs), 0, 1e-10
    )
    steps = np.logspace(-12, -1, 23)
    errors = [
        worst(analytic, x, y, partial(g.central_differences, step=float(step))) for step in run.progress(steps, "steps")
    ]
    with run.picture(
        "gradient-checking", "A difference has a best step; a complex step needs none", "step h", "relative error"
    ) as axes:
        axes.loglog(steps, errors, "o-", label="central difference")
        axes.axhline(max(worst(analytic, x, y, g.complex_step), 1e-17), color="#009E73", label="complex step")
        axes.legend()


def worst(network: Network, x: Array, y: Array, numerical: Callable[[g.CostOf, g.Parameters], list[Array]]) -> float:
    """The largest relative error of any parameter's gradient."""
    layers = len(network.weights)
    nabla_w, nabla_b = network.backprop(x, y)
    numeric = numerical(
        lambda p: replace(network, weights=list(p[:layers]), biases=list(p[layers:])).loss(x, y),
        [*network.weights, *network.biases],
    )
    return max(g.relative_error(a, n) for a, n in zip([*nabla_w, *nabla_b], numeric, strict=True))


def spoiled(rng: np.random.Generator, step: float) -> float:
    """The share of a ReLU network's parameters for which a step turns some neuron on or off, over 50 examples."""
    x = rng.normal(size=(50, 8))
    network = Network.random([8, 30, 20, 3], rng, hidden="relu", output="softmax", cost="log-likelihood")

    def pattern(p: list[Array]) -> NDArray[np.bool_]:
        zs, _ = replace(network, weights=p[:3], biases=p[3:]).forward(x)
        return np.concatenate([z.ravel() > 0 for z in zs[:-1]])

    crossed = g.kinks(pattern, [*network.weights, *network.biases], step)
    return sum(int(c.sum()) for c in crossed) / sum(c.size for c in crossed)
