"""A sigmoid is a tanh at half the weight: everything in closed form."""

import math


def identity_neuron(w1):
    return [-w1 * 0.5, 4.0 / w1, (w1 - 4) / (2 * w1)]


def largest_error(w1):
    return 0.5 - 2 / w1 * math.tanh(w1 / 4)


def first_weight(tolerance):
    return math.sqrt(tolerance * 96)
