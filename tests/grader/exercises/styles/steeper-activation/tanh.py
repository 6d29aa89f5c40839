import math


def factors(k, weights, biases, x):
    found, a = [], x
    slope = None
    for w, b in zip(weights.tolist(), biases.tolist()):
        if slope is not None:
            found.append(w * slope)
        t = math.tanh(k * (w * a + b) / 2)
        a, slope = (1 + t) / 2, k * (1 - t * t) / 4
    return tuple(found)


def gradient_ratio(k, weights, biases, x):
    return math.prod(factors(k, weights, biases, x))


def balanced_steepness(weights):
    logs = [math.log(4 / abs(w)) for w in weights.tolist()[1:]]
    return math.exp(sum(logs) / len(logs))
