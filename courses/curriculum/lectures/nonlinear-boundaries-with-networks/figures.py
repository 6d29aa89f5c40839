import numpy as np

TICKS = (0, 0.5, 1)


def counting(example, figure):
    panels = figure.subplots(1, 3, sharey=True)
    for axes, bias in zip(panels, (-2.5, -1.5, -0.5), strict=True):
        _fill(axes, lambda x, bias=bias: example.answers(example.answers(x, *example["triangle"]), [[1, 1, 1]], [bias]))
        _lines(axes, *example["triangle"], "C1")
        for x1, x2 in ((0.5, 0.45), (0.17, 0.6), (0.83, 0.6), (0.5, 0.12), (0.07, 0.14), (0.93, 0.14), (0.5, 0.93)):
            code = example.answers(np.array([[x1, x2]]), *example["triangle"])[0]
            axes.text(x1, x2, "".join(str(int(a)) for a in code), ha="center", va="center", fontsize=9)
        axes.set(title=f"bias −{-bias}", xlabel="x₁")
    panels[0].set_ylabel("x₂")


def hole(example, figure):
    left, right = figure.subplots(1, 2, sharey=True)
    for axes in (left, right):
        _lines(axes, *example["triangle"], "C1")
        _lines(axes, *example["window"], "C2", "--")
        axes.set(xlabel="x₁")
    _fill(right, example.with_a_hole)
    _frame(left)
    left.set(ylabel="x₂", title="the first layer's lines")
    right.set(title="the network's answer")


def hidden_space(example, figure):
    left, right = figure.subplots(1, 2)
    w1, b1, w2, b2 = (example[name] for name in ("w1", "b1", "w2", "b2"))
    x, yes = example["x"], example["y"].ravel() > 0.5
    place = np.linspace(-0.4, 1.4, 181)
    plane = np.array([(x1, x2) for x2 in place for x1 in place])
    output = example.sigmoid(example.sigmoid(plane @ w1.T + b1) @ w2.T + b2).reshape(181, 181)
    left.contourf(place, place, output, levels=[0.5, 1], colors=["C0"], alpha=0.15)
    for weights, bias, name in zip(w1, b1, ("a₁ = ½", "a₂ = ½"), strict=True):
        across = np.array([-0.4, 1.4])
        up = -(bias + weights[0] * across) / weights[1]
        left.plot(across, up, color="C2", linestyle="--", linewidth=1.4)
        left.text(-(bias + weights[1] * 0.5) / weights[0] + 0.06, 0.5, name, va="center")
    left.set(
        xlim=(-0.4, 1.4), ylim=(-0.4, 1.4), xticks=TICKS, yticks=TICKS, xlabel="x₁", ylabel="x₂", title="the inputs"
    )
    a = example.sigmoid(x @ w1.T + b1)
    across = np.array([-0.1, 1.1])
    right.plot(across, -(b2[0] + w2[0, 0] * across) / w2[0, 1], color="C3", linestyle="-.", label="the output's border")
    right.set(
        xlim=(-0.1, 1.1),
        ylim=(-0.1, 1.1),
        xticks=TICKS,
        yticks=TICKS,
        xlabel="a₁",
        ylabel="a₂",
        title="the hidden answers",
    )
    for axes, points in ((left, x), (right, a)):
        axes.plot(*points[yes].T, "o", color="C0", markersize=4, alpha=0.8, label="yes")
        axes.plot(*points[~yes].T, "x", color="C1", markersize=5, alpha=0.8, label="no")
        axes.set_aspect("equal")
    right.legend(loc="lower right", fontsize=10)


def _fill(axes, network):
    place = (np.arange(200) + 0.5) / 200
    said = network(np.array([(x1, x2) for x2 in place for x1 in place]))
    axes.contourf(place, place, said.reshape(200, 200), levels=[0.5, 1.5], colors=["C0"], alpha=0.25)
    _frame(axes)


def _frame(axes):
    axes.set(xlim=(0, 1), ylim=(0, 1), xticks=TICKS, yticks=TICKS, aspect="equal")
    axes.grid(visible=False)


def _lines(axes, weights, biases, color, style="-"):
    for (w1, w2), bias in zip(weights, biases, strict=True):
        ends = np.array([-0.1, 1.1])
        points = (ends, -(bias + w1 * ends) / w2) if w2 else (np.full(2, -bias / w1), ends)
        axes.plot(*points, color=color, linestyle=style, linewidth=1.4)
