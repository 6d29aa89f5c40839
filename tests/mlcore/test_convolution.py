"""Convolution, pooling, batch normalization and dense layers: forward and backward as TensorFlow's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcore import convolution, pooling
from mlcore.batch_normalization import batch_norm_backward, batch_norm_forward, batch_norm_inference, moving_average
from mlcore.convolution import col2im, convolve_backward, convolve_forward, im2col
from mlcore.dense import dense_backward, dense_forward
from mlcore.gradient_checking import agree, complex_step
from mlcore.pooling import average_pool_backward, average_pool_forward, max_pool_backward, max_pool_forward


@pytest.mark.parametrize(("stride", "padding", "size"), [(1, 0, 5), (1, 2, 5), (2, 1, 3), (3, 0, 2), (2, 0, 1)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_convolution_is_tensorflows(stride, padding, size, dtype, tf, rng):
    x, w, b = (rng.normal(size=s).astype(dtype) for s in ((3, 9, 8, 2), (size, size, 2, 4), (4,)))
    variables = [tf.Variable(v) for v in (x, w, b)]
    with tf.GradientTape() as tape:
        padded = tf.pad(variables[0], [[0, 0], [padding, padding], [padding, padding], [0, 0]])
        theirs = tf.nn.conv2d(padded, variables[1], stride, "VALID") + variables[2]
    out, cache = convolve_forward(x, w, b, stride, padding)
    dout = rng.normal(size=out.shape).astype(dtype)
    tolerance = 1e-12 if dtype == np.float64 else 1e-5
    assert agree([out], [theirs.numpy()], tolerance)
    found = convolve_backward(dout, cache)
    assert agree(found, [g.numpy() for g in tape.gradient(theirs, variables, dout)], tolerance)
    assert {out.dtype, *(g.dtype for g in found)} == {np.dtype(dtype)}


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 1)])
def test_a_convolutions_slopes_by_complex_step(stride, padding, rng):
    x, w, b = rng.normal(size=(2, 5, 4, 2)), rng.normal(size=(3, 3, 2, 2)), rng.normal(size=2)
    out, cache = convolve_forward(x, w, b, stride, padding)
    dout = rng.normal(size=out.shape)
    numeric = complex_step(lambda p: (dout * convolve_forward(*p, stride, padding)[0]).sum(), [x, w, b])
    assert agree(convolve_backward(dout, cache), numeric, 1e-12)


def test_average_poolings_slopes_by_complex_step(rng):
    x = rng.normal(size=(2, 5, 4, 2))
    out, cache = average_pool_forward(x, 2, 1)
    dout = rng.normal(size=out.shape)
    numeric = complex_step(lambda p: (dout * average_pool_forward(p[0], 2, 1)[0]).sum(), [x])
    assert agree([average_pool_backward(dout, cache)], numeric, 1e-12)


@pytest.mark.parametrize(("size", "stride"), [(2, 2), (3, 2), (3, 1), (2, 3)])
@pytest.mark.parametrize("kind", ["max", "average"])
def test_pooling_is_tensorflows(size, stride, kind, tf, rng):
    x = rng.normal(size=(3, 9, 8, 2))
    variable = tf.Variable(x)
    with tf.GradientTape() as tape:
        pool = tf.nn.max_pool2d if kind == "max" else tf.nn.avg_pool2d
        theirs = pool(variable, size, stride, "VALID")
    forward, backward = getattr(pooling, f"{kind}_pool_forward"), getattr(pooling, f"{kind}_pool_backward")
    out, cache = forward(x, size, stride)
    dout = rng.normal(size=out.shape)
    assert agree([out, backward(dout, cache)], [theirs.numpy(), tape.gradient(theirs, variable, dout).numpy()], 1e-12)


def test_of_equals_the_first_in_a_window_gets_the_slope():
    x = np.array([[1.0, 2, 5, 5], [2, 0, 5, 5]])[None, :, :, None]
    out, cache = max_pool_forward(x)
    assert out[0, :, :, 0].tolist() == [[2, 5]]
    dx = max_pool_backward(np.array([[10.0, 20]])[None, :, :, None], cache)
    assert dx[0, :, :, 0].tolist() == [[0, 10, 20, 0], [0, 0, 0, 0]]


def test_batch_normalization_is_tensorflows(tf, rng):
    for shape in ((6, 3), (4, 5, 5, 3)):
        x, gamma, beta = rng.normal(3, 2, shape), rng.normal(size=3), rng.normal(size=3)
        variables = [tf.Variable(v) for v in (x, gamma, beta)]
        with tf.GradientTape() as tape:
            mean, variance = tf.nn.moments(variables[0], list(range(len(shape) - 1)))
            theirs = tf.nn.batch_normalization(variables[0], mean, variance, variables[2], variables[1], 1e-5)
        out, cache = batch_norm_forward(x, gamma, beta)
        dout = rng.normal(size=shape)
        assert agree([out], [theirs.numpy()], 1e-12)
        assert agree(
            batch_norm_backward(dout, cache), [g.numpy() for g in tape.gradient(theirs, variables, dout)], 1e-10
        )
        np.testing.assert_allclose(batch_norm_inference(x, gamma, beta, cache.mean, cache.variance), out, rtol=1e-10)
    assert moving_average(np.array(1.0), np.array(2.0), 0.75) == 1.25


def test_batch_normalizations_slopes_by_complex_step(rng):
    x, gamma, beta, dout = rng.normal(size=(5, 2)), rng.normal(size=2), rng.normal(size=2), rng.normal(size=(5, 2))

    def loss(p):
        centered = p[0] - p[0].mean(axis=0)
        return (dout * (p[1] * centered / np.sqrt((centered**2).mean(axis=0) + 1e-5) + p[2])).sum()

    out, cache = batch_norm_forward(x, gamma, beta)
    assert (dout * out).sum() == pytest.approx(loss([x, gamma, beta]), rel=1e-12)
    assert agree(batch_norm_backward(dout, cache), complex_step(loss, [x, gamma, beta]), 1e-12)


def test_a_dense_layers_slopes_by_complex_step(rng):
    x, w, b, dout = rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=2), rng.normal(size=(4, 2))
    _, cache = dense_forward(x, w, b)
    numeric = complex_step(lambda p: (dout * dense_forward(*p)[0]).sum(), [x, w, b])
    assert agree(dense_backward(dout, cache), numeric, 1e-12)


@given(st.integers(1, 3), st.integers(1, 4), st.integers(1, 3), st.integers(0, 2), st.integers(0, 5), st.integers(0, 5))
@settings(deadline=None)
def test_adding_patches_back_is_the_transpose_of_taking_them(m, size, stride, padding, more_rows, more_columns):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(m, size + more_rows, size + more_columns, 2))
    patches = im2col(x, size, stride, padding)
    y = rng.normal(size=patches.shape)
    assert patches.shape[1] == (x.shape[1] + 2 * padding - size) // stride + 1
    np.testing.assert_allclose(
        (patches * y).sum(), (x * col2im(y, x.shape, stride, padding)).sum(), rtol=1e-9, atol=1e-9
    )


X, W, B = np.zeros((1, 5, 5, 2)), np.zeros((3, 3, 2, 4)), np.zeros(4)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: convolve_forward(X[0], W, B), r"x: shape \(5, 5, 2\) came, \(m, height, width, channels\)"),
        (lambda: convolve_forward(X[:0], W, B), r"x: shape \(0, 5, 5, 2\) came"),
        (lambda: convolve_forward(X, W[:, :2], B), r"w: shape \(3, 2, 2, 4\) came, \(3, 3, 2, filters\)"),
        (lambda: convolve_forward(X, W, B[:3]), r"b: shape \(3,\) came, \(4,\) expected"),
        (lambda: convolve_forward(X, W, B, stride=0), "stride: 0 came"),
        (lambda: convolve_forward(X, W, B, padding=-1), "padding: -1 came"),
        (lambda: convolution.im2col(X, 6), "size: 6 came, at most the padded image's 5×5 expected"),
        (
            lambda: convolve_backward(X, convolve_forward(X, W, B)[1]),
            r"dout: shape \(1, 5, 5, 2\) came, \(1, 3, 3, 4\)",
        ),
        (lambda: max_pool_forward(X, 6), "size: 6 came, at most the image's 5×5 expected"),
        (lambda: max_pool_backward(X, max_pool_forward(X)[1]), r"dout: shape \(1, 5, 5, 2\) came, \(1, 2, 2, 2\)"),
        (lambda: average_pool_backward(X, average_pool_forward(X)[1]), "dout: shape"),
        (lambda: batch_norm_forward(X, B, B), r"gamma: shape \(4,\) came, \(2,\) expected"),
        (lambda: batch_norm_forward(B, B, B), r"x: shape \(4,\) came, \(m, …, features\), not empty, expected"),
        (lambda: dense_forward(np.zeros((2, 3)), np.zeros((4, 1)), B), r"x: shape \(2, 3\) came, \(m, 4\)"),
    ],
)
def test_what_does_not_fit_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
