import math


def slope(z):
    return math.exp(-abs(z)) / (1 + math.exp(-abs(z))) ** 2


def reach(w):
    """How large z may be."""
    low, high = 0.0, 50.0
    for _ in range(200):
        z = (low + high) / 2
        if abs(w) * slope(z) >= 1:
            low = z
        else:
            high = z
    return low


def width(w):
    return 2 * reach(w) / abs(w) if w else 0


def interval(w, b):
    if -4 < w < 4:
        return None
    low, high = (-reach(w) - b) / w, (reach(w) - b) / w
    return [low, high] if w > 0 else [high, low]


def widest():
    best, step = 5, 1
    while step > 1e-7:
        best = max((best - step, best, best + step), key=width)
        step *= 0.7
    return best, width(best)
