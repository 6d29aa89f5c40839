"""Training at scale: a batch shared out over replicas, whose gradients are averaged before one step (lecture 1.3).

Parameters and data are those of mlcore.tensorflow.mechanics.
Source: Dean and others, Large scale distributed deep networks (2012); TensorFlow's guide "Convolutional neural
networks" (1.x), its section on several devices; today's "Custom training with tf.distribute.Strategy".
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from mlcore.arguments import Array, Labels, count, positive
from mlcore.tensorflow.mechanics import data, logits_of, loss_op, shared_variables

v1 = tf.compat.v1


def step_in_session(parameters: Sequence[Array], x: Array, y: Labels, *, replicas: int, rate: float) -> list[Array]:
    """TensorFlow 1: one tower a replica over shared variables, each with its part of the batch; one update."""
    x, y = data(parameters, x, y)
    with tf.Graph().as_default(), v1.Session() as session:
        optimizer = v1.train.GradientDescentOptimizer(positive("rate", rate))
        towers, variables = [], []
        for replica, (images, classes) in enumerate(parts(x, y, replicas)):
            with v1.name_scope(f"tower_{replica}"), v1.variable_scope("network", reuse=replica > 0):
                variables = shared_variables(parameters)
                loss = loss_op(logits_of(tf.constant(images), variables), tf.constant(classes))
            towers.append((len(images), optimizer.compute_gradients(loss, variables)))
        averaged = [
            (sum(m * pairs[i][0] for m, pairs in towers) / len(x), variable) for i, variable in enumerate(variables)
        ]
        update = optimizer.apply_gradients(averaged)
        session.run(v1.global_variables_initializer())
        session.run(update)
        return session.run(variables)


def step(parameters: Sequence[Array], x: Array, y: Labels, *, replicas: int, rate: float) -> list[Array]:
    """Today: a tape a replica, the gradients weighted by the size of its part; the step is that of the whole batch."""
    x, y = data(parameters, x, y)
    variables = [tf.Variable(value) for value in parameters]
    averaged: list[Any] = [tf.zeros_like(v) for v in variables]
    for images, classes in parts(x, y, replicas):
        with tf.GradientTape() as tape:
            loss = loss_op(logits_of(images, variables), classes)
        gradients = tape.gradient(loss, variables)
        averaged = [total + len(images) / len(x) * g for total, g in zip(averaged, gradients, strict=True)]
    for variable, gradient in zip(variables, averaged, strict=True):
        variable.assign_sub(positive("rate", rate) * gradient)
    return [v.numpy() for v in variables]


def parts(x: Array, y: Labels, replicas: int) -> list[tuple[Array, Labels]]:
    """The batch in as many parts, of sizes that differ by at most one."""
    if count("replicas", replicas) > len(x):
        raise ValueError(f"replicas: {replicas} came, at most one for each of the {len(x)} examples expected")
    return list(zip(np.array_split(x, replicas), np.array_split(y, replicas), strict=True))
