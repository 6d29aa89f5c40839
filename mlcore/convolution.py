"""Convolution: a filter's weights at every place of an image, as one product of matrices.

Images are (m, height, width, channels), filters w are (size, size, channels, filters), as TensorFlow keeps both. As in
every library, "convolution" is cross-correlation: the filter is not turned around.
Source: LeCun, Bottou, Bengio & Haffner, Gradient-based learning applied to document recognition (1998); Nielsen
(2015), chapter 6; im2col: Chellapilla, Puri & Simard, High performance convolutional neural networks for document
processing (2006).
"""

from dataclasses import dataclass

import numpy as np

from mlcore.arguments import Array, count, of_shape, shaped


@dataclass(frozen=True)
class Cache:
    """What the backward pass needs: the patches, the filters, and how the images were gone through."""

    columns: Array
    w: Array
    image: tuple[int, ...]
    stride: int
    padding: int


def convolve_forward(x: Array, w: Array, b: Array, stride: int = 1, padding: int = 0) -> tuple[Array, Cache]:
    """x ∗ w + b, (m, out_height, out_width, filters), and what the backward pass needs.

    x (m, height, width, channels), w (size, size, channels, filters), b (filters,). `padding` zeros are put around
    each image, and the filter moves by `stride`: out_height is (height + 2·padding − size) // stride + 1.
    """
    x = of_shape("x", x, ("m", "height", "width", "channels"))
    w = square_filters("w", w, x.shape[3])
    b = shaped("b", b, (w.shape[3],))
    columns = im2col(x, len(w), stride, padding)
    out = columns.reshape(-1, w[..., 0].size) @ w.reshape(-1, len(b)) + b
    return out.reshape(*columns.shape[:3], len(b)), Cache(columns, w, x.shape, stride, padding)


def convolve_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """dx, dw and db, shaped as x, w and b, from dout, the slope of the loss in the output, shaped as that."""
    w = cache.w
    dout = shaped("dout", dout, (*cache.columns.shape[:3], w.shape[3]))
    rows = dout.reshape(-1, w.shape[3])
    dw = cache.columns.reshape(len(rows), -1).T @ rows
    dcolumns = (rows @ w.reshape(-1, w.shape[3]).T).reshape(cache.columns.shape)
    return col2im(dcolumns, cache.image, cache.stride, cache.padding), dw.reshape(w.shape), rows.sum(axis=0)


def square_filters(name: str, w: Array, channels: int | str = "channels") -> Array:
    """w as floats (size, size, channels, filters)."""
    size = max(np.shape(w)[0], 1) if np.ndim(w) else 1
    return shaped(name, w, (size, size, channels, "filters"))


def im2col(x: Array, size: int, stride: int = 1, padding: int = 0) -> Array:
    """The patch under the filter at each place, (m, out_height, out_width, size, size, channels), copied."""
    x = shaped("x", x, ("m", "height", "width", "channels"))
    m, height, width, channels = x.shape
    rows, columns = places(height, width, size, stride, padding)
    padded = np.pad(x, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    patches = np.empty((m, rows, columns, size, size, channels), x.dtype)
    for i in range(size):
        for j in range(size):
            patches[:, :, :, i, j] = padded[:, i : i + stride * rows : stride, j : j + stride * columns : stride]
    return patches


def col2im(patches: Array, image: tuple[int, ...], stride: int = 1, padding: int = 0) -> Array:
    """Patches added back to where im2col took them: an image (m, height, width, channels) of their sums."""
    m, height, width, channels = image
    size = patches.shape[3] if patches.ndim == 6 else 1
    rows, columns = places(height, width, size, stride, padding)
    patches = shaped("patches", patches, (m, rows, columns, size, size, channels))
    padded = np.zeros((m, height + 2 * padding, width + 2 * padding, channels), patches.dtype)
    for i in range(size):
        for j in range(size):
            padded[:, i : i + stride * rows : stride, j : j + stride * columns : stride] += patches[:, :, :, i, j]
    return padded[:, padding : padding + height, padding : padding + width]


def places(height: int, width: int, size: int, stride: int, padding: int) -> tuple[int, int]:
    """How many places the filter takes down and across an image."""
    count("size", size)
    high, wide = height + 2 * count("padding", padding, 0), width + 2 * padding
    if size > high or size > wide:
        raise ValueError(f"size: {size} came, at most the padded image's {high}×{wide} expected")
    return (high - size) // count("stride", stride) + 1, (wide - size) // stride + 1
