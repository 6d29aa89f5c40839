import math


def bias_gradients(weights, biases, x, dc_da):
    """Back-propagation with numbers for matrices."""
    w, b = weights.tolist(), biases.tolist()
    a = [float(x)]
    for weight, bias in zip(w, b):
        a.append((math.tanh((weight * a[-1] + bias) / 2) + 1) / 2)
    delta = dc_da * a[-1] * (1 - a[-1])
    deltas = (delta,)
    for weight, activation in zip(w[:0:-1], a[-2:0:-1]):
        delta = delta * weight * activation * (1 - activation)
        deltas = (delta, *deltas)
    return deltas
