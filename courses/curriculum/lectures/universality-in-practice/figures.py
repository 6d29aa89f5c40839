import numpy as np


def ten_neurons(example, figure):
    x = example["x"]
    panels = figure.subplots(1, 3, sharey=True)
    names = ("five bumps", "eleven windows", "learned")
    found = (example["five_bumps"], example["eleven_windows"], example["learned"])
    for axes, name, curve in zip(panels, names, found, strict=True):
        axes.plot(x, example["wanted"], "C1", linestyle="--", linewidth=1.2, label="wanted")
        axes.plot(x, curve, "C0", linewidth=1.6, label="ten neurons")
        axes.set(title=name, xlabel="input x", xticks=(0, 0.5, 1))
    panels[0].set_ylabel("weighted sum")
    panels[0].legend(fontsize=9, loc="upper left")


def folded(example, figure):
    x = np.linspace(0, 1, 1025)
    panels = figure.subplots(1, 3, sharey=True)
    for axes, layers in zip(panels, (1, 3, 5), strict=True):
        axes.plot(x, example.folds(x, layers), "C0", linewidth=1.5)
        axes.set(title=f"{layers} layers" if layers > 1 else "1 layer", xlabel="input x", xticks=(0, 0.5, 1))
    panels[0].set_ylabel("output")
