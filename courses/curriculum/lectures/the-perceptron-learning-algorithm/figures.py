import numpy as np

LOW, HIGH = -2.0, 4.5


def mistakes(example, figure):
    pears, labels = example["pears"], example["labels"]
    figure.set_size_inches(7.2, 5.0)
    panels = figure.subplots(2, 3).ravel()
    for number, (axes, (name, weights)) in enumerate(zip(panels[:5], example["trace"], strict=True), start=1):
        grid = np.linspace(LOW, HIGH, 2)
        w1, w2, b = (float(weight) for weight in weights)
        border = -(w1 * grid + b) / w2
        axes.fill_between(grid, border, (HIGH + 40) * np.sign(w2), color="C0", alpha=0.12, linewidth=0)
        axes.plot(grid, border, "C0")
        for (x, y), label, letter in zip(pears, labels, "ABCD", strict=True):
            axes.plot(x, y, "C1o" if label > 0 else "C2s", markerfacecolor=None if label > 0 else "none", markersize=7)
            axes.annotate(letter, (x, y), xytext=(-15, 4), textcoords="offset points", fontsize=10)
            if letter == name:
                axes.plot(x, y, "C3o", markersize=16, markerfacecolor="none", linewidth=1)
        axes.set(title=f"after mistake {number}, on {name}", xlabel="softness", ylabel="sweetness")
        axes.set(xlim=(LOW, HIGH), ylim=(LOW, HIGH), aspect="equal", xticks=[0, 3], yticks=[0, 3])
    key = panels[5]
    key.plot([], [], "C1o", markersize=7, label="ripe, +1")
    key.plot([], [], "C2s", markersize=7, markerfacecolor="none", label="unripe, −1")
    key.plot([], [], "C3o", markersize=16, markerfacecolor="none", linewidth=1, label="corrected just now")
    key.plot([], [], "C0", label="border")
    key.fill_between([], [], color="C0", alpha=0.12, label="answered with +1")
    key.legend(loc="center", labelspacing=1)
    key.axis("off")


def averaged(example, figure):
    epochs = np.arange(1, 21)
    axes = figure.subplots()
    axes.plot(epochs, example["mean"], "C0o-", markersize=4, label="mean of all weights")
    axes.plot(epochs, example["last"], "C1s--", markersize=4, label="last weights")
    axes.set(xlabel="epoch", ylabel="right answers on new examples, %", ylim=(60, 86), xticks=[1, 5, 10, 15, 20])
    axes.legend(loc="lower left", ncols=2)
