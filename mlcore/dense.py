"""A dense layer: forward and backward as a pair of functions.

Source: Nielsen, Neural Networks and Deep Learning (2015), chapter 2.
"""

from mlcore.arguments import Array, shaped

Cache = tuple[Array, Array]


def dense_forward(x: Array, w: Array, b: Array) -> tuple[Array, Cache]:
    """x·w + b, (m, n_out), and what the backward pass needs; x (m, n_in), w (n_in, n_out), b (n_out,)."""
    w = shaped("w", w, ("n_in", "n_out"))
    x = shaped("x", x, ("m", w.shape[0]))
    return x @ w + shaped("b", b, (w.shape[1],)), (x, w)


def dense_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """dx (m, n_in), dw (n_in, n_out), db (n_out,) from dout (m, n_out), the slope of the loss in the output."""
    x, w = cache
    dout = shaped("dout", dout, (len(x), w.shape[1]))
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)
