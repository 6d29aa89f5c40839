import numpy as np


def recall(example, figure):
    states, patterns = example["states"], example["patterns"]
    for axes, flips in zip(figure.subplots(1, 4), (0, 8, 16, 22), strict=True):
        grid = states[flips].reshape(8, 8)
        wrong = grid != patterns[1].reshape(8, 8)
        for chosen, marker, color in (
            ((grid > 0) & ~wrong, "s", "C0"),
            ((grid > 0) & wrong, "s", "C1"),
            ((grid < 0) & wrong, "x", "C1"),
        ):
            rows, columns = np.nonzero(chosen)
            axes.plot(columns, -rows, marker, color=color, markersize=7)
        axes.set(title=f"{flips} flips", xlim=(-0.7, 7.7), ylim=(-7.7, 0.7), xticks=(), yticks=(), aspect="equal")
        for spine in axes.spines.values():
            spine.set_visible(True)


def capacity(example, figure):
    axes = figure.subplots()
    for (n, left), style in zip(example["left"].items(), ("-", "--"), strict=True):
        axes.plot(example["loads"], left, style, marker="o", markersize=4, label=f"{n} neurons")
    axes.axvline(0.14, color="C2", linestyle=":")
    axes.set(
        xlabel="stored patterns for each neuron, k/n", ylabel="overlap left at rest", ylim=(0, 1.05), xlim=(0, None)
    )
    axes.legend(loc="lower left")


def influence(example, figure):
    axes = figure.subplots()
    for (g, sizes), style in zip(example["sizes"].items(), ("-", "--", "-."), strict=True):
        axes.semilogy(sizes, style)
        axes.text(40.5, sizes[-1], f"g = {g:g}", va="center")
    axes.set(xlabel="step t", ylabel="influence of the start", xlim=(0, 45))
