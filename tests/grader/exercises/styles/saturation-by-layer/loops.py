import math


def sigmoid(z):
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


def forward(weights, biases, x):
    rows, found = x.tolist(), []
    for w, b in list(zip(weights, biases))[:-1]:
        rows = [
            [sigmoid(sum(p * q for p, q in zip(neuron, row)) + bias) for neuron, bias in zip(w.tolist(), b.tolist())]
            for row in rows
        ]
        found.append(rows)
    return found


def saturation(weights, biases, x, margin):
    shares = []
    for rows in forward(weights, biases, x):
        flat = [a for row in rows for a in row]
        shares.append(len([a for a in flat if a < margin or a > 1 - margin]) / len(flat))
    return tuple(shares)


def mean_activations(weights, biases, x):
    return tuple(sum(map(sum, rows)) / (len(rows) * len(rows[0])) for rows in forward(weights, biases, x))


def stuck_neurons(weights, biases, x, margin):
    counts = []
    for rows in forward(weights, biases, x):
        columns = list(zip(*rows))
        counts.append(sum(max(c) <= margin or min(c) >= 1 - margin for c in columns))
    return counts
