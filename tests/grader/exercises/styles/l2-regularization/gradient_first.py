import numpy as np


def penalized_cost(cost, weights, strength, n):
    everything = np.concatenate([w.ravel() for w in weights])
    return cost + 0.5 * strength * (everything @ everything) / n


def decayed_step(weights, biases, sums_w, sums_b, rate, strength, m, n):
    nabla_w = [s / m + strength / n * w for w, s in zip(weights, sums_w)]
    nabla_b = [s / m for s in sums_b]
    return (
        tuple(w - rate * g for w, g in zip(weights, nabla_w)),
        tuple(b - rate * g for b, g in zip(biases, nabla_b)),
    )
