"""Batch normalization: each feature brought to mean 0 and variance 1 over the batch, then scaled and shifted.

x is (m, …, features); mean and variance are taken over all axes but the last.
Source: Ioffe & Szegedy, Batch normalization (2015).
"""

from dataclasses import dataclass

import numpy as np

from mlcore.arguments import Array, floats, fraction, positive, shaped


@dataclass(frozen=True)
class Cache:
    """What the backward pass needs, and the batch's mean and variance (features,) for the moving averages."""

    normalized: Array
    gamma: Array
    deviation: Array
    mean: Array
    variance: Array


def batch_norm_forward(x: Array, gamma: Array, beta: Array, epsilon: float = 1e-5) -> tuple[Array, Cache]:
    """γ(x − μ)/√(σ² + ε) + β, shaped as x, with the batch's own μ and σ²; gamma and beta are (features,)."""
    x, gamma, beta = checked(x, gamma, beta)
    axes = tuple(range(x.ndim - 1))
    mean, variance = x.mean(axis=axes), x.var(axis=axes)
    deviation = np.sqrt(variance + positive("epsilon", epsilon))
    normalized = (x - mean) / deviation
    return gamma * normalized + beta, Cache(normalized, gamma, deviation, mean, variance)


def batch_norm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """dx, dgamma and dbeta: dx loses what a shift or a stretch of the whole batch would have taken back."""
    dout = shaped("dout", dout, cache.normalized.shape)
    axes = tuple(range(dout.ndim - 1))
    dbeta, dgamma = dout.sum(axis=axes), (dout * cache.normalized).sum(axis=axes)
    examples = dout.size // dout.shape[-1]
    dx = cache.gamma / cache.deviation * (dout - dbeta / examples - cache.normalized * dgamma / examples)
    return dx, dgamma, dbeta


def batch_norm_inference(
    x: Array, gamma: Array, beta: Array, mean: Array, variance: Array, epsilon: float = 1e-5
) -> Array:
    """The same with the mean and variance (features,) gathered in training, so that no example depends on others."""
    x, gamma, beta = checked(x, gamma, beta)
    mean, variance = shaped("mean", mean, gamma.shape), shaped("variance", variance, gamma.shape)
    return gamma * (x - mean) / np.sqrt(variance + positive("epsilon", epsilon)) + beta


def moving_average(average: Array, new: Array, decay: float = 0.99) -> Array:
    """decay·average + (1 − decay)·new, both of one shape."""
    average = floats("average", average)
    return fraction("decay", decay) * average + (1 - decay) * shaped("new", new, average.shape)


def checked(x: Array, gamma: Array, beta: Array) -> tuple[Array, Array, Array]:
    """x (m, …, features) and gamma and beta (features,), finite floats."""
    x = floats("x", x)
    if x.ndim < 2 or not x.size:
        raise ValueError(f"x: shape {x.shape} came, (m, …, features), not empty, expected")
    return x, shaped("gamma", gamma, x.shape[-1:]), shaped("beta", beta, x.shape[-1:])
