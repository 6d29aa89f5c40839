import numpy as np


def goal(example, figure):
    x = example["x"]
    left, right = figure.subplots(1, 2)
    left.plot(x, example["f"], "C0")
    left.set(xlabel="input x", ylabel="f(x)", ylim=(0, 1))
    right.axhline(0, color="#566063", linewidth=1)
    right.plot(x, example["wanted"], "C1")
    right.set(xlabel="input x", ylabel="σ⁻¹(f(x))")


def more_bumps(example, figure):
    x, wanted = example["x"], example["wanted"]
    panels = figure.subplots(1, 2, sharey=True)
    for axes, n in zip(panels, (10, 20), strict=True):
        axes.plot(x, wanted, "C1", linestyle="--", linewidth=1.4, label="goal σ⁻¹(f(x))")
        axes.plot(x, _at_medians(example, wanted, n), "C0", label="weighted sum")
        axes.set(xlabel="input x", title=f"{n} bumps")
    panels[0].set_ylabel("weighted sum")
    panels[0].legend(fontsize=10)


def inverse(example, figure):
    x, f = example["x"], example["f"]
    panels = figure.subplots(1, 2, sharey=True)
    for axes, held, title in zip(
        panels, (f, example["wanted"]), ("the table holds f", "the table holds σ⁻¹∘f"), strict=True
    ):
        axes.plot(x[1:-1], example.sigmoid(_at_medians(example, held, 50))[1:-1], "C0", label="output")
        axes.plot(x, f, "C1", linestyle="--", label="f(x)")
        axes.set(xlabel="input x", ylim=(0, 1), title=title)
    panels[0].set_ylabel("output")
    panels[1].legend(fontsize=10)


def _at_medians(example, values, n):
    """The example's table of n bumps at median heights (a function cannot be handed over to it)."""
    x, each = example["x"], (len(values) - 1) // n
    heights = [np.median(values[k * each : (k + 1) * each + 1]) for k in range(n)]
    return sum(h * example.bump(x, k / n, (k + 1) / n) for k, h in enumerate(heights))
