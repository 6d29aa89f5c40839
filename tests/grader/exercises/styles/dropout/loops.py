import numpy as np


def drop_forward(a, kept, drop, training):
    scale = 1 / (1 - drop)
    if not training:
        return a.tolist()
    return [[v * k * scale for v, k in zip(*rows)] for rows in zip(a, kept)]


def drop_backward(da, kept, drop):
    return drop_forward(da, kept, drop, True)


def drop_gradients(weights, biases, x, y, kept, drop):
    nabla_w, nabla_b = [np.zeros(w.shape) for w in weights], [np.zeros(b.shape) for b in biases]
    for i in range(len(x)):
        masks = [k[i] / (1 - drop) for k in kept] + [1.0]
        values, outs = [], [x[i]]
        for w, b, mask in zip(weights, biases, masks):
            values.append(1 / (1 + np.exp(-(w @ outs[-1] + b))))
            outs.append(values[-1] * mask)
        delta = values[-1] - y[i]
        for k in range(len(weights) - 1, -1, -1):
            nabla_w[k] += np.outer(delta, outs[k]) / len(x)
            nabla_b[k] += delta / len(x)
            if k > 0:
                delta = weights[k].T @ delta * masks[k - 1] * values[k - 1] * (1 - values[k - 1])
    return nabla_w, nabla_b
