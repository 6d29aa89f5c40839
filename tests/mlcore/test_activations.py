"""Activations against TensorFlow's, their derivatives by complex step, and the ends of the number line."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlcore import activations
from mlcore.activations import ACTIVATIONS, relu, relu_prime, sigmoid, sigmoid_inverse, sigmoid_prime, softmax, tanh

ANALYTIC = ["identity", "sigmoid", "tanh"]
ELEMENTWISE = [*ANALYTIC, "relu", "step"]


@pytest.mark.parametrize("name", ANALYTIC)
def test_a_derivative_is_what_the_complex_step_says(name):
    z = np.linspace(-20, 20, 401)
    slope = np.imag(getattr(activations, name)(z + 1e-20j)) / 1e-20
    np.testing.assert_allclose(getattr(activations, f"{name}_prime")(z), slope, rtol=1e-12)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "softmax"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_an_activation_and_its_backward_pass_are_tensorflows(name, dtype, tf, rng):
    z, da = rng.normal(0, 3, (5, 4)).astype(dtype), rng.normal(size=(5, 4)).astype(dtype)
    variable = tf.Variable(z)
    with tf.GradientTape() as tape:
        a = getattr(tf.nn, name)(variable)
    found = ACTIVATIONS[name].function(z)
    tolerance = 1e-12 if dtype == np.float64 else 2e-6
    np.testing.assert_allclose(found, a.numpy(), rtol=tolerance)
    backward = ACTIVATIONS[name].backward(da, z)
    np.testing.assert_allclose(backward, tape.gradient(a, variable, da).numpy(), rtol=tolerance, atol=tolerance)
    assert found.dtype == backward.dtype == dtype


def test_the_ends_of_the_number_line():
    z = np.array([[-1000.0, 0.0, 1000.0]])
    np.testing.assert_array_equal(sigmoid(z), [[0, 0.5, 1]])
    np.testing.assert_array_equal(sigmoid_prime(z), [[0, 0.25, 0]])
    np.testing.assert_array_equal(tanh(z), [[-1, 0, 1]])
    np.testing.assert_array_equal(activations.tanh_prime(z), [[0, 1, 0]])
    np.testing.assert_array_equal(softmax(z), [[0, 0, 1]])
    np.testing.assert_array_equal(relu(z), [[0, 0, 1000]])
    np.testing.assert_array_equal(relu_prime(z)[:, [0, 2]], [[0, 1]])
    np.testing.assert_array_equal(activations.step(z)[:, [0, 2]], [[0, 1]])
    np.testing.assert_array_equal(activations.step_prime(z), [[0, 0, 0]])
    assert sigmoid(np.array(-700.0)) == pytest.approx(np.exp(-700.0), rel=1e-12)


def test_the_inverse_of_the_sigmoid():
    z = np.linspace(-30, 30, 61)
    np.testing.assert_allclose(sigmoid_inverse(sigmoid(z)), z, rtol=1e-2)
    np.testing.assert_allclose(sigmoid_inverse(sigmoid(z[z < 5])), z[z < 5], rtol=1e-12, atol=1e-12)
    with pytest.raises(ValueError, match=r"a: values from 0\.0 to 0\.5 came, all within \(0, 1\) expected"):
        sigmoid_inverse(np.array([0.0, 0.5]))


rows = arrays(np.float64, st.tuples(st.integers(1, 5), st.integers(1, 6)), elements=st.floats(-50, 50))


@given(rows, st.floats(-300, 300))
def test_shifting_a_row_changes_no_softmax(z, shift):
    np.testing.assert_allclose(softmax(z + shift), softmax(z), rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(softmax(z).sum(axis=1), 1, rtol=1e-12)


@given(rows)
def test_the_jacobian_of_softmax_is_what_its_backward_pass_multiplies_by(z):
    da = np.sin(np.arange(z.size)).reshape(z.shape)
    by_jacobian = np.einsum("mi,mij->mj", da, activations.softmax_prime(z))
    np.testing.assert_allclose(activations.softmax_backward(da, z), by_jacobian, atol=1e-14)


@given(rows)
def test_shape_and_dtype_stay(z):
    for dtype in (np.float32, np.float64):
        for activation in ACTIVATIONS.values():
            a = activation.function(z.astype(dtype))
            assert (a.shape, a.dtype) == (z.shape, dtype)


@pytest.mark.parametrize("name", [*ELEMENTWISE, "softmax"])
def test_other_types_and_numbers_that_are_not_finite_are_refused(name):
    function = getattr(activations, name)
    with pytest.raises(ValueError, match="z: dtype int64 came, float64 or float32 expected"):
        function(np.array([1, 2]))
    with pytest.raises(ValueError, match=r"z: z\[1, 0\] is nan, finite numbers expected"):
        function(np.array([[1.0], [np.nan]]))
