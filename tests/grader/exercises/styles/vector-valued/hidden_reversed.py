import numpy as np


def glue(first, second):
    # Hidden neurons of the second network come first; outputs keep their order.
    depth = len(first[0])
    parts = [second, first]
    weights, biases = [], []
    for layer in range(depth):
        order = [first, second] if layer == depth - 1 else parts
        rows = []
        for network in order:
            w = network[0][layer].astype(np.float32)
            if layer:
                w = np.concatenate(
                    [w if other is network else np.zeros((len(w), other[0][layer].shape[1])) for other in parts], axis=1
                )
            rows.append(w)
        weights.append(np.concatenate(rows).astype(np.float32))
        biases.append(np.concatenate([network[1][layer] for network in order]).astype(np.float32))
    return weights, biases
