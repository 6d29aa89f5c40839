"""Pooling: one number for each window of a feature map, (m, height, width, channels).

Source: Nielsen (2015), chapter 6; Goodfellow, Bengio & Courville, Deep Learning (2016), section 9.3.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mlcore.arguments import Array, count, shaped


@dataclass(frozen=True)
class Cache:
    """What the backward pass needs."""

    x: Array
    out: Array
    size: int
    stride: int


def max_pool_forward(x: Array, size: int = 2, stride: int | None = None) -> tuple[Array, Cache]:
    """The largest of each size×size window, (m, (height − size) // stride + 1, …); stride None is the size."""
    x, stride = checked(x, size, stride)
    out: Array | None = None
    for window in windows(x, size, stride):
        out = window.copy() if out is None else np.maximum(out, window, out=out)
    assert out is not None
    return out, Cache(x, out, size, stride)


def max_pool_backward(dout: Array, cache: Cache) -> Array:
    """dx: each slope goes to the element that was the largest; of equals, to the first in the window."""
    dout = shaped("dout", dout, cache.out.shape)
    dx = np.zeros_like(cache.x)
    open_to = np.ones(dout.shape, dtype=bool)
    for window, part in zip(
        windows(cache.x, cache.size, cache.stride), windows(dx, cache.size, cache.stride), strict=True
    ):
        chosen = (window == cache.out) & open_to
        part += dout * chosen
        open_to &= ~chosen
    return dx


def average_pool_forward(x: Array, size: int = 2, stride: int | None = None) -> tuple[Array, Cache]:
    """The mean of each size×size window."""
    x, stride = checked(x, size, stride)
    out = sum(windows(x, size, stride), start=np.zeros((), x.dtype)) / np.array(size * size, x.dtype)
    return out, Cache(x, out, size, stride)


def average_pool_backward(dout: Array, cache: Cache) -> Array:
    """dx: each slope shared out over its window."""
    dout = shaped("dout", dout, cache.out.shape)
    dx = np.zeros_like(cache.x)
    for part in windows(dx, cache.size, cache.stride):
        part += dout / (cache.size * cache.size)
    return dx


def windows(x: Array, size: int, stride: int) -> Iterator[Array]:
    """For each place within a window, that element of all windows: views of x, (m, out_height, out_width, channels)."""
    rows, columns = ((n - size) // stride + 1 for n in x.shape[1:3])
    for i in range(size):
        for j in range(size):
            yield x[:, i : i + stride * rows : stride, j : j + stride * columns : stride]


def checked(x: Array, size: int, stride: int | None) -> tuple[Array, int]:
    """x (m, height, width, channels), and the stride, which is the size unless given."""
    x = shaped("x", x, ("m", "height", "width", "channels"))
    if count("size", size) > min(x.shape[1:3]):
        raise ValueError(f"size: {size} came, at most the image's {x.shape[1]}×{x.shape[2]} expected")
    return x, count("stride", size if stride is None else stride)
