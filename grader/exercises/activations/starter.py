import numpy as np


def sigmoid(z):
    """1 / (1 + e^-z), element by element."""
    raise NotImplementedError("write sigmoid here")


def sigmoid_prime(z):
    """The slope of the sigmoid at z."""
    raise NotImplementedError("write sigmoid_prime here")


def relu(z):
    """z where it is positive, else 0."""
    raise NotImplementedError("write relu here")


def relu_prime(z):
    """The slope of relu at z."""
    raise NotImplementedError("write relu_prime here")


def softmax(z):
    """Each row of z as probabilities."""
    raise NotImplementedError("write softmax here")
