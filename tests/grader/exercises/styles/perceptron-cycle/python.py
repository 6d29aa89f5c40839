def epoch(w, b, x, y):
    clean = True
    for row, label in zip(x, y):
        if label * (sum(p * q for p, q in zip(w, row)) + b) <= 0:
            w = tuple(p + label * q for p, q in zip(w, row))
            b += label
            clean = False
    return w, b, clean


def cycle(x, y, most_epochs):
    x, y = x.tolist(), y.tolist()
    history = [((0,) * len(x[0]), 0)]
    while len(history) <= most_epochs:
        w, b, clean = epoch(*history[-1], x, y)
        if clean:
            return [len(history) - 1, 0]
        if (w, b) in history:
            start = history.index((w, b))
            return [start, len(history) - start]
        history.append((w, b))
