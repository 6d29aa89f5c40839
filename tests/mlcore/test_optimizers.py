"""Ten steps of each optimizer beside Keras's, and refusals."""

import numpy as np
import pytest

from mlcore.optimizers import SGD, Adam, Momentum, Nesterov, RMSProp

OURS_AND_KERAS = {
    "SGD": (SGD(0.1), lambda keras: keras.SGD(0.1)),
    "momentum": (Momentum(0.1, 0.8), lambda keras: keras.SGD(0.1, momentum=0.8)),
    "Nesterov": (Nesterov(0.1, 0.8), lambda keras: keras.SGD(0.1, momentum=0.8, nesterov=True)),
    "RMSProp": (RMSProp(0.01, 0.9, 1e-8), lambda keras: keras.RMSprop(0.01, rho=0.9, epsilon=1e-8)),
    "Adam": (Adam(0.01, epsilon=1e-12), lambda keras: keras.Adam(0.01, epsilon=1e-12)),
}


@pytest.mark.parametrize("name", OURS_AND_KERAS)
def test_ten_steps_are_those_of_keras(name, tf, rng):
    ours, theirs = OURS_AND_KERAS[name]
    theirs = theirs(tf.keras.optimizers)
    parameters = [rng.normal(size=(3, 2)), rng.normal(size=4)]
    # Keras keeps its slots in the precision of its variables.
    variables = [tf.Variable(w) for w in parameters]
    state = ours.start(parameters)
    for _ in range(10):
        gradients = [rng.normal(size=w.shape) for w in parameters]
        parameters, state = ours.update(parameters, gradients, state)
        theirs.apply_gradients(zip([tf.constant(g) for g in gradients], variables, strict=True))
    for w, variable in zip(parameters, variables, strict=True):
        np.testing.assert_allclose(w, variable.numpy(), rtol=1e-5)


@pytest.mark.parametrize("optimizer", [ours for ours, _ in OURS_AND_KERAS.values()], ids=OURS_AND_KERAS)
def test_what_is_passed_in_stays_as_it_is_and_precision_too(optimizer, rng):
    parameters, gradients = [rng.normal(size=3).astype(np.float32)], [rng.normal(size=3).astype(np.float32)]
    kept = parameters[0].copy(), gradients[0].copy()
    moved, state = optimizer.update(parameters, gradients, optimizer.start(parameters))
    optimizer.update(moved, gradients, state)
    np.testing.assert_array_equal(parameters[0], kept[0])
    np.testing.assert_array_equal(gradients[0], kept[1])
    assert moved[0].dtype == np.float32


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: SGD(0), "rate: 0 came, a number above 0 expected"),
        (lambda: Momentum(float("nan")), "rate: nan came"),
        (lambda: Nesterov(0.1, 1), "momentum: 1 came, a number from 0 to below 1 expected"),
        (lambda: RMSProp(0.1, -0.1), "decay: -0.1 came"),
        (lambda: Adam(second=1.0), "second: 1.0 came"),
        (lambda: SGD(0.1).update([np.zeros(2)], []), "gradients: 0 came, 1 expected, one a parameter"),
        (lambda: SGD(0.1).update([np.zeros(2)], [np.zeros(3)]), r"gradients\[0\]: shape \(3,\) came, \(2,\) expected"),
    ],
)
def test_numbers_out_of_range_and_shapes_that_differ_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
