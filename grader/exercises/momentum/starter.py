import numpy as np


def momentum_update(parameters, velocities, gradients, rate, momentum):
    """Return (parameters, velocities) after one step."""
    raise NotImplementedError("write momentum_update here")


def descent_path(a, b, start, rate, momentum, steps):
    """Return the places (steps + 1, n) on the way down ½wᵀAw − bᵀw."""
    raise NotImplementedError("write descent_path here")
