"""A convolutional network that is evaluated with moving averages of its variables (lectures 6.2 to 6.6).

Inference: convolution, bias, ReLU, max pooling, local response normalization, a dense layer with weight decay, a
softmax. Its rate decays by steps; after each step every variable's average moves toward it. Parameters are (filters,
filter_biases, weights, biases): (size, size, channels, n), (n,), (pooled, K), (K,); x (m, height, width, channels).
Source: TensorFlow's guide "Convolutional neural networks" (1.x); Krizhevsky, Sutskever & Hinton (2012).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

from mlcore.arguments import Array, Labels, count, fraction, labels, positive, shaped
from mlcore.convolution import square_filters
from mlcore.tensorflow.mechanics import slices

v1 = tf.compat.v1
NAMES = ("filters", "filter_biases", "weights", "biases")


@dataclass(frozen=True)
class Schedule:
    """rate falls by `decay` every `steps_per_decay` steps; averages keep `average` of what they were."""

    rate: float = 0.1
    decay: float = 0.5
    steps_per_decay: int = 100
    average: float = 0.99
    weight_decay: float = 1e-4

    def __post_init__(self) -> None:
        positive("rate", self.rate)
        positive("decay", self.decay)
        count("steps_per_decay", self.steps_per_decay)
        fraction("average", self.average)


@dataclass(frozen=True)
class Trained:
    """Parameters, their moving averages, and the loss of each batch before its step."""

    parameters: list[Array]
    averages: list[Array]
    losses: list[float]


def random_parameters(
    image: tuple[int, int, int], classes: int, rng: np.random.Generator, filters: int = 8, size: int = 5
) -> list[Array]:
    """Weights from a normal distribution of deviation √(2/n_in), biases 0, for images (height, width, channels)."""
    height, width, channels = image
    pooled = -(-height // 2) * -(-width // 2) * filters
    return [
        rng.normal(0, np.sqrt(2 / (size * size * channels)), (size, size, channels, filters)),
        np.zeros(filters),
        rng.normal(0, np.sqrt(2 / pooled), (pooled, classes)),
        np.zeros(classes),
    ]


def inference(images: Any, variables: Sequence[Any]) -> Any:
    """The logits, (m, K)."""
    filters, filter_biases, weights, biases = variables
    features = tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(images, filters, 1, "SAME"), filter_biases))
    pooled = tf.nn.max_pool2d(features, 2, 2, "SAME")
    # The operation knows float32 only.
    normed = tf.nn.local_response_normalization(tf.cast(pooled, tf.float32), 4, 1.0, 0.001 / 9, 0.75)
    return tf.reshape(tf.cast(normed, pooled.dtype), (-1, weights.shape[0])) @ weights + biases


def total_loss(logits: Any, classes: Any, weights: Any, weight_decay: float) -> Any:
    """The mean cross-entropy, and the decay of the dense layer's weights."""
    entropy = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(classes, logits))
    return entropy + weight_decay * tf.nn.l2_loss(weights)


def train_in_session(
    parameters: Sequence[Array], x: Array, y: Labels, *, epochs: int, batch: int, schedule: Schedule
) -> Trained:
    """TensorFlow 1: the averages' update depends on the optimizer's, so that one run does both."""
    x, y = data(parameters, x, y)
    with tf.Graph().as_default(), v1.Session() as session:
        images, classes = v1.placeholder(x.dtype, (None, *x.shape[1:])), v1.placeholder(tf.int64, (None,))
        variables = [v1.get_variable(n, initializer=value) for n, value in zip(NAMES, parameters, strict=True)]
        loss = total_loss(inference(images, variables), classes, variables[2], schedule.weight_decay)
        step = v1.train.get_or_create_global_step()
        rate = v1.train.exponential_decay(schedule.rate, step, schedule.steps_per_decay, schedule.decay, staircase=True)
        update = v1.train.GradientDescentOptimizer(rate).minimize(loss, global_step=step)
        average = tf.train.ExponentialMovingAverage(schedule.average)
        with tf.control_dependencies([update]):
            train = average.apply(variables)
        session.run(v1.global_variables_initializer())
        losses = [
            float(session.run([loss, train], feed_dict={images: x[rows], classes: y[rows]})[0])
            for _ in range(count("epochs", epochs, 0))
            for rows in slices(len(x), batch)
        ]
        return Trained(session.run(variables), session.run([average.average(v) for v in variables]), losses)


def train(parameters: Sequence[Array], x: Array, y: Labels, *, epochs: int, batch: int, schedule: Schedule) -> Trained:
    """Today: a traced step that updates the variables and then their averages."""
    x, y = data(parameters, x, y)
    variables = [tf.Variable(value) for value in parameters]
    averages = [tf.Variable(value) for value in parameters]
    rates = tf.keras.optimizers.schedules.ExponentialDecay(
        schedule.rate, schedule.steps_per_decay, schedule.decay, staircase=True
    )
    done = tf.Variable(0, dtype=tf.int64)
    any_batch = [tf.TensorSpec((None, *x.shape[1:]), x.dtype), tf.TensorSpec((None,), tf.int64)]

    @tf.function(input_signature=any_batch)
    def step(images: Any, classes: Any) -> Any:
        with tf.GradientTape() as tape:
            loss = total_loss(inference(images, variables), classes, variables[2], schedule.weight_decay)
        rate = tf.cast(rates(done), x.dtype)
        for variable, gradient in zip(variables, tape.gradient(loss, variables), strict=True):
            variable.assign_sub(rate * gradient)
        for kept, variable in zip(averages, variables, strict=True):
            kept.assign(schedule.average * kept + (1 - schedule.average) * variable)
        done.assign_add(1)
        return loss

    losses = [
        float(step(x[rows], y[rows])) for _ in range(count("epochs", epochs, 0)) for rows in slices(len(x), batch)
    ]
    return Trained([v.numpy() for v in variables], [a.numpy() for a in averages], losses)


def accuracy(parameters: Sequence[Array], x: Array, y: Labels, batch: int = 500) -> float:
    """The share of images whose class is the label: give it the averages to evaluate as the lecture does."""
    x, y = data(parameters, x, y)
    right = [np.argmax(inference(tf.constant(x[r]), parameters).numpy(), axis=1) == y[r] for r in slices(len(x), batch)]
    return float(np.concatenate(right).mean())


def data(parameters: Sequence[Array], x: Array, y: Labels) -> tuple[Array, Labels]:
    """Images and labels that fit the parameters."""
    filters, filter_biases, weights, biases = parameters
    square_filters("filters", filters)
    x = shaped("x", x, ("m", "height", "width", filters.shape[2]))
    shaped("filter_biases", filter_biases, filters.shape[-1:])
    pooled = -(-x.shape[1] // 2) * -(-x.shape[2] // 2) * filters.shape[3]
    shaped("weights", weights, (pooled, "K"))
    shaped("biases", biases, weights.shape[1:])
    return x, labels("y", y, len(x), len(biases)).astype("int64")
