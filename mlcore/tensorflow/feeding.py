"""Feeding: how a batch comes to the graph (lecture 1.2). Each gives an epoch's batches in order, the last one short.

Source: TensorFlow's guides "Reading data" (1.x) and "tf.data: build input pipelines".
"""

from collections.abc import Iterator

import tensorflow as tf

from mlcore.arguments import Array, Labels, count, floats, labels

v1 = tf.compat.v1
Batch = tuple[Array, Labels]


def by_dict(x: Array, y: Labels, batch: int) -> Iterator[Batch]:
    """TensorFlow 1: placeholders stand for a batch, and each run is given one in its feed_dict."""
    x, y = data(x, y)
    with tf.Graph().as_default(), v1.Session() as session:
        images = v1.placeholder(x.dtype, (None, *x.shape[1:]), "images")
        classes = v1.placeholder(y.dtype, (None,), "classes")
        came = tf.identity(images), tf.identity(classes)
        for start in range(0, len(x), count("batch", batch)):
            rows = slice(start, start + batch)
            yield session.run(came, feed_dict={images: x[rows], classes: y[rows]})


def by_queue(x: Array, y: Labels, batch: int) -> Iterator[Batch]:
    """TensorFlow 1: threads fill a queue with examples, the graph takes batches out of it; a coordinator ends both."""
    x, y = data(x, y)
    count("batch", batch)
    with tf.Graph().as_default(), v1.Session() as session:
        queue = tf.queue.FIFOQueue(4 * batch, (x.dtype, y.dtype), (x.shape[1:], ()))
        one = v1.train.slice_input_producer([tf.constant(x), tf.constant(y)], num_epochs=1, shuffle=False)
        # One thread keeps the order; closing the queue lets what is left be taken.
        v1.train.add_queue_runner(v1.train.QueueRunner(queue, [queue.enqueue(one)]))
        taken = queue.dequeue_up_to(batch)
        session.run([v1.global_variables_initializer(), v1.local_variables_initializer()])
        coordinator = v1.train.Coordinator()
        threads = v1.train.start_queue_runners(session, coordinator)
        try:
            while not coordinator.should_stop():
                yield tuple(session.run(taken))
        except tf.errors.OutOfRangeError:
            pass  # the epoch is over
        finally:
            coordinator.request_stop()
            session.run(queue.close(cancel_pending_enqueues=True))
            coordinator.join(threads)


def preloaded(x: Array, y: Labels, batch: int) -> Iterator[Batch]:
    """TensorFlow 1: all data in variables of the graph, each run given only where its batch starts."""
    x, y = data(x, y)
    with tf.Graph().as_default(), v1.Session() as session:
        # Initialized from placeholders, so that the data does not swell the graph's definition.
        given = v1.placeholder(x.dtype, x.shape), v1.placeholder(y.dtype, y.shape)
        images, classes = (v1.get_variable(n, initializer=g, trainable=False) for n, g in zip("xy", given, strict=True))
        start = v1.placeholder(tf.int64, ())
        came = images[start : start + count("batch", batch)], classes[start : start + batch]
        session.run(v1.global_variables_initializer(), feed_dict=dict(zip(given, (x, y), strict=True)))
        for first in range(0, len(x), batch):
            yield session.run(came, feed_dict={start: first})


def by_dataset(x: Array, y: Labels, batch: int) -> Iterator[Batch]:
    """Today: a tf.data pipeline, which reads ahead while a batch is worked on."""
    x, y = data(x, y)
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(count("batch", batch)).prefetch(tf.data.AUTOTUNE)
    yield from dataset.as_numpy_iterator()


def data(x: Array, y: Labels) -> tuple[Array, Labels]:
    """Examples x (m, …) of finite floats, and a label for each."""
    x = floats("x", x)
    if not x.ndim or not x.size:
        raise ValueError(f"x: shape {x.shape} came, (m, …), not empty, expected")
    return x, labels("y", y, len(x))
