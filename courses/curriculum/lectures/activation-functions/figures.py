import numpy as np


def stacked(example, figure):
    x = np.linspace(-3, 3, 301)
    axes = figure.subplots()
    for name, words, line in (("identity", "none", "C0--"), ("tanh", "tanh", "C1"), ("relu", "relu", "C2-.")):
        axes.plot(x, example.network(x, name), line, label=words)
    axes.set(xlabel="input x", ylabel="output")
    axes.legend(title="activation function")


def four(example, figure):
    panels = figure.subplots(1, 4)
    h = 1e-5
    for axes, name in zip(panels, ("step", "sigmoid", "tanh", "relu"), strict=True):
        for part in (np.linspace(-5, -0.01, 100), np.linspace(0.01, 5, 100)):
            value = (part > 0) * 1.0 if name == "step" else example.value(name, part)
            slope = (
                0 * part
                if name == "step"
                else (example.value(name, part + h) - example.value(name, part - h)) / (2 * h)
            )
            axes.plot(part, value, "C0")
            axes.plot(part, slope, "C1--")
        axes.set(title=name, xlabel="z", ylim=(-1.15, 2.15), xticks=[-4, 0, 4], yticks=[-1, 0, 1, 2])
