"""With Variables your gradients are there, with plain tensors or arrays they are not: a tape watches
Variables by itself and nothing else. Make a tensor of each parameter with tf.convert_to_tensor and
call tape.watch on it before you compute the loss.
"""

import tensorflow as tf


def loss_and_gradients(w, b, x, y):
    with tf.GradientTape() as tape:
        logits = tf.matmul(x, w) + b
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
    dw, db = tape.gradient(loss, [w, b])
    return loss, dw, db
