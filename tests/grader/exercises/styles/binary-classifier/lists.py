def weighted(w, b, features):
    return sum(p * q for p, q in zip(w, features)) + b


def fit(x, y, most_epochs):
    examples = list(zip(x.tolist(), y.tolist()))
    w, b = [0.0] * len(examples[0][0]), 0
    history = []
    while len(history) < most_epochs and 0 not in history:
        history.append(0)
        for features, label in examples:
            if not label * weighted(w, b, features) > 0:
                w = [p + label * q for p, q in zip(w, features)]
                b += label
                history[-1] += 1
    return w, b, sum(history), len(history)


def predict(w, b, x):
    return [1 if weighted(w, b, row) > 0 else -1 for row in x.tolist()]
