def f(x, y, at):
    for k in range(len(x) - 1):
        if x[k] <= at <= x[k + 1] and x[k] < x[k + 1]:
            return y[k] + (y[k + 1] - y[k]) * (at - x[k]) / (x[k + 1] - x[k])


def midrange_heights(x, y, n):
    x, y = [float(v) for v in x], [float(v) for v in y]
    heights, error = [], 0.0
    for k in range(n):
        a, b = k / n, (k + 1) / n
        seen = [f(x, y, a), f(x, y, b)] + [v for u, v in zip(x, y) if a <= u <= b]
        middle = min(seen) + (max(seen) - min(seen)) / 2
        heights.append(middle)
        error = max(error, max(seen) - middle)
    return heights, error


def enough_windows(x, y, epsilon):
    # Above 200 windows nothing is asked for.
    for n in range(1, 201):
        if midrange_heights(x, y, n)[1] < epsilon:
            return float(n)
    return None
