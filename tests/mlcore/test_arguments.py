"""Every function of mlcore that takes arrays refuses what is wrong with each of them, by the argument's name.

A function that is not in the table below, and not among those that are excused, fails the first test.
"""

import importlib
import inspect
import pkgutil
import re
from dataclasses import replace

import numpy as np
import pytest

import mlcore
from mlcore import (
    activations,
    batch_normalization,
    circuits,
    cnn,
    convolution,
    costs,
    dense,
    documents,
    evaluation,
    gradient_checking,
    hopfield,
    kernels,
    networks,
    optimizers,
    perceptron,
    pooling,
    regularization,
    softmax_regression,
    svm,
    training,
    universality,
    unstable_gradients,
)
from mlcore.fast_cnn import FastCNN
from mlcore.fast_training import FastSGD
from mlcore.networks import Network
from mlcore.recurrent import RNN

RNG = np.random.default_rng(0)


def normal(*shape):
    return RNG.normal(size=shape)


X, Y, CLASSES = normal(5, 4), RNG.integers(0, 2, (5, 2)).astype(float), np.array([0, 1, 1, 0, 1])
SIGNS = np.array([1.0, -1.0, 1.0, -1.0, 1.0])
NETWORK = Network.random([4, 3, 2], RNG, cost="cross-entropy")
QUADRATIC = replace(NETWORK, cost="quadratic")
SGD = optimizers.SGD(0.1)
MACHINE = svm.train(X, SIGNS, kernels.rbf(0.5))
MACHINES = svm.train_classes(X, np.array([0, 1, 0, 2, 1]), kernels.rbf(0.5))
PATTERNS = RNG.choice([-1, 1], (2, 6))
MEMORY = hopfield.hebbian_weights(PATTERNS)
RECURRENT, SEQUENCES, STEPS = RNN.random(3, 4, 2, RNG), normal(2, 5, 3), RNG.integers(0, 2, (2, 5))
IMAGES, IMAGE_CLASSES = normal(2, 6, 6, 1), np.array([0, 2])
CONVOLVED, CONVOLUTION_CACHE = convolution.convolve_forward(IMAGES, normal(3, 3, 1, 2), normal(2))
POOLED, POOL_CACHE = pooling.max_pool_forward(IMAGES)
AVERAGED, AVERAGE_CACHE = pooling.average_pool_forward(IMAGES)
DENSE, DENSE_CACHE = dense.dense_forward(X, normal(4, 3), normal(3))
NORMALIZED, NORM_CACHE = batch_normalization.batch_norm_forward(X, np.ones(4), np.zeros(4))
SMALL_CNN = cnn.CNN.random((6, 6, 1), RNG, filters=2, size=3, hidden=4, classes=3)
COUNTS = documents.bag_of_words(["aa bb", "bb cc cc"], documents.vocabulary(["aa bb", "bb cc cc"]))
TABLE = universality.lookup_table(normal(3))
CHAIN = unstable_gradients.Chain(normal(3), normal(3))


def squares(parameters):
    return (parameters[0] ** 2).sum()


def elementwise(module, *names):
    return {f"{module.__name__}.{name}": (getattr(module, name), {"z": normal(3, 4)}) for name in names}


def updates(optimizer):
    def update(parameters, gradients):
        return optimizer.update([parameters], [gradients], optimizer.start([parameters]))

    return update, {"parameters": normal(3, 4), "gradients": normal(3, 4)}


def costs_of(a, y, *names):
    return {f"mlcore.costs.{name}": (getattr(costs, name), {"a": a, "y": y}) for name in names}


