"""How fast the layers of a deep network learn, and why early ones learn slowest: products of wσ′(z).

Source: Nielsen, Neural Networks and Deep Learning (2015), chapter 5; saturation: Glorot & Bengio, Understanding the
difficulty of training deep feedforward neural networks (2010).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize_scalar

from mlcore.activations import sigmoid, sigmoid_prime
from mlcore.arguments import Array, count, floats, fraction, number, positive, shaped
from mlcore.networks import Network
from mlcore.optimizers import SGD
from mlcore.regularization import L2
from mlcore.training import step

# --- networks: the size of δ, layer by layer ---------------------------------------------------------


def deltas(network: Network, x: Array, y: Array) -> list[Array]:
    """δ of every layer, the output last: δ[l] (m, n of the layer) is the slope of each example's cross-entropy in z[l].

    The cost is C = −1/m·Σ(y·ln a + (1 − y)·ln(1 − a)), so that the output's δ is a − y.
    """
    return replace(network, cost="cross-entropy").deltas(x, y)


def layer_norms(network: Network, x: Array, y: Array) -> list[float]:
    """‖∂C/∂b‖ of each hidden layer, the first one first: the norm of the mean of δ over the batch."""
    return [float(np.linalg.norm(delta.mean(axis=0))) for delta in deltas(network, x, y)[:-1]]


def speed_of_learning(
    network: Network,
    x: Array,
    y: Array,
    *,
    epochs: int,
    rate: float,
    decay: float = 0.0,
    progress: Callable[[int], None] | None = None,
) -> Array:
    """‖∂C/∂b‖ of each hidden layer at the start and after each epoch of full-batch descent, (epochs + 1, layers).

    decay is λ, shared out over the m examples.
    """
    network = replace(network, cost="cross-entropy")
    optimizer, penalty = SGD(rate), L2(decay)
    norms = [layer_norms(network, x, y)]
    for epoch in range(count("epochs", epochs, 0)):
        network, _ = step(network, x, y, optimizer, None, penalty, len(x))
        norms.append(layer_norms(network, x, y))
        if progress is not None:
            progress(epoch + 1)
    return np.array(norms)


def matrix_form(network: Network, x: Array, y: Array) -> list[Array]:
    """δ of every layer for one example, from the product of matrices written out; x (n_in,), y (n_out,).

    δˡ = Σ′(zˡ)(wˡ⁺¹)ᵀ Σ′(zˡ⁺¹)(wˡ⁺²)ᵀ … Σ′(zᴸ)∇ₐC, with Σ′ the diagonal matrix of the slopes σ′(z).
    The network is one of sigmoids throughout with the quadratic cost, whose ∇ₐC is a − y.
    """
    if (network.hidden, network.output, network.cost) != ("sigmoid", "sigmoid", "quadratic"):
        raise ValueError(
            f"network: {network.hidden}, {network.output}, {network.cost} came, sigmoid, sigmoid, quadratic expected"
        )
    zs, activations = network.forward(shaped("x", x, ("n",))[None])
    slopes = [np.diag(sigmoid_prime(z[0])) for z in zs]
    gradient = activations[-1][0] - shaped("y", y, activations[-1].shape[1:])
    found: list[Array] = []
    for layer in range(len(zs)):
        product = slopes[layer]
        for later in range(layer + 1, len(zs)):
            product = product @ network.weights[later].T @ slopes[later]
        found.append(product @ gradient)
    return found


def saturation(network: Network, x: Array, margin: float = 0.05) -> list[float]:
    """The share of each hidden layer's activations that are within `margin` of 0 or 1, where σ′ is next to nothing."""
    if network.hidden != "sigmoid":
        raise ValueError(f"network: hidden {network.hidden} came, sigmoid expected")
    fraction("margin", margin)
    _, activations = network.forward(x)
    return [float((np.abs(a - 0.5) >= 0.5 - margin).mean()) for a in activations[1:-1]]


