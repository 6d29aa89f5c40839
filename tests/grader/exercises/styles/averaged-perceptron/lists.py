def train_averaged(x, y, epochs):
    examples = list(zip(x.tolist(), y.tolist()))
    n = len(examples[0][0])
    w, b = [0.0] * n, 0
    mean_w, mean_b = [0.0] * n, 0.0
    seen = 0
    for _ in range(epochs):
        for features, label in examples:
            if not label * (sum(p * q for p, q in zip(w, features)) + b) > 0:
                w = [p + label * q for p, q in zip(w, features)]
                b += label
            seen += 1
            mean_w = [p + (q - p) / seen for p, q in zip(mean_w, w)]
            mean_b += (b - mean_b) / seen
    return mean_w, mean_b
