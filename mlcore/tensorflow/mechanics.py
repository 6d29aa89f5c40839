"""The mechanics of training: inputs, inference, loss, training op, train loop, evaluation (lectures 2.1 to 2.12).

The network has a sigmoid hidden layer and a softmax: parameters are (w1, b1, w2, b2), w1 (n_in, n), w2 (n, K); x is
(m, n_in), labels (m,). Steps are those of gradient descent, batches come in the order of the rows.
Source: TensorFlow's guides "TensorFlow mechanics 101" (1.x) and "Basic training loops".
"""

from collections.abc import Iterator, Sequence
from typing import Any

import tensorflow as tf

from mlcore.arguments import Array, Labels, count, labels, positive, shaped

v1 = tf.compat.v1
NAMES = ("w1", "b1", "w2", "b2")


# --- TensorFlow 1: a graph is built first, then run in a session -------------------------------------


def placeholders(n_in: int, dtype: Any) -> tuple[Any, Any]:
    """Images and labels of a batch of any size, so that the last one may be short."""
    return v1.placeholder(dtype, (None, n_in), "images"), v1.placeholder(tf.int64, (None,), "labels")


def inference(images: Any, parameters: Sequence[Array]) -> Any:
    """The graph up to the logits. Variables are taken by name: a second call in a scope that reuses shares them."""
    return logits_of(images, shared_variables(parameters))


def shared_variables(parameters: Sequence[Array]) -> list[Any]:
    """The scope's variables: made at the first call, and the same ones again where the scope reuses."""
    named = zip(NAMES, parameters, strict=True)
    return [v1.get_variable(name, dtype=value.dtype, initializer=tf.constant(value)) for name, value in named]


def loss_op(logits: Any, classes: Any) -> Any:
    """The mean cross-entropy of the batch."""
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(classes, logits), name="loss")


def training_op(loss: Any, rate: float) -> Any:
    """One step of gradient descent each time it is run, counted by the global step."""
    step = v1.train.get_or_create_global_step()
    return v1.train.GradientDescentOptimizer(positive("rate", rate)).minimize(loss, global_step=step)


def evaluation_op(logits: Any, classes: Any) -> Any:
    """How many of the batch are right."""
    return tf.reduce_sum(tf.cast(tf.math.in_top_k(classes, tf.cast(logits, tf.float32), 1), tf.int64))


def train_in_session(
    parameters: Sequence[Array], x: Array, y: Labels, *, epochs: int, batch: int, rate: float
) -> tuple[list[Array], list[float], float]:
    """Trained parameters, the loss of each batch before its step, and the accuracy that the evaluation graph finds."""
    x, y = data(parameters, x, y)
    with tf.Graph().as_default() as graph:
        images, classes = placeholders(x.shape[1], x.dtype)
        with v1.variable_scope("network"):
            loss = loss_op(inference(images, parameters), classes)
        train = training_op(loss, rate)
        # The evaluation graph is a second one over the same variables.
        with v1.variable_scope("network", reuse=True):
            right = evaluation_op(inference(images, parameters), classes)
        variables = graph.get_collection(v1.GraphKeys.TRAINABLE_VARIABLES)
        assert len(variables) == len(NAMES)
        with v1.Session(graph=graph) as session:
            session.run(v1.global_variables_initializer())
            losses = []
            for _ in range(count("epochs", epochs, 0)):
                for rows in slices(len(x), batch):
                    _, found = session.run([train, loss], feed_dict={images: x[rows], classes: y[rows]})
                    losses.append(float(found))
            hits = [session.run(right, feed_dict={images: x[r], classes: y[r]}) for r in slices(len(x), batch)]
            return session.run(variables), losses, float(sum(hits)) / len(x)


# --- today: functions of tensors, traced on first use ------------------------------------------------


def train_eagerly(
    parameters: Sequence[Array], x: Array, y: Labels, *, epochs: int, batch: int, rate: float
) -> tuple[list[Array], list[float], float]:
    """The same by a tape. tf.function traces the step once for batches of any size, and runs it as a graph."""
    x, y = data(parameters, x, y)
    variables = [tf.Variable(value) for value in parameters]
    optimizer = tf.keras.optimizers.SGD(positive("rate", rate))
    optimizer.build(variables)
    any_batch = [tf.TensorSpec((None, x.shape[1]), x.dtype), tf.TensorSpec((None,), tf.int64)]

    @tf.function(input_signature=any_batch)
    def step(images: Any, classes: Any) -> Any:
        with tf.GradientTape() as tape:
            logits = logits_of(images, variables)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(classes, logits))
        optimizer.apply(tape.gradient(loss, variables), variables)
        return loss

    losses = []
    for _ in range(count("epochs", epochs, 0)):
        losses += [float(step(x[rows], y[rows])) for rows in slices(len(x), batch)]
    found = tf.argmax(logits_of(x, variables), axis=1).numpy()
    return [v.numpy() for v in variables], losses, float((found == y).mean())


# --- both --------------------------------------------------------------------------------------------


def logits_of(images: Any, variables: Sequence[Any]) -> Any:
    """The softmax's weighted inputs, (m, K)."""
    w1, b1, w2, b2 = variables
    return tf.sigmoid(images @ w1 + b1) @ w2 + b2


def slices(m: int, batch: int) -> Iterator[slice]:
    """The batches of m rows in order; the last one may be short."""
    return (slice(start, min(start + batch, m)) for start in range(0, m, count("batch", batch)))


def data(parameters: Sequence[Array], x: Array, y: Labels) -> tuple[Array, Labels]:
    """Examples and labels that fit the parameters."""
    w1, b1, w2, b2 = parameters
    shaped("w1", w1, ("n_in", "n"))
    shaped("b1", b1, (w1.shape[1],))
    shaped("w2", w2, (w1.shape[1], "K"))
    shaped("b2", b2, (w2.shape[1],))
    x = shaped("x", x, ("m", w1.shape[0]))
    return x, labels("y", y, len(x), w2.shape[1]).astype("int64")
