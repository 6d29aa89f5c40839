"""Softmax regression: one layer of logits, classes by integer labels.

Source: Bishop, Pattern Recognition and Machine Learning (2006), section 4.3.4.
"""

from mlcore.activations import softmax
from mlcore.arguments import Array, Labels, labels, shaped
from mlcore.costs import log_likelihood_of_logits
from mlcore.networks import one_hot


def loss_and_gradients(w: Array, b: Array, x: Array, y: Labels) -> tuple[float, Array, Array]:
    """The mean cross-entropy of softmax(x·w + b) against the labels, and its gradients.

    w : (n, K), b : (K,), x : (m, n), y : (m,) with labels from 0 to K − 1.
    Returns the loss, dw (n, K), db (K,).
    """
    w = shaped("w", w, ("n", "K"))
    b = shaped("b", b, (w.shape[1],))
    x = shaped("x", x, ("m", w.shape[0]))
    due = one_hot(labels("y", y, len(x), len(b)), len(b), x.dtype)
    z = x @ w + b
    delta = (softmax(z) - due) / len(x)
    return log_likelihood_of_logits(z, due).item(), x.T @ delta, delta.sum(axis=0)
