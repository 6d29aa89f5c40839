import numpy as np

F = np.float32


def cost_and_gradient(w, b, x, y):
    with np.errstate(over="ignore"):
        x, y = x.astype(F), y.astype(F).reshape(-1, 1)
        a = F(1) / (F(1) + np.exp(-(x @ w.astype(F).reshape(-1, 1) + F(b))))
    e = a - y
    delta = e * a * (F(1) - a) / F(len(x))
    return np.mean(e * e) / F(2), (x.T @ delta)[:, 0], delta.sum()
