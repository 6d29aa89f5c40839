import numpy as np


def wrong(example, figure):
    axes = figure.subplots()
    for (name, values), style in zip(example["outputs"].items(), ("-", "--"), strict=True):
        axes.plot(values, style, label=f"{name} cost")
    axes.set(xlabel="step", ylabel="output a (0 is wanted)", ylim=(0, 1.02))
    axes.legend()


def overfitting(example, figure):
    left, right = figure.subplots(1, 2, sharey=True)
    epochs = np.arange(1, 61)
    for (name, shares), style in zip(example["curves"].items(), ("-", "--", "-.", ":"), strict=True):
        left.plot(epochs, 100 * shares[:, 0], style, label=name)
        right.plot(epochs, 100 * shares[:, 1], style)
    left.set(xlabel="epoch", ylabel="right answers in %", title="training", ylim=(25, 102))
    right.set(xlabel="epoch", title="validation")
    left.legend(loc="lower right", fontsize=9)


def valley(example, figure):
    axes = figure.subplots()
    across, along = np.linspace(-1.1, 1.2, 93), np.linspace(-0.6, 1.1, 69)
    cost = (along[None, :] ** 2 + 100 * across[:, None] ** 2) / 2
    axes.contour(along, across, cost, levels=[0.02, 0.2, 1, 4, 12, 30, 60], colors=["C2"], linewidths=0.7)
    for rate, momentum, color, style, name in (
        (0.019, 0.0, "C1", "--", "plain"),
        (0.019, 0.8, "C0", "-", "with momentum 0.8"),
    ):
        places = example.roll(rate, momentum, 30)
        axes.plot(*places.T, style, color=color, marker="o", markersize=3, linewidth=1.2, label=name)
        axes.plot(*places[-1], "s", color=color, markersize=8)
    axes.set(xlabel="w₁, along the valley", ylabel="w₂, across", xlim=(-0.4, 1.1), ylim=(-1.1, 1.2))
    axes.grid(visible=False)
    axes.legend(loc="lower left")
