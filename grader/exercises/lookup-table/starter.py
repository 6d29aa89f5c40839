import numpy as np


def network(values, weight):
    """(w1, b1, w2, b2) of a network whose weighted sum is values[k] in window k of [0, 1]."""
    raise NotImplementedError("write network here")


def goal_heights(n):
    """n heights whose table stays near σ⁻¹(f(x)), f being the goal of the statement."""
    raise NotImplementedError("write goal_heights here")
