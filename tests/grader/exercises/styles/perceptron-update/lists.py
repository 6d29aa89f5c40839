def train(x, y, epochs):
    x, y = x.tolist(), y.tolist()
    w, b = [0.0] * len(x[0]), 0
    mistakes = ()
    for _ in range(epochs):
        count = 0
        for features, label in zip(x, y):
            margin = label * (sum(p * q for p, q in zip(w, features)) + b)
            if not margin > 0:
                w = [p + label * q for p, q in zip(w, features)]
                b += label
                count += 1
        mistakes += (count,)
    return w, b, mistakes
