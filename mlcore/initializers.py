"""How weights start: arrays (n_out, n_in) drawn from a generator that is passed in.

Source: Nielsen (2015), chapter 3, for the first two; Glorot & Bengio, Understanding the difficulty of training deep
feedforward neural networks (2010); He, Zhang, Ren & Sun, Delving deep into rectifiers (2015).
"""

import numpy as np
from numpy.typing import DTypeLike

from mlcore.arguments import Array, count


def large(n_in: int, n_out: int, rng: np.random.Generator, dtype: DTypeLike = np.float64) -> Array:
    """N(0, 1): the standard deviation of z grows as √n_in, and sigmoids saturate."""
    return normal(n_in, n_out, 1.0, rng, dtype)


def scaled(n_in: int, n_out: int, rng: np.random.Generator, dtype: DTypeLike = np.float64) -> Array:
    """N(0, 1/n_in), standard deviation 1/√n_in: z stays of order 1 however many inputs there are."""
    return normal(n_in, n_out, n_in**-0.5, rng, dtype)


def glorot(n_in: int, n_out: int, rng: np.random.Generator, dtype: DTypeLike = np.float64) -> Array:
    """N(0, 2/(n_in + n_out)): a compromise between keeping the variance of activations and that of errors."""
    return normal(n_in, n_out, (2 / (n_in + n_out)) ** 0.5, rng, dtype)


def he(n_in: int, n_out: int, rng: np.random.Generator, dtype: DTypeLike = np.float64) -> Array:
    """N(0, 2/n_in): twice the variance, as a ReLU passes half of it on."""
    return normal(n_in, n_out, (2 / n_in) ** 0.5, rng, dtype)


def normal(n_in: int, n_out: int, deviation: float, rng: np.random.Generator, dtype: DTypeLike) -> Array:
    """(n_out, n_in) from N(0, deviation²)."""
    return rng.normal(0, deviation, (count("n_out", n_out), count("n_in", n_in))).astype(dtype)


INITIALIZERS = {"large": large, "scaled": scaled, "glorot": glorot, "he": he}
