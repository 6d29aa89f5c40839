import numpy as np


def glue(first, second):
    """(weights, biases) of one network whose outputs are those of both; each argument is such a pair."""
    raise NotImplementedError("write glue here")
