import math


def margin(w, b, x, y):
    length = math.hypot(*w.tolist(), b)
    return min(
        label * (sum(p * q for p, q in zip(w.tolist(), row)) + b) / length for row, label in zip(x.tolist(), y.tolist())
    )


def mistake_bound(w, b, x, y):
    radius = max(math.hypot(*row, 1) for row in x.tolist())
    return radius**2 / margin(w, b, x, y) ** 2
