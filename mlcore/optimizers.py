"""Optimizers: from parameters and their gradients to the next parameters.

Each is a frozen set of numbers with two methods. `start(parameters)` gives the state before the first step;
`update(parameters, gradients, state)` gives the next parameters and the next state. Parameters and gradients are lists
of arrays of equal shapes; nothing that is passed in is changed.
Errors: ValueError for a rate that is not above 0, a decay outside [0, 1), lists or shapes that do not match, other
dtypes, and what is not finite.
Source: Nielsen (2015), chapters 1 and 3; Nesterov's form: Sutskever, Martens, Dahl & Hinton, On the importance of
initialization and momentum in deep learning (2013); RMSProp: Hinton, Neural Networks for Machine Learning, lecture 6
(2012); Adam: Kingma & Ba (2015), algorithm 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from mlcore.arguments import Array, fraction, positive, with_gradients

Step = tuple[list[Array], Any]


class Optimizer(Protocol):
    """What training asks of an optimizer."""

    def start(self, parameters: Sequence[Array]) -> Any: ...

    def update(self, parameters: Sequence[Array], gradients: Sequence[Array], state: Any) -> Step: ...


@dataclass(frozen=True)
class SGD:
    """w ← w − η∇."""

    rate: float

    def __post_init__(self) -> None:
        positive("rate", self.rate)

    def start(self, parameters: Sequence[Array]) -> None:
        return None

    def update(self, parameters: Sequence[Array], gradients: Sequence[Array], state: None = None) -> Step:
        parameters, gradients = with_gradients(parameters, gradients)
        return [w - self.rate * g for w, g in zip(parameters, gradients, strict=True)], None


@dataclass(frozen=True)
class Momentum:
    """v ← μv − η∇, w ← w + v: a velocity with friction 1 − μ. Its state is the velocities."""

    rate: float
    momentum: float = 0.9

    def __post_init__(self) -> None:
        positive("rate", self.rate)
        fraction("momentum", self.momentum)

    def start(self, parameters: Sequence[Array]) -> list[Array]:
        return [np.zeros_like(w) for w in parameters]

    def update(self, parameters: Sequence[Array], gradients: Sequence[Array], state: list[Array]) -> Step:
        parameters, gradients = with_gradients(parameters, gradients)
        velocities = [self.momentum * v - self.rate * g for v, g in zip(state, gradients, strict=True)]
        return [w + v for w, v in zip(parameters, velocities, strict=True)], velocities


@dataclass(frozen=True)
class Nesterov(Momentum):
    """Momentum that looks ahead: the parameters kept are those at w + μv, where the gradient is wanted."""

    def update(self, parameters: Sequence[Array], gradients: Sequence[Array], state: list[Array]) -> Step:
        _, velocities = super().update(parameters, gradients, state)
        ahead = [
            w + self.momentum * v - self.rate * g for w, v, g in zip(parameters, velocities, gradients, strict=True)
        ]
        return ahead, velocities


@dataclass(frozen=True)
class RMSProp:
    """s ← ρs + (1 − ρ)∇², w ← w − η∇/√(s + ε). Its state is the mean squares s."""

    rate: float
    decay: float = 0.9
    epsilon: float = 1e-8

    def __post_init__(self) -> None:
        positive("rate", self.rate)
        fraction("decay", self.decay)
        positive("epsilon", self.epsilon)

    def start(self, parameters: Sequence[Array]) -> list[Array]:
        return [np.zeros_like(w) for w in parameters]

    def update(self, parameters: Sequence[Array], gradients: Sequence[Array], state: list[Array]) -> Step:
        parameters, gradients = with_gradients(parameters, gradients)
        squares = [self.decay * s + (1 - self.decay) * g * g for s, g in zip(state, gradients, strict=True)]
        steps = zip(parameters, gradients, squares, strict=True)
        return [w - self.rate * g / np.sqrt(s + self.epsilon) for w, g, s in steps], squares


@dataclass(frozen=True)
class Adam:
    """m ← β₁m + (1 − β₁)∇, s ← β₂s + (1 − β₂)∇², w ← w − η·m̂/(√ŝ + ε), m̂ and ŝ freed of their start at 0.

    Its state is (t, m, s), t counting the steps.
    """

    rate: float = 0.001
    first: float = 0.9
    second: float = 0.999
    epsilon: float = 1e-8

    def __post_init__(self) -> None:
        positive("rate", self.rate)
        fraction("first", self.first)
        fraction("second", self.second)
        positive("epsilon", self.epsilon)

    def start(self, parameters: Sequence[Array]) -> tuple[int, list[Array], list[Array]]:
        return 0, [np.zeros_like(w) for w in parameters], [np.zeros_like(w) for w in parameters]

    def update(
        self, parameters: Sequence[Array], gradients: Sequence[Array], state: tuple[int, list[Array], list[Array]]
    ) -> Step:
        parameters, gradients = with_gradients(parameters, gradients)
        t, means, squares = state[0] + 1, state[1], state[2]
        means = [self.first * m + (1 - self.first) * g for m, g in zip(means, gradients, strict=True)]
        squares = [self.second * s + (1 - self.second) * g * g for s, g in zip(squares, gradients, strict=True)]
        free_m, free_s = 1 - self.first**t, 1 - self.second**t
        steps = zip(parameters, means, squares, strict=True)
        moved = [w - self.rate * (m / free_m) / (np.sqrt(s / free_s) + self.epsilon) for w, m, s in steps]
        return moved, (t, means, squares)
