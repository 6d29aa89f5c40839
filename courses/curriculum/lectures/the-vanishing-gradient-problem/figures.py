import numpy as np


def neurons(example, figure):
    panels = figure.subplots(3, 1, sharex=True, sharey=True)
    for axes, slope, layer, color in zip(panels, example["slopes"], (1, 2, 3), ("C0", "C1", "C2"), strict=True):
        axes.bar(np.arange(1, 31), slope, color=color)
        axes.set_ylabel(f"layer {layer}", rotation=0, ha="right", va="center")
        axes.grid(visible=False, axis="x")
    panels[-1].set(xlabel="neuron", xticks=[1, 10, 20, 30])


def plateau(example, figure):
    axes = figure.subplots()
    b = np.linspace(-7, 9, 401)
    axes.plot(b, example.sigmoid(b) ** 2 / 2, "C0")
    for at, text, offset in ((-2.92, "slope 0.0025", (0, 12)), (6.0, "slope 0.0025", (0, -20))):
        height = example.sigmoid(at) ** 2 / 2
        axes.plot([at], [height], "C1", marker="o", markersize=8)
        axes.annotate(text, (at, height), xytext=offset, textcoords="offset points", ha="center")
    axes.set(xlabel="bias b", ylabel="cost C")


def longer(example, figure):
    axes = figure.subplots()
    axes.plot(example["alike"], "C0", label="equal steps")
    axes.plot(example["longer"], "C1", linestyle="--", label="5 and 25 times as long in layers 2 and 1")
    axes.set(xlabel="step", ylabel="cost C", ylim=(0, 5))
    axes.legend()
