"""One layer's step back against the same layer of a whole network in mlcore: its δ, and the gradients in w and b."""

import numpy as np

from grader.checks import check, compare_values
from mlcore.networks import Network


class Pass:
    """A network's way forward and back for a batch, each array in the precision asked for."""

    def __init__(self, rng, sizes, m, dtype=np.float64, spread=1.0):
        net = Network.random(sizes, rng)
        x, y = spread * rng.normal(size=(m, sizes[0])), rng.uniform(size=(m, sizes[-1]))
        self.zs, self.activations = net.forward(x)
        self.deltas = net.deltas(x, y)
        self.nabla_w, self.nabla_b = net.backprop(x, y)
        self.weights = net.weights
        self.dtype = dtype

    def asked(self, student, layer, delta_next=None):
        """The student's step back to this hidden layer, held against the network's own; its evidence and its delta."""
        given = (self.deltas[layer + 1], self.weights[layer + 1], self.zs[layer], self.activations[layer])
        given = [a.astype(self.dtype) for a in given]
        if delta_next is not None:
            given[0] = delta_next
        reply = student.backward(*given)
        right = {"delta": self.deltas[layer], "dw": self.nabla_w[layer], "db": self.nabla_b[layer]}
        # What was given in single precision is no better than that, also where the reply is float64.
        tolerance = 1e-5 if self.dtype == np.float32 else None
        return compare_values(reply, right, tolerance, gradients=("dw", "db")), np.asarray(reply[0])


@check("A layer among layers of other widths", points=3)
def unequal_width(student, rng):
    return Pass(rng, (4, 7, 3), 6).asked(student, 0)[0]


@check("As many examples as neurons in each layer", points=2)
def square(student, rng):
    return Pass(rng, (5, 5, 5), 5).asked(student, 0)[0]


@check("Two steps in a row", points=2)
def two_steps(student, rng):
    way = Pass(rng, (5, 4, 6, 3), 7)
    _, delta = way.asked(student, 1)
    return way.asked(student, 0, delta)[0]


@check("A batch of one", points=1)
def batch_of_one(student, rng):
    return Pass(rng, (3, 6, 2), 1).asked(student, 0)[0]


@check("Neurons near saturation", points=1)
def saturated(student, rng):
    return Pass(rng, (5, 6, 4), 8, spread=8.0).asked(student, 0)[0]


@check("Single precision", points=1)
def single_precision(student, rng):
    return Pass(rng, (6, 4, 3), 5, np.float32).asked(student, 0)[0]
