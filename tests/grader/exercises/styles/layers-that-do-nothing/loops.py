def deepen(weights, biases, at, scale):
    new_weights = [w.tolist() for w in weights]
    new_biases = [b.tolist() for b in biases]
    n = len(new_biases[at])
    behind_w, behind_b = new_weights[at + 1], new_biases[at + 1]
    for i, row in enumerate(behind_w):
        for j in range(n):
            behind_b[i] += row[j] * (0.5 - 2 / scale)
            row[j] *= 4 / scale
    new_weights.insert(at + 1, [[scale if i == j else 0 for j in range(n)] for i in range(n)])
    new_biases.insert(at + 1, [-scale / 2] * n)
    return new_weights, new_biases
