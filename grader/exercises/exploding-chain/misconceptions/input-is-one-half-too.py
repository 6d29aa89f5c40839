"""Every neuron of yours is centered on an input of ½, the first one too. Into the first neuron comes `x`
itself.
"""


def centering_biases(weights, x):
    return -weights / 2


def growth_factors(weights):
    return weights[1:] / 4