# By function: how to call it, and arguments that it takes. Lists of arrays are given as their one element.
CALLS = {
    **elementwise(
        activations,
        *("step", "step_prime", "identity", "identity_prime", "sigmoid", "sigmoid_prime", "tanh", "tanh_prime"),
        *("relu", "relu_prime", "softmax", "softmax_prime"),
    ),
    "mlcore.activations.sigmoid_inverse": (activations.sigmoid_inverse, {"a": RNG.uniform(0.1, 0.9, (3, 4))}),
    "mlcore.activations.softmax_backward": (activations.softmax_backward, {"da": normal(3, 4), "z": normal(3, 4)}),
    **costs_of(
        RNG.uniform(0.1, 0.9, (3, 4)),
        np.eye(4)[:3],
        *("quadratic", "quadratic_prime", "cross_entropy", "cross_entropy_prime"),
        *("log_likelihood", "log_likelihood_prime"),
    ),
    **costs_of(
        normal(3, 2), np.sign(normal(3, 2)), "hinge", "hinge_prime", "perceptron", "perceptron_prime"
    ),
    "mlcore.costs.cross_entropy_of_logits": (
        costs.cross_entropy_of_logits, {"z": normal(3, 4), "y": np.eye(4)[:3]},
    ),
    "mlcore.costs.log_likelihood_of_logits": (
        costs.log_likelihood_of_logits, {"z": normal(3, 4), "y": np.eye(4)[:3]},
    ),
    "mlcore.optimizers.SGD.update": updates(SGD),
    "mlcore.optimizers.Momentum.update": updates(optimizers.Momentum(0.1)),
    "mlcore.optimizers.Nesterov.update": updates(optimizers.Nesterov(0.1)),
    "mlcore.optimizers.RMSProp.update": updates(optimizers.RMSProp(0.1)),
    "mlcore.optimizers.Adam.update": updates(optimizers.Adam(0.1)),
    "mlcore.regularization.L2.cost": (
        lambda weights: regularization.L2(1.0).cost([weights], 5), {"weights": normal(3, 4)},
    ),
    "mlcore.regularization.L2.gradient": (lambda w: regularization.L2(1.0).gradient(w, 5), {"w": normal(3, 4)}),
    "mlcore.regularization.L1.cost": (
        lambda weights: regularization.L1(1.0).cost([weights], 5), {"weights": normal(3, 4)},
    ),
    "mlcore.regularization.L1.gradient": (lambda w: regularization.L1(1.0).gradient(w, 5), {"w": normal(3, 4)}),
    "mlcore.regularization.dropout": (lambda a: regularization.dropout(a, 0.5, RNG), {"a": normal(3, 4)}),
    "mlcore.regularization.dropout_backward": (
        regularization.dropout_backward, {"da": normal(3, 4), "mask": np.ones((3, 4))},
    ),
    "mlcore.networks.Network": (
        lambda weights, biases: Network([weights], [biases]), {"weights": normal(3, 4), "biases": normal(3)},
    ),
    "mlcore.networks.Network.forward": (
        lambda x, masks: NETWORK.forward(x, [masks]), {"x": X, "masks": np.ones((5, 3))},
    ),
    "mlcore.networks.Network.loss": (NETWORK.loss, {"x": X, "y": Y}),
    "mlcore.networks.Network.deltas": (
        lambda x, y, masks: NETWORK.deltas(x, y, [masks]), {"x": X, "y": Y, "masks": np.ones((5, 3))},
    ),
    "mlcore.networks.Network.backprop": (
        lambda x, y, masks: NETWORK.backprop(x, y, [masks]), {"x": X, "y": Y, "masks": np.ones((5, 3))},
    ),
    "mlcore.networks.Network.predict": (NETWORK.predict, {"x": X}),
    "mlcore.networks.Network.accuracy": (NETWORK.accuracy, {"x": X, "y": CLASSES}),
    "mlcore.networks.one_hot": (lambda y: networks.one_hot(y, 2), {"y": CLASSES}),
    "mlcore.training.train": (
        lambda x, y: training.train(NETWORK, x, y, epochs=1, batch=2, optimizer=SGD, rng=RNG), {"x": X, "y": Y},
    ),
    "mlcore.training.train, validation": (
        lambda validation: training.train(
            NETWORK, X, Y, epochs=1, batch=2, optimizer=SGD, rng=RNG, validation=(validation, CLASSES)
        ),
        {"validation": X},
    ),
    "mlcore.training.step": (
        lambda x, y: training.step(NETWORK, x, y, SGD, None, None, 5), {"x": X, "y": Y},
    ),
    "mlcore.fast_training.FastSGD": (
        lambda x, y: FastSGD(NETWORK, x, y, batch=2, rate=0.1), {"x": X, "y": Y},
    ),
    "mlcore.perceptron.train": (lambda x, y: perceptron.train(x, y, 2), {"x": X, "y": SIGNS}),
    "mlcore.perceptron.train_averaged": (lambda x, y: perceptron.train_averaged(x, y, 2), {"x": X, "y": SIGNS}),
    "mlcore.perceptron.predict": (perceptron.predict, {"w": normal(4), "b": 0.5, "x": X}),
    "mlcore.perceptron.novikoff_bound": (
        perceptron.novikoff_bound, {"x": SIGNS[:, None], "y": SIGNS, "w": np.ones(1), "b": 0.5},
    ),
    "mlcore.documents.tf_idf": (lambda idf: documents.tf_idf(COUNTS, idf), {"idf": normal(3)}),
    "mlcore.kernels.linear": (kernels.linear, {"x": X, "z": normal(3, 4)}),
    "mlcore.kernels.polynomial": (kernels.polynomial(2), {"x": X, "z": normal(3, 4)}),
    "mlcore.kernels.rbf": (kernels.rbf(0.5), {"x": X, "z": normal(3, 4)}),
    "mlcore.kernels.sigmoid": (kernels.sigmoid(0.5), {"x": X, "z": normal(3, 4)}),
    "mlcore.svm.train": (lambda x, y: svm.train(x, y, kernels.rbf(0.5)), {"x": X, "y": SIGNS}),
    "mlcore.svm.train_classes": (
        lambda x, y: svm.train_classes(x, y, kernels.rbf(0.5)), {"x": X, "y": CLASSES},
    ),
    "mlcore.svm.SVM.decision": (MACHINE.decision, {"x": X}),
    "mlcore.svm.SVM.predict": (MACHINE.predict, {"x": X}),
    "mlcore.svm.Classes.predict": (MACHINES.predict, {"x": X}),
    "mlcore.hopfield.hebbian_weights": (hopfield.hebbian_weights, {"patterns": PATTERNS}),
    "mlcore.hopfield.energy": (hopfield.energy, {"weights": MEMORY, "state": PATTERNS[0]}),
    "mlcore.hopfield.recall": (
        lambda weights, state: hopfield.recall(weights, state, RNG), {"weights": MEMORY, "state": PATTERNS[0]},
    ),
    "mlcore.recurrent.RNN": (RNN, {name: getattr(RECURRENT, name) for name in "uwbvc"}),
    "mlcore.recurrent.RNN.forward": (RECURRENT.forward, {"x": SEQUENCES}),
    "mlcore.recurrent.RNN.loss": (RECURRENT.loss, {"x": SEQUENCES, "y": STEPS}),
    "mlcore.recurrent.RNN.backprop_through_time": (
        RECURRENT.backprop_through_time, {"x": SEQUENCES, "y": STEPS},
    ),
    "mlcore.recurrent.RNN.predict": (RECURRENT.predict, {"x": SEQUENCES}),
    "mlcore.convolution.convolve_forward": (
        convolution.convolve_forward, {"x": IMAGES, "w": normal(3, 3, 1, 2), "b": normal(2)},
    ),
    "mlcore.convolution.convolve_backward": (
        lambda dout: convolution.convolve_backward(dout, CONVOLUTION_CACHE), {"dout": CONVOLVED},
    ),
    "mlcore.convolution.im2col": (lambda x: convolution.im2col(x, 3), {"x": IMAGES}),
    "mlcore.convolution.col2im": (
        lambda patches: convolution.col2im(patches, IMAGES.shape), {"patches": convolution.im2col(IMAGES, 3)},
    ),
    "mlcore.pooling.max_pool_forward": (pooling.max_pool_forward, {"x": IMAGES}),
    "mlcore.pooling.max_pool_backward": (
        lambda dout: pooling.max_pool_backward(dout, POOL_CACHE), {"dout": POOLED},
    ),
    "mlcore.pooling.average_pool_forward": (pooling.average_pool_forward, {"x": IMAGES}),
    "mlcore.pooling.average_pool_backward": (
        lambda dout: pooling.average_pool_backward(dout, AVERAGE_CACHE), {"dout": AVERAGED},
    ),
    "mlcore.dense.dense_forward": (dense.dense_forward, {"x": X, "w": normal(4, 3), "b": normal(3)}),
    "mlcore.dense.dense_backward": (lambda dout: dense.dense_backward(dout, DENSE_CACHE), {"dout": DENSE}),
    "mlcore.batch_normalization.batch_norm_forward": (
        batch_normalization.batch_norm_forward, {"x": X, "gamma": np.ones(4), "beta": np.zeros(4)},
    ),
    "mlcore.batch_normalization.batch_norm_backward": (
        lambda dout: batch_normalization.batch_norm_backward(dout, NORM_CACHE), {"dout": NORMALIZED},
    ),
    "mlcore.batch_normalization.batch_norm_inference": (
        batch_normalization.batch_norm_inference,
        {"x": X, "gamma": np.ones(4), "beta": np.zeros(4), "mean": np.zeros(4), "variance": np.ones(4)},
    ),
    "mlcore.batch_normalization.moving_average": (
        batch_normalization.moving_average, {"average": normal(4), "new": normal(4)},
    ),
    "mlcore.cnn.CNN": (
        cnn.CNN, dict(zip(cnn.CNN.__dataclass_fields__, SMALL_CNN.parameters(), strict=True)),
    ),
    "mlcore.cnn.CNN.logits": (SMALL_CNN.logits, {"x": IMAGES}),
    "mlcore.cnn.CNN.loss_and_gradients": (SMALL_CNN.loss_and_gradients, {"x": IMAGES, "y": IMAGE_CLASSES}),
    "mlcore.cnn.CNN.predict": (SMALL_CNN.predict, {"x": IMAGES}),
    "mlcore.cnn.CNN.accuracy": (SMALL_CNN.accuracy, {"x": IMAGES, "y": IMAGE_CLASSES}),
    "mlcore.cnn.train": (
        lambda x, y: cnn.train(SMALL_CNN, x, y, epochs=1, batch=1, optimizer=SGD, rng=RNG),
        {"x": IMAGES, "y": IMAGE_CLASSES},
    ),
    "mlcore.fast_cnn.FastCNN": (
        lambda x, y: FastCNN(SMALL_CNN, x, y, batch=1, rate=0.1), {"x": IMAGES, "y": IMAGE_CLASSES},
    ),
    "mlcore.softmax_regression.loss_and_gradients": (
        softmax_regression.loss_and_gradients, {"w": normal(4, 2), "b": normal(2), "x": X, "y": CLASSES},
    ),
    "mlcore.evaluation.confusion_matrix": (
        lambda y, predicted: evaluation.confusion_matrix(y, predicted, 2), {"y": CLASSES, "predicted": CLASSES},
    ),
    **{
        f"mlcore.evaluation.{name}": (getattr(evaluation, name), {"confusion": np.array([[3.0, 1.0], [0.0, 2.0]])})
        for name in ("accuracy", "precision", "recall", "f1")
    },
    "mlcore.evaluation.most_frequent": (evaluation.most_frequent, {"y": CLASSES}),
    "mlcore.universality.goal": (universality.goal, {"x": RNG.random(4)}),
    "mlcore.universality.step_neuron": (universality.step_neuron, {"position": 0.5, "weight": 9.0}),
    "mlcore.universality.step_position": (universality.step_position, {"weight": 9.0, "bias": 1.0}),
    "mlcore.universality.bumps": (
        universality.bumps, {"edges": np.array([[0, 0.5], [0.5, 1]]), "heights": normal(2)},
    ),
    "mlcore.universality.lookup_table": (universality.lookup_table, {"heights": normal(3)}),
    "mlcore.universality.weighted_sum": (lambda x: universality.weighted_sum(TABLE, x), {"x": RNG.random((5, 1))}),
    "mlcore.universality.tower": (
        universality.tower, {"starts": np.array([0.1, 0.2]), "ends": np.array([0.3, 0.4])},
    ),
    "mlcore.circuits.Circuit.evaluate": (circuits.deep_parity(3).evaluate, {"bits": np.array([[0, 1, 1], [1, 1, 0]])}),
    "mlcore.circuits.shallow": (lambda table: circuits.shallow(2, table), {"table": np.array([0, 1, 1, 0])}),
    "mlcore.unstable_gradients.deltas": (
        lambda x, y: unstable_gradients.deltas(NETWORK, x, y), {"x": X, "y": Y},
    ),
    "mlcore.unstable_gradients.layer_norms": (
        lambda x, y: unstable_gradients.layer_norms(NETWORK, x, y), {"x": X, "y": Y},
    ),
    "mlcore.unstable_gradients.speed_of_learning": (
        lambda x, y: unstable_gradients.speed_of_learning(NETWORK, x, y, epochs=1, rate=0.1), {"x": X, "y": Y},
    ),
    "mlcore.unstable_gradients.matrix_form": (
        lambda x, y: unstable_gradients.matrix_form(QUADRATIC, x, y), {"x": X[0], "y": Y[0]},
    ),
    "mlcore.unstable_gradients.saturation": (lambda x: unstable_gradients.saturation(NETWORK, x), {"x": X}),
    "mlcore.unstable_gradients.Chain": (
        unstable_gradients.Chain, {"weights": normal(3), "biases": normal(3)},
    ),
    "mlcore.unstable_gradients.Chain.gradients": (CHAIN.gradients, {"x": 0.5, "dc_da": 1.0}),
    "mlcore.unstable_gradients.exploding_chain": (
        lambda x, weight: unstable_gradients.exploding_chain(3, x, weight), {"x": 0.5, "weight": 100.0},
    ),
    "mlcore.unstable_gradients.amplifying_width": (unstable_gradients.amplifying_width, {"weight": 5.0}),
    "mlcore.unstable_gradients.amplifying_interval": (
        unstable_gradients.amplifying_interval, {"weight": 5.0, "bias": 1.0},
    ),
    "mlcore.unstable_gradients.identity_neuron": (unstable_gradients.identity_neuron, {"weight": 1.0}),
    "mlcore.unstable_gradients.IdentityNeuron.__call__": (
        unstable_gradients.identity_neuron(1.0), {"x": RNG.random(4)},
    ),
    "mlcore.gradient_checking.complex_step": (
        lambda parameters: gradient_checking.complex_step(squares, [parameters]), {"parameters": normal(3)},
    ),
    "mlcore.gradient_checking.central_differences": (
        lambda parameters: gradient_checking.central_differences(squares, [parameters]), {"parameters": normal(3)},
    ),
    "mlcore.gradient_checking.directional": (
        lambda parameters, gradients: gradient_checking.directional(squares, [parameters], [gradients], RNG),
        {"parameters": normal(3), "gradients": normal(3)},
    ),
    "mlcore.gradient_checking.kinks": (
        lambda parameters: gradient_checking.kinks(lambda p: p[0] > 0, [parameters]), {"parameters": normal(3)},
    ),
    "mlcore.gradient_checking.compare": (
        gradient_checking.compare, {"gradient": normal(3, 4), "expected": normal(3, 4)},
    ),
}  # fmt: skip

