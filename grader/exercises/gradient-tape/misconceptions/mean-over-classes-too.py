"""The loss and both gradients are too small by the number of classes: the mean is taken over every
entry of the one-hot labels. Sum over the classes first, then take the mean over the examples.
"""

import tensorflow as tf


def loss_and_gradients(w, b, x, y):
    w, b = tf.convert_to_tensor(w), tf.convert_to_tensor(b)
    with tf.GradientTape() as tape:
        tape.watch([w, b])
        logits = tf.matmul(x, w) + b
        labels = tf.one_hot(y, logits.shape[1], dtype=logits.dtype)
        loss = -tf.reduce_mean(labels * tf.nn.log_softmax(logits))
    dw, db = tape.gradient(loss, [w, b])
    return loss, dw, db
