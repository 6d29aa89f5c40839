"""Your biases cancel w·x in every neuron. Only the first one takes `x`; into each later one comes the
activation of the neuron before, which is σ(0) once z is 0 there.
"""


def centering_biases(weights, x):
    return -weights * x


def growth_factors(weights):
    return weights[1:] / 4
