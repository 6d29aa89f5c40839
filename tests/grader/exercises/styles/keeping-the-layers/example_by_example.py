import math


def softmax(v):
    top = max(v)
    e = [math.exp(t - top) for t in v]
    return [t / sum(e) for t in e]


ELEMENT = {
    "identity": float,
    "sigmoid": lambda t: 1 / (1 + math.exp(-t)),
    "tanh": math.tanh,
    "relu": lambda t: t if t > 0 else 0.0,
}


def layers(weights, biases, x, activations):
    zs = []
    acts = [x.tolist()]
    for w, b, name in zip(weights, biases, activations):
        zs.append([[sum(p * q for p, q in zip(row, a)) + c for row, c in zip(w, b)] for a in acts[-1]])
        if name == "softmax":
            acts.append([softmax(z) for z in zs[-1]])
        else:
            acts.append([[ELEMENT[name](t) for t in z] for z in zs[-1]])
    return tuple(zs), tuple(acts)
