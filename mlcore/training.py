"""Training a network by mini-batches, the plain form: each line as the formula says it.

mlcore.fast_training does the same, faster; a test holds both together.
Source: Nielsen, Neural Networks and Deep Learning (2015), chapters 1 and 3.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mlcore.arguments import Array, Labels, count, fraction, labels, shaped
from mlcore.networks import Network
from mlcore.optimizers import Optimizer
from mlcore.regularization import EarlyStopping, Penalty, dropout_mask


@dataclass(frozen=True)
class Epoch:
    """An epoch, counted from 1, and the share of validation examples that are right after it, where there are any."""

    number: int
    accuracy: float | None


def train(
    network: Network,
    x: Array,
    y: Array,
    *,
    epochs: int,
    batch: int,
    optimizer: Optimizer,
    rng: np.random.Generator,
    penalty: Penalty | None = None,
    drop: float = 0.0,
    validation: tuple[Array, Labels] | None = None,
    stopping: EarlyStopping | None = None,
    progress: Callable[[Epoch], None] | None = None,
) -> tuple[Network, list[Epoch]]:
    """The trained network, and its epochs. Each epoch goes through the examples in a new order drawn from rng.

    x (m, n_in), y (m, n_out); the last batch of an epoch may be short. drop is the share of hidden activations that
    dropout leaves out. validation is (x, labels); stopping looks at its accuracy.
    """
    x = shaped("x", x, ("m", network.weights[0].shape[1]))
    y = shaped("y", y, (len(x), network.weights[-1].shape[0]))
    count("epochs", epochs, 0)
    fraction("drop", drop)
    if validation is not None:
        held_out = shaped("validation[0]", validation[0], ("m", x.shape[1]))
        labels("validation[1]", validation[1], len(held_out), y.shape[1])
    elif stopping is not None:
        raise ValueError("stopping: early stopping needs validation examples, and none came")
    state = optimizer.start([*network.weights, *network.biases])
    passed: list[Epoch] = []
    for number in range(1, epochs + 1):
        for rows in batches(len(x), batch, rng):
            masks = dropout_masks(network, len(rows), drop, rng) if drop else None
            network, state = step(network, x[rows], y[rows], optimizer, state, penalty, len(x), masks)
        passed.append(Epoch(number, None if validation is None else network.accuracy(*validation)))
        if progress is not None:
            progress(passed[-1])
        if stopping is not None and stopping.reached([epoch.accuracy or 0.0 for epoch in passed]):
            break
    return network, passed


def step(
    network: Network,
    x: Array,
    y: Array,
    optimizer: Optimizer,
    state: Any,
    penalty: Penalty | None,
    n: int,
    masks: list[Array] | None = None,
) -> tuple[Network, Any]:
    """The network and the optimizer's state after one mini-batch; n training examples share the penalty."""
    nabla_w, nabla_b = network.backprop(x, y, masks)
    if penalty is not None:
        nabla_w = [g + penalty.gradient(w, n) for g, w in zip(nabla_w, network.weights, strict=True)]
    moved, state = optimizer.update([*network.weights, *network.biases], [*nabla_w, *nabla_b], state)
    layers = len(network.weights)
    return replace(network, weights=moved[:layers], biases=moved[layers:]), state


def batches(m: int, batch: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """The rows of each mini-batch, in an order drawn from rng; the last one may be short."""
    count("batch", batch)
    order = rng.permutation(m)
    for start in range(0, m, batch):
        yield order[start : start + batch]


def dropout_masks(network: Network, m: int, drop: float, rng: np.random.Generator) -> list[Array]:
    """A mask (m, n) for each hidden layer: 0 for what is dropped, 1/(1 − drop) for the rest."""
    return [dropout_mask((m, len(b)), drop, rng, b.dtype) for b in network.biases[:-1]]
