import numpy as np


def smooth(example, figure):
    x, y = example["x"], example["y"]
    b = np.linspace(0, 8, 801)
    answers = 1 / (1 + np.exp(x - b[:, None]))
    axes = figure.subplots()
    axes.plot(b, ((answers > 0.5) != (y == 1)).mean(axis=1), "C1--", linewidth=1.5, label="share of mistakes")
    axes.plot(b, ((answers - y) ** 2).mean(axis=1) / 2, "C0", label="quadratic cost")
    axes.set(xlabel="bias b", ylim=(0, None))
    axes.legend(loc="upper center")


def rates(example, figure):
    panels = figure.subplots(1, 4, sharey=True)
    w = np.linspace(-2, 2, 201)
    for axes, rate in zip(panels, (0.05, 0.3, 0.9, 1.1), strict=True):
        places = np.array(example.distances(rate))
        axes.plot(w, w**2, "C0", linewidth=1.2)
        axes.plot(places, places**2, "C1o-", markersize=4, linewidth=1)
        axes.plot(places[0], places[0] ** 2, "C1o", markersize=8)
        axes.set(xlim=(-2, 2), ylim=(0, 3), xlabel="distance", title=f"η = {rate:g}")
    panels[0].set_ylabel("cost C")


def valleys(example, figure):
    panels = figure.subplots(1, 2)
    x = example["x"]
    for axes, inputs, name, b_range in zip(
        panels, (x, x - 4), ("as read", "minus 4"), ((-0.8, 3), (-1.9, 1.9)), strict=True
    ):
        w, b = np.meshgrid(np.linspace(-1.1, 0.2, 101), np.linspace(*b_range, 101))
        answers = 1 / (1 + np.exp(-(np.multiply.outer(w, inputs) + b[..., None])))
        costs = ((answers - example["y"]) ** 2).mean(axis=-1) / 2
        axes.contour(w, b, costs, levels=[0.0612, 0.063, 0.067, 0.075, 0.09, 0.11, 0.14], colors="C0", linewidths=0.8)
        path = np.array(example.descend(inputs, 1.0, 300))
        axes.plot(path[:, 0], path[:, 1], "C1.-", markersize=4, linewidth=1)
        axes.plot(*path[0], "C1o")
        axes.plot(*path[-1], "C2s")
        axes.set(xlabel="weight w", title=name)
    panels[0].set_ylabel("bias b")
