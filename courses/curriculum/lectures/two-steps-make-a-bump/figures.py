import numpy as np


def sums(example, figure):
    x = np.linspace(0, 1, 801)
    panels = figure.subplots(1, 3, sharey=True)
    for axes, weights in zip(panels, ([0.6, 1.2], [0.8, -0.8], [-1.5, 1.5]), strict=True):
        for step, weight, color in zip((0.4, 0.6), weights, ("C1", "C2"), strict=True):
            axes.plot(x, example.weighted_sum(x, [step], [weight]), color, linestyle="--", linewidth=1.2)
        axes.plot(x, example.weighted_sum(x, [0.4, 0.6], weights), "C0")
        axes.set(xlabel="input x", title=f"{weights[0]:g} and {weights[1]:g}".replace("-", "−"))
    panels[0].set_ylabel("weighted sum")


def sharpness(example, figure):
    x = np.linspace(0, 1, 801)
    axes = figure.subplots()
    for w in (1000, 100, 20, 5):
        axes.plot(x, example.weighted_sum(x, [0.4, 0.6], [1.0, -1.0], float(w)), label=f"w = {w}")
    axes.set(xlabel="input x", ylabel="weighted sum")
    axes.legend()
