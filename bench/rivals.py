"""What mlcore's training is timed beside. Each is made with data, a batch size and a precision; `epoch()` goes through
all examples once, `parameters()` are (w1, b1, w2, b2) afterwards, w1 (784, 30).

All train a network of 784, 30 and 10 neurons by gradient descent, η 0.1, λ 5, each in the way that its users would.
"""

import warnings

import numpy as np

from bench.per_example import train_epoch
from mlcore.fast_training import FastSGD
from mlcore.networks import Network
from mlcore.optimizers import SGD
from mlcore.regularization import L2
from mlcore.training import train

SIZES, RATE, DECAY = [784, 30, 10], 0.1, 5.0


class Rival:
    """x (m, 784) and one-hot y (m, 10) in one precision."""

    def __init__(self, x, y, batch):
        self.x, self.y, self.batch, self.dtype = x, y, batch, x.dtype
        self.rng = np.random.default_rng(0)
        self.network = Network.random(SIZES, self.rng, cost="cross-entropy", dtype=x.dtype)

    def parameters(self):
        (w1, w2), (b1, b2) = self.network.weights, self.network.biases
        return w1.T, b1, w2.T, b2


class Floor(Rival):
    """The five products of matrices alone, into buffers, batch after batch as they lie."""

    def epoch(self):
        w1, _, w2, _ = (np.ascontiguousarray(p) for p in self.parameters())
        m = self.batch
        h, z, dh = (np.empty((m, n), self.dtype) for n in (30, 10, 30))
        dw1, dw2 = np.empty_like(w1), np.empty_like(w2)
        for start in range(0, len(self.x) - m + 1, m):
            x = self.x[start : start + m]
            np.matmul(x, w1, h)
            np.matmul(h, w2, z)
            np.matmul(z, w2.T, dh)
            np.matmul(h.T, z, dw2)
            np.matmul(x.T, dh, dw1)


class Plain(Rival):
    """mlcore.training."""

    def epoch(self):
        self.network, _ = train(
            self.network,
            self.x,
            self.y,
            epochs=1,
            batch=self.batch,
            optimizer=SGD(RATE),
            penalty=L2(DECAY),
            rng=self.rng,
        )


class Fast(Rival):
    """mlcore.fast_training."""

    def __init__(self, x, y, batch):
        super().__init__(x, y, batch)
        self.trainer = FastSGD(self.network, x, y, batch=batch, rate=RATE, decay=DECAY)

    def epoch(self):
        self.trainer.epoch(self.rng)
        self.network = self.trainer.trained()


class PerExample(Rival):
    """A textbook's loop: one example after the other, gradients summed over the batch."""

    def epoch(self):
        order = self.rng.permutation(len(self.x))
        weights, biases = train_epoch(
            self.network.weights, self.network.biases, self.x, self.y, self.batch, RATE, DECAY, order
        )
        self.network = Network(weights, biases)


class ScikitLearn(Rival):
    """MLPClassifier, which has a softmax; its α is λ."""

    def __init__(self, x, y, batch):
        from sklearn.neural_network import MLPClassifier

        super().__init__(x, y, batch)
        self.labels = y.argmax(axis=1)
        self.model = MLPClassifier(
            (30,), activation="logistic", solver="sgd", alpha=DECAY / len(x), batch_size=batch, learning_rate_init=RATE,
            momentum=0, max_iter=1, warm_start=True, random_state=0,
        )  # fmt: skip

    def epoch(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # one epoch has not converged
            self.model.fit(self.x, self.labels)

    def parameters(self):
        (w1, w2), (b1, b2) = self.model.coefs_, self.model.intercepts_
        return w1, b1, w2, b2


class TensorFlowFunction(Rival):
    """A tf.function over the whole epoch, with a tape in its loop."""

    def __init__(self, x, y, batch):
        import tensorflow as tf

        super().__init__(x, y, batch)
        self.variables = [tf.Variable(np.ascontiguousarray(p)) for p in super().parameters()]
        images, wanted = tf.constant(x), tf.constant(y)
        m, variables = len(x), self.variables

        @tf.function
        def epoch():
            w1, b1, w2, b2 = variables
            order = tf.random.shuffle(tf.range(m))
            for start in tf.range(0, m, batch):
                rows = order[start : start + batch]
                with tf.GradientTape() as tape:
                    h = tf.sigmoid(tf.gather(images, rows) @ w1 + b1)
                    losses = tf.nn.sigmoid_cross_entropy_with_logits(tf.gather(wanted, rows), h @ w2 + b2)
                    loss = tf.reduce_sum(losses) / tf.cast(tf.size(rows), x.dtype)
                gradients = tape.gradient(loss, variables)
                for weights in (w1, w2):
                    weights.assign(weights * (1 - RATE * DECAY / m))
                for variable, gradient in zip(variables, gradients, strict=True):
                    variable.assign_sub(RATE * gradient)

        self.epoch = epoch

    def parameters(self):
        return [v.numpy() for v in self.variables]


class KerasFit(Rival):
    """model.fit, as its guide shows."""

    def __init__(self, x, y, batch):
        import keras

        super().__init__(x, y, batch)
        keras.config.set_floatx(self.dtype.name)
        keras.config.set_dtype_policy(self.dtype.name)
        regularizer = keras.regularizers.L2(DECAY / 2 / len(x))
        self.model = keras.Sequential(
            [
                keras.layers.Input((784,)),
                keras.layers.Dense(30, "sigmoid", kernel_regularizer=regularizer),
                keras.layers.Dense(10, "sigmoid", kernel_regularizer=regularizer),
            ]
        )
        # Keras averages over the outputs where the others sum.
        self.model.compile(keras.optimizers.SGD(RATE * 10), keras.losses.BinaryCrossentropy())

    def epoch(self):
        self.model.fit(self.x, self.y, epochs=1, batch_size=self.batch, verbose=0)

    def parameters(self):
        return self.model.get_weights()


RIVALS = {
    "floor: five products": Floor,
    "mlcore, fast form": Fast,
    "mlcore, plain form": Plain,
    "tf.function over the epoch": TensorFlowFunction,
    "scikit-learn MLPClassifier": ScikitLearn,
    "a textbook's loop": PerExample,
    "Keras fit": KerasFit,
}
