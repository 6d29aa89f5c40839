import numpy as np


def costs(example, figure):
    histories = example["histories"]
    left, right = figure.subplots(1, 2)
    epochs = np.arange(1, 61)
    for axes, chosen in ((left, ((300, 0.5), (10, 0.5))), (right, ((300, 0.5), (300, 5.0)))):
        for (size, rate), style in zip(chosen, ("-", "--"), strict=True):
            name = f"m = {size}" if axes is left else f"rate {rate:g}"
            axes.plot(epochs, histories[f"{size} {rate}"][:, 0], style, label=name)
        axes.axhline(np.log(3), color="C2", linestyle=":", linewidth=1.2)
        axes.set(xlabel="epoch")
        axes.legend()
    left.set_ylim(0, None)
    right.set_yscale("log")
    left.text(60, np.log(3), "knowing nothing", ha="right", va="bottom", fontsize=9)
    left.set(ylabel="training cost", title="rate 0.5")
    right.set(title="m = 300, logarithmic")


def regions(example, figure):
    network, history = example["network"], example["histories"]["10 0.5"]
    left, right = figure.subplots(1, 2)
    place = np.linspace(-1.15, 1.15, 161)
    plane = np.array([(x1, x2) for x2 in place for x1 in place])
    said = example.forward(network, plane)[1]
    x, labels = example["x"], example["labels"]
    for k, marker in enumerate(("o", "x", "^")):
        others = np.delete(said, k, axis=1).max(axis=1)
        left.contourf(
            place, place, (said[:, k] - others).reshape(161, 161), levels=[0, 1e9], colors=[f"C{k}"], alpha=0.18
        )
        left.plot(*x[labels == k].T, marker, color=f"C{k}", markersize=3.5)
    left.set(
        xlabel="x₁",
        ylabel="x₂",
        aspect="equal",
        xlim=(-1.15, 1.15),
        ylim=(-1.15, 1.15),
        xticks=(-1, 0, 1),
        yticks=(-1, 0, 1),
    )
    left.grid(visible=False)
    epochs = np.arange(1, 61)
    right.plot(epochs, history[:, 0], label="training")
    right.plot(epochs, history[:, 1], "--", label="validation")
    right.set(xlabel="epoch", ylabel="cost", ylim=(0, None))
    right.legend()