EXCUSED = re.compile(
    # the checks themselves
    r"mlcore\.(arguments|datasets)\b|\.(pair|within_one|of_signs|square|share|matching|checked|fitting|examples|copied|agree|square_filters|images)$|"
    # what only mlcore makes, and the inner steps of what was checked when it was made
    r"\.(Cache|Comparison|Buffers|SVM|smo|between_the_bounds|windows|joined|\w+_in_place|start)$|\.Fast\w+\.step$|"
    # protocols; what is asked about students' gradients, NaN and all
    r"\.(Optimizer|Penalty)\.|\.(relative_error|best_scale|norm)$"
)
# An empty array of these gives an empty one.
OF_ANY_SHAPE = re.compile(
    r"activations|regularization|optimizers|moving_average|goal|IdentityNeuron|gradient_checking\.(?!compare)|save_|write"
)
OF_ANY_AXES = re.compile(r"batch_norm|svm\.train|compare|feeding")
OF_ANY_CLASS = re.compile(r"train_classes|most_frequent|feeding")
# Students' gradients come as they come; counts may be whole or not.
OF_ANY_NUMBERS = re.compile(r"gradient_checking\.compare|evaluation|save_|write")


def takes_arrays(function):
    """By its annotations; a function that is given functions of arrays asks nothing of them."""
    found = [str(parameter.annotation) for parameter in inspect.signature(function).parameters.values()]
    return any(
        re.match(r"(?!collections\.abc\.Callable).*(ndarray|_NestedSequence)", annotation) for annotation in found
    )


