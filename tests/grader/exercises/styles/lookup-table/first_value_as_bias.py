import numpy as np


def network(values, weight):
    values = np.asarray(values, dtype=np.float32)
    n = len(values)
    if n == 1:
        return np.array([[weight]]), np.array([0.0]), np.array([[0.0]]), values
    inner = np.linspace(0, 1, n + 1, dtype=np.float32)[1:-1]
    return np.full((n - 1, 1), np.float32(weight)), -np.float32(weight) * inner, np.diff(values)[None], values[:1]


def goal_heights(n):
    x = (np.arange(200 * n) + 0.5) / (200 * n)
    f = 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)
    return np.median(np.log(f / (1 - f)).reshape(n, 200), axis=1)
