import numpy as np


def dials(example, figure):
    x = np.linspace(0, 1, 801)
    moved, sharpened = figure.subplots(1, 2, sharey=True)
    for b, style in ((-3, "-"), (-6, "--"), (-9, "-.")):
        moved.plot(x, example.sigmoid(12 * x + b), linestyle=style, label=f"b = −{-b}")
    for w, style in ((5, "-"), (20, "--"), (100, "-."), (1000, ":")):
        sharpened.plot(x, example.sigmoid(w * (x - 0.5)), linestyle=style, label=f"w = {w}")
    for level in (0.01, 0.99):
        sharpened.axhline(level, color="#566063", linestyle=":", linewidth=1)
    moved.set(xlabel="input x", ylabel="activation a", title="weight 12")
    sharpened.set(xlabel="input x", title="step at 0.5")
    moved.legend(loc="upper left", fontsize=10)
    sharpened.legend(loc="upper left", fontsize=10, bbox_to_anchor=(0, 0.97))


def adding(example, figure):
    x = np.linspace(0, 1, 801)
    panels = figure.subplots(1, 2, sharey=True)
    for axes, w in zip(panels, (1000, 10), strict=True):
        shares = example.shares(x, w)
        for share, color in zip(shares.T, ("C1", "C2", "C3"), strict=True):
            axes.plot(x, share, color, linestyle="--", linewidth=1.2)
        axes.plot(x, shares.sum(axis=1), "C0")
        axes.set(xlabel="input x", title=f"weight {w}")
    panels[0].set_ylabel("shares and their sum")