def functions(package):
    """Every function, class and method of a package's own modules, by its full name."""
    for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        for name, value in vars(importlib.import_module(info.name)).items():
            if getattr(value, "__module__", "") == info.name and (inspect.isfunction(value) or inspect.isclass(value)):
                yield f"{info.name}.{name}", value
                for method, function in vars(value).items() if inspect.isclass(value) else ():
                    if inspect.isfunction(function):
                        yield f"{info.name}.{name}.{method}", function


def left_out(package, calls):
    """The public functions that take arrays and are neither in the table nor excused, and how many there are in all."""
    public = {name: f for name, f in functions(package) if not re.search(r"\._(?!_call__)", name)}
    found = {name for name, f in public.items() if not EXCUSED.search(name) and takes_arrays(f)}
    return found - {name.partition(",")[0] for name in calls}, len(found)


def test_no_public_function_that_takes_arrays_is_left_out():
    missing, found = left_out(mlcore, CALLS)
    assert missing == set()
    assert found >= 80


def faults(name, value):
    """Wrong values in place of a right one."""
    if isinstance(value, float):
        return {"not a number": float("nan"), "infinite": float("inf"), "a string": "0.5"}
    wrong = {"strings": value.astype(str), "objects": value.astype(object)}
    if not OF_ANY_SHAPE.search(name):
        wrong["empty"] = value[:0]
        if not OF_ANY_AXES.search(name):
            wrong["an axis more"] = value[None]
    if value.dtype.kind == "i":
        wrong["no whole numbers"] = value + 0.5
        return wrong if OF_ANY_CLASS.search(name) else wrong | {"too low": value - 7, "too high": value + 1000}
    for what, number in (("not a number", np.nan), ("infinite", -np.inf)):
        wrong[what] = value.copy()
        wrong[what].flat[-1] = number
    if not OF_ANY_NUMBERS.search(name) and value is not SIGNS:
        wrong |= {"half precision": value.astype(np.float16), "whole numbers": np.ones(value.shape, int)}
    return wrong


def refusal(call, given):
    try:
        call(**given)
    except ValueError as error:
        return str(error)
    return "accepted"


def not_refused_by_name(name, call, given):
    """What came of each wrong argument that was not refused by a ValueError that begins with its name."""
    assert refusal(call, given) == "accepted"
    told = {
        (argument, fault): refusal(call, {**given, argument: wrong})
        for argument, value in given.items()
        for fault, wrong in faults(name, value).items()
    }
    assert told
    named = r"{}\b.* (came|is -?(inf|nan))\b.*expected"
    return {case: message for case, message in told.items() if not re.match(named.format(case[0]), message)}


@pytest.mark.parametrize("name", CALLS)
def test_each_wrong_argument_is_refused_by_its_name(name):
    assert not_refused_by_name(name, *CALLS[name]) == {}
