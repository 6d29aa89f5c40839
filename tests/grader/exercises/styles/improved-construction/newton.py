import numpy as np


def hidden(x, w, s):
    return 1 / (1 + np.exp(np.clip(-w * (x[:, None] - s), -700, 700)))


def fit(x, z, w, s):
    a = np.column_stack([hidden(x, w, s), np.ones(len(x))])
    out = np.linalg.lstsq(a, z, rcond=1e-10)[0]
    return out, a @ out - z


def improved_network(x, z):
    # Levenberg and Marquardt on weights and positions; the output weights are solved for on the way.
    w, s = np.full(10, 30.0), np.arange(1, 11) / 11
    out, error = fit(x, z, w, s)
    damping = 0.01
    for _ in range(80):
        a = hidden(x, w, s)
        slope = a * (1 - a) * out[:-1]
        jacobian = np.hstack([slope * (x[:, None] - s), -slope * w])
        hessian = jacobian.T @ jacobian
        step = np.linalg.solve(hessian + damping * np.diag(np.diag(hessian) + 1e-12), jacobian.T @ error)
        tried = w - step[:10], s - step[10:]
        new_out, new_error = fit(x, z, *tried)
        if np.sum(new_error**2) < np.sum(error**2):
            (w, s), out, error = tried, new_out, new_error
            damping /= 3
        else:
            damping *= 3
    return w, -w * s, out[:-1], out[-1]
