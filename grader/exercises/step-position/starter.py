import numpy as np


def bias_for(position, weight):
    """The bias that puts the step at this position."""
    raise NotImplementedError("write bias_for here")


def position_of(weight, bias):
    """Where a neuron of this weight and bias steps."""
    raise NotImplementedError("write position_of here")


def weight_and_bias(position, width):
    """(weight, bias) of a neuron that goes from 0.01 to 0.99 over this width around the position."""
    raise NotImplementedError("write weight_and_bias here")
