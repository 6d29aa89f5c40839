"""The gradient of `b` is None for plain tensors and arrays: only `w` is watched. Call tape.watch on
both.
"""

import tensorflow as tf


def loss_and_gradients(w, b, x, y):
    if not isinstance(w, tf.Variable):
        w, b = tf.convert_to_tensor(w), tf.convert_to_tensor(b)
    with tf.GradientTape() as tape:
        tape.watch(w)
        logits = tf.matmul(x, w) + b
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
    dw, db = tape.gradient(loss, [w, b])
    return loss, dw, db
