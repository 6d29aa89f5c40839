import numpy as np


def makes_steps(values_far_left, values_far_right):
    """Return whether an activation with these values far out has two different limits."""
    raise NotImplementedError("write makes_steps here")


def step_weights(left, right, before, after):
    """Return (v, c): output weight and bias of a step from before to after."""
    raise NotImplementedError("write step_weights here")


def bump_weights(left, right, start, end, height, weight):
    """Return (b, v, c): hidden biases, output weights and output bias of a bump."""
    raise NotImplementedError("write bump_weights here")
