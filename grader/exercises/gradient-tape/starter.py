import tensorflow as tf


def loss_and_gradients(w, b, x, y):
    """Return (loss, dw, db)."""
    raise NotImplementedError("compute the loss inside a tf.GradientTape here")
