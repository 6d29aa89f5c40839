"""The probabilities of one class add up to 1 over the batch, instead of those of one example over the
classes. Examples are rows, so the softmax runs along the last axis.
"""

import tensorflow as tf


def loss_and_gradients(w, b, x, y):
    w, b = tf.convert_to_tensor(w), tf.convert_to_tensor(b)
    with tf.GradientTape() as tape:
        tape.watch([w, b])
        logits = tf.matmul(x, w) + b
        p = tf.nn.softmax(logits, axis=0)
        picked = tf.gather(p, tf.cast(y, tf.int32), axis=1, batch_dims=1)
        loss = -tf.reduce_mean(tf.math.log(picked))
    dw, db = tape.gradient(loss, [w, b])
    return loss, dw, db
