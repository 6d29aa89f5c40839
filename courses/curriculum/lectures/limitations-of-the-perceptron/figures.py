import numpy as np

SIGNS = {1: ("C0", "+", "o"), -1: ("C1", "−", "s")}


def _corners(axes, points, labels):
    for (x1, x2), label in zip(points, labels, strict=True):
        color, text, marker = SIGNS[label]
        axes.plot(x1, x2, marker, color=color, markersize=17, fillstyle="none", markeredgewidth=1.5)
        axes.text(x1, x2 - 0.01, text, ha="center", va="center", color=color, weight="bold", fontsize=13)
    axes.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), aspect="equal", xlabel="x₁", xticks=[0, 1], yticks=[0, 1])
    axes.grid(False)


def tasks(example, figure):
    panels = figure.subplots(1, 3, sharey=True)
    points = example["corners"]
    x1 = np.array([-0.5, 1.5])
    for axes, (name, labels) in zip(panels, example["tasks"].items(), strict=True):
        if name == "exclusive or":
            axes.plot([0.12, 0.88], [0.88, 0.12], "C0--", linewidth=1.5)
            axes.plot([0.12, 0.88], [0.12, 0.88], "C1:", linewidth=1.5)
            axes.annotate("both?", (0.5, 0.5), xytext=(0.5, 0.8), ha="center")
        else:
            w1, w2, b = example.learn(points, labels, 12)[0][-1]
            axes.plot(x1, -(w1 * x1 + b) / w2, "C2")
        _corners(axes, points, labels)
        axes.set_title(name)
    panels[0].set_ylabel("x₂")


def circle(example, figure):
    states = np.array([[0, 0, 0], *example["moved_states"]])
    axes = figure.subplots()
    axes.plot(states[:3, 0], states[:3, 1], "o--", color="C1", label="epochs 1 and 2")
    axes.plot(states[2:, 0], states[2:, 1], "s-", color="C0", label="epochs 3 to 6, and on")
    for start, end in zip(states[:-1], states[1:], strict=True):
        axes.annotate(
            "", (start[:2] + end[:2]) / 2, xytext=start[:2], arrowprops={"arrowstyle": "->", "color": "#566063"}
        )
    named = {
        (0, 0): ("start", 8, 8),
        (-2, 0): ("1 and 5", -54, 8),
        (-1, 1): ("2 and 6", 10, 2),
        (-1, -1): ("3", 10, -4),
        (-3, -1): ("4", -16, -4),
    }
    for place, (text, right, up) in named.items():
        axes.annotate(text, place, xytext=(right, up), textcoords="offset points")
    axes.set(xlabel="w₁", ylabel="w₂", aspect="equal", xlim=(-3.9, 1.9), ylim=(-1.5, 1.6))
    axes.set(xticks=range(-3, 2), yticks=range(-1, 2))
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))


def bent(example, figure):
    panels = figure.subplots(1, 2, sharey=True)
    x1, x2 = np.meshgrid(np.linspace(-0.5, 1.5, 241), np.linspace(-0.5, 1.5, 241))
    weights = [example["w1"], example["w2"], example["w3"], example["b"]], [1, 1, -2, -0.5]
    for axes, (w1, w2, w3, b) in zip(panels, weights, strict=True):
        scores = w1 * x1 + w2 * x2 + w3 * x1 * x2 + b
        axes.contourf(x1, x2, scores, levels=[0, 1e9], colors="C0", alpha=0.15)
        axes.contour(x1, x2, scores, levels=[0], colors="C2", linewidths=2)
        _corners(axes, example["corners"], example["tasks"]["exclusive or"])
        axes.set_title(f"{w1:g}, {w2:g}, {w3:g} and {b:g}".replace("-", "−"))
    panels[0].set_ylabel("x₂")
