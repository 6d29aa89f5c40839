"""The gradients are None even for Variables: nothing on the tape leads from them to the loss. Either
the loss is computed outside the tape's `with` block, or numpy computes a part of it (`.numpy()`,
`np.`), which a tape cannot see. Compute all of it inside the block, with TensorFlow's operations.
"""

import tensorflow as tf


def loss_and_gradients(w, b, x, y):
    logits = tf.matmul(x, w) + b
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
    with tf.GradientTape() as tape:
        if not isinstance(w, tf.Variable):
            w, b = tf.convert_to_tensor(w), tf.convert_to_tensor(b)
        tape.watch([w, b])
    dw, db = tape.gradient(loss, [w, b])
    return loss, dw, db
