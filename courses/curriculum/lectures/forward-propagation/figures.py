import numpy as np


def pictures(example, figure):
    figure.set_size_inches(7.2, 4.4)
    grid = figure.subplots(3, 4, height_ratios=[1, 1, 1])
    names = "a row", "a column", "both", "a diagonal"
    for picture in range(4):
        image, hidden, answers = grid[:, picture]
        for pixel, value in enumerate(example["a0"][picture]):
            left, top = pixel % 3, 2 - pixel // 3
            corners = [left, left + 1, left + 1, left], [top, top, top + 1, top + 1]
            image.fill(*corners, color="C0", alpha=0.85 if value else 0.08)
            image.plot([*corners[0], left], [*corners[1], top], color="#566063", linewidth=0.8)
        image.set(aspect="equal", title=names[picture])
        image.axis("off")
        for axes, values, labels, split in (
            (hidden, example["a1"][picture], ("r1", "r2", "r3", "c1", "c2", "c3"), 3),
            (answers, example["a2"][picture], ("across", "down"), 1),
        ):
            places = np.arange(len(values))
            axes.bar(places[:split], values[:split], color="C1", width=0.6)
            axes.bar(places[split:], values[split:], color="C2", width=0.6)
            axes.set_xticks(places, labels, fontsize=9)
            axes.set(ylim=(0, 1.05), yticks=[0, 0.5, 1], xlim=(-0.6, len(values) - 0.4))
            axes.set_axisbelow(True)
            axes.grid(False, axis="x")
            if picture:
                axes.set_yticklabels([])
    grid[1, 0].set_ylabel("line neurons")
    grid[2, 0].set_ylabel("answers")


def kept(example, figure):
    figure.set_size_inches(7.2, 2.1)
    tables = [("a⁰", "a0"), ("z¹", "z1"), ("a¹", "a1"), ("z²", "z2"), ("a²", "a2")]
    axes = figure.subplots()
    left = 0.0
    for name, variable in tables:
        values = example[variable]
        rows, columns = values.shape
        low, high = values.min(), values.max()
        width = 0.62 if variable == "a0" else 1.0
        for i in range(rows):
            for j in range(columns):
                x = left + j * width
                strength = 0.06 + 0.5 * (values[i, j] - low) / (high - low)
                axes.fill(
                    [x, x + width, x + width, x], [-i, -i, -i - 1, -i - 1], color="C0", alpha=strength, linewidth=0
                )
                text = (
                    f"{values[i, j]:.0f}"
                    if variable in ("a0", "z1")
                    else f"{values[i, j]:.2f}"
                    if variable[0] == "a"
                    else f"{values[i, j]:.1f}"
                )
                axes.text(x + width / 2, -i - 0.5, text.replace("-", "−"), ha="center", va="center", fontsize=7.5)
        axes.text(
            left + columns * width / 2, 0.15, f"{name}  ({rows}, {columns})", ha="center", va="bottom", fontsize=10
        )
        left += columns * width + 0.6
    axes.set(xlim=(0, left - 0.6), ylim=(-4, 0.8))
    axes.axis("off")