# --- one neuron a layer ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Chain:
    """Sigmoid neurons in a row: z[j] = w[j]·a[j − 1] + b[j], the input being a[−1]; w and b (n,)."""

    weights: Array
    biases: Array

    def __post_init__(self) -> None:
        shaped("biases", self.biases, shaped("weights", self.weights, ("n",)).shape)

    def forward(self, x: float) -> tuple[Array, Array]:
        """z and a of each neuron, (n,)."""
        zs, a = [], float(floats("x", x))
        for w, b in zip(self.weights, self.biases, strict=True):
            zs.append(w * a + b)
            a = float(sigmoid(zs[-1]))
        z = np.array(zs)
        return z, sigmoid(z)

    def factors(self, x: float) -> Array:
        """w[j]·σ′(z[j − 1]) for j from 1: what an error is multiplied by on its way back past each neuron, (n − 1,)."""
        return self.weights[1:] * sigmoid_prime(self.forward(x)[0][:-1])

    def gradients(self, x: float, dc_da: float) -> Array:
        """∂C/∂b of each neuron: σ′(z[j])·w[j+1]·σ′(z[j+1])·…·σ′(z[−1])·∂C/∂a, in closed form, (n,)."""
        z, _ = self.forward(x)
        last = sigmoid_prime(z[-1]) * number("dc_da", dc_da)
        return last * np.append(np.cumprod(self.factors(x)[::-1])[::-1], 1)


def vanishing_chain(n: int, rng: np.random.Generator) -> Chain:
    """n neurons as they are usually started, N(0, 1): as |σ′| ≤ ¼, most factors are below ¼."""
    return Chain(rng.normal(size=count("n", n)), rng.normal(size=n))


def exploding_chain(n: int, x: float, weight: float = 100.0) -> Chain:
    """n neurons of one large weight, with biases that keep every z at 0, where σ′ is ¼: factors of weight/4."""
    inputs = np.array([number("x", x)] + [0.5] * (count("n", n) - 1))
    return Chain(np.full(n, number("weight", weight)), -weight * inputs)


# --- how far a factor of 1 or more reaches -----------------------------------------------------------


def amplifying_width(weight: float) -> float:
    """How wide the interval of activations a is in which |wσ′(wa + b)| ≥ 1: (2/|w|)·ln(|w|(1 + √(1 − 4/|w|))/2 − 1).

    0 where |w| < 4, as σ′ never exceeds ¼.
    """
    w = abs(number("weight", weight))
    return 2 / w * np.log(w * (1 + np.sqrt(1 - 4 / w)) / 2 - 1) if w >= 4 else 0.0


def amplifying_interval(weight: float, bias: float) -> tuple[float, float] | None:
    """The activations a in which |wσ′(wa + b)| ≥ 1, around −b/w; None where |w| < 4."""
    number("bias", bias)
    if abs(number("weight", weight)) < 4:
        return None
    half = amplifying_width(weight) / 2
    return -bias / weight - half, -bias / weight + half


def widest_amplifying() -> tuple[float, float]:
    """The |w| whose interval is widest, and that width: about 6.9 and 0.45."""
    found = minimize_scalar(lambda w: -amplifying_width(w), bounds=(4, 20), method="bounded", options={"xatol": 1e-10})
    return float(found.x), float(-found.fun)


# --- the identity neuron -----------------------------------------------------------------------------


@dataclass(frozen=True)
class IdentityNeuron:
    """A sigmoid neuron on its straight part: out·σ(weight·x + bias) + offset ≈ x on [0, 1].

    The offset belongs to the next neuron's bias. The error grows as weight²/96.
    """

    weight: float
    bias: float
    out: float
    offset: float

    def __call__(self, x: Array) -> Array:
        """What comes out, of x's shape."""
        return self.out * sigmoid(self.weight * floats("x", x) + self.bias) + self.offset


def identity_neuron(weight: float) -> IdentityNeuron:
    """The one of this first weight: centered at x = ½, its slope there 1. Small weights are accurate."""
    positive("weight", weight)
    out = 4 / weight
    return IdentityNeuron(weight, -weight / 2, out, 0.5 - out / 2)
