import numpy as np


def layers(example, figure):
    panels = figure.subplots(1, 3, sharey=True)
    for axes, hidden in zip(panels, (2, 3, 4), strict=True):
        found, numbers = np.array(example["found"][hidden]), np.arange(1, hidden + 1)
        axes.plot(numbers, found.T, "C0", linewidth=0.8, alpha=0.35)
        axes.plot(numbers, np.median(found, axis=0), "C1", marker="o", linewidth=2.4)
        axes.set(xlabel="hidden layer", yscale="log", xticks=numbers, title=f"{hidden} hidden layers")
    panels[0].set_ylabel("speed of learning ‖δ̄‖")


def epochs(example, figure):
    panels = figure.subplots(1, 2, sharey=True)
    for axes, (hidden, speeds) in zip(panels, example["measured"].items(), strict=True):
        for layer, (speed, style) in enumerate(zip(speeds, ("-", "--", "-.", ":"), strict=False), start=1):
            axes.plot(example["epochs"], np.array(speed) / 1e6, linestyle=style, label=f"layer {layer}")
        axes.set(xlabel="epoch", yscale="log", title=f"{hidden} hidden layers")
        axes.legend(fontsize=9, ncols=2)
    panels[0].set_ylabel("speed of learning ‖δ̄‖")
