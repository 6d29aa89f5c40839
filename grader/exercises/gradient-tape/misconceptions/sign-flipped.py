"""The loss and its gradients have the opposite sign. The cross-entropy is minus the logarithm of the
right class's probability, which is never negative.
"""

import tensorflow as tf


def loss_and_gradients(w, b, x, y):
    w, b = tf.convert_to_tensor(w), tf.convert_to_tensor(b)
    with tf.GradientTape() as tape:
        tape.watch([w, b])
        logits = tf.matmul(x, w) + b
        loss = -tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
    dw, db = tape.gradient(loss, [w, b])
    return loss, dw, db
