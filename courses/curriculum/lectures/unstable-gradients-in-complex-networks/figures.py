import numpy as np


def ellipse(example, figure):
    circle, w, slopes = (np.array(example[name]) for name in ("circle", "w", "slopes_of_two"))
    axes = figure.subplots()
    axes.plot(*circle, color="#1c2224", linestyle=":", label="errors of length 1")
    steps = (("after the weights", w.T, "C0", "--"), ("after the slopes", np.diag(slopes) @ w.T, "C1", "-"))
    for name, matrix, color, style in steps:
        axes.plot(*(matrix @ circle), color, linestyle=style, label=name)
        directions, lengths, _ = np.linalg.svd(matrix)
        axis = directions[:, 0] * lengths[0] * np.sign(directions[0, 0])
        axes.annotate("", axis, (0, 0), arrowprops={"arrowstyle": "-|>", "color": color, "linewidth": 1.5})
        axes.annotate(f"{lengths[0]:.2f}", axis, (5, 3), textcoords="offset points", color=color)
    axes.set_aspect("equal")
    axes.set(xlabel="neuron 1", ylabel="neuron 2", xlim=(-2.2, 2.6))
    axes.legend(loc="center left", bbox_to_anchor=(1.02, 0.5))


def depth(example, figure):
    rng = np.random.default_rng(5)
    weights, biases = example["shown"]
    zs = example.forward(weights, biases, rng.random(30))
    back = np.arange(10)
    promised = np.cumprod([1, *example.largest(weights, zs)])
    typical = np.cumprod([1, *example.stretches(weights, zs, rng.normal(size=30))])
    product, best = np.eye(30), [1.0]
    for w, z in zip(weights[:0:-1], zs[-2::-1], strict=True):
        product = np.diag(np.array(example.sigmoid_prime(z))) @ w.T @ product
        best.append(np.linalg.norm(product, 2))
    axes = figure.subplots()
    for sizes, style, name in (
        (promised, ":", "the layers' guarantees, multiplied"),
        (best, "--", "the luckiest error"),
        (typical, "-", "a random error"),
    ):
        axes.semilogy(back, sizes, linestyle=style, marker="o", markersize=4, label=name)
    axes.set(xlabel="layers back from the last", ylabel="length that is left", xticks=back)
    axes.legend()
