import numpy as np


def product(example, figure):
    orders, prices, result = example["orders"], example["prices"], example["product"]
    axes = figure.subplots()
    row, column = 1, 0
    # The band of the row and that of the column cross at the product's number.
    axes.fill([0, 5.3, 5.3, 0], [0, 0, 1, 1], color="C1", alpha=0.25)
    axes.fill([3.3, 4.3, 4.3, 3.3], [0, 0, 5.3, 5.3], color="C0", alpha=0.25)
    _numbers(axes, orders, 0, 2)
    _numbers(axes, prices, 3.3, 5.3)
    _numbers(axes, result, 3.3, 2, [(row, column)])
    for name, y in (("Ann", 1.5), ("Ben", 0.5)):
        axes.text(-0.2, y, name, ha="right", va="center")
    for name, y in (("bread", 4.8), ("cheese", 3.8), ("apples", 2.8)):
        axes.text(5.5, y, name, va="center")
    for name, x in (("shop 1", 3.8), ("shop 2", 4.8)):
        axes.text(x, 5.5, name, ha="center", va="bottom", fontsize=9)
    axes.text(1.5, 2.15, "orders", ha="center", va="bottom")
    axes.text(5.5, 1, "what each pays", va="center")
    axes.text(3.1, 3.8, "prices", ha="right", va="center")
    axes.set(xlim=(-2.6, 8.6), ylim=(-0.1, 6.1), aspect="equal")
    axes.axis("off")


def layer(example, figure):
    axes = figure.subplots()
    x = _table(axes, example["x"], 0, "x", "C0", "inputs", "examples")
    axes.text(x + 0.3, 2, "·", ha="center", va="center", fontsize=16)
    x = _table(axes, example["w"].T, x + 1.6, "wᵀ", "C1", "neurons", "inputs")
    axes.text(x + 0.4, 2, "+", ha="center", va="center", fontsize=16)
    x = _table(axes, example["b"].reshape(1, -1), x + 0.8, "b", "C2", "neurons", "")
    axes.text(x + 0.4, 2, "=", ha="center", va="center", fontsize=16)
    x = _table(axes, example["z"], x + 1.6, "z", "C3", "neurons", "examples")
    axes.set(xlim=(-1, x + 0.1), ylim=(-0.7, 5.4), aspect="equal")
    axes.axis("off")


def _numbers(axes, table, left, top, strong=()):
    """The numbers of a table in its frame."""
    rows, columns = table.shape
    axes.plot(
        [left, left + columns, left + columns, left, left], [top, top, top - rows, top - rows, top], "C0", linewidth=1
    )
    for i, j in np.ndindex(rows, columns):
        weight = "bold" if (i, j) in strong else "normal"
        axes.text(
            left + j + 0.5, top - i - 0.5, f"{table[i, j]:g}".replace("-", "−"), ha="center", va="center", weight=weight
        )


def _table(axes, table, left, name, color, across, down):
    """The table as a rectangle around the middle height, with words for its axes; returns where it ends."""
    rows, columns = table.shape
    top = 2 + rows / 2
    axes.fill([left, left + columns, left + columns, left], [top, top, top - rows, top - rows], color=color, alpha=0.2)
    _numbers(axes, table, left, top)
    shape = f"({rows}, {columns})" if name != "b" else f"({columns},)"
    axes.text(left + columns / 2, top + 0.65, f"{name} {shape}", ha="center", va="bottom", weight="bold")
    axes.text(left + columns / 2, top + 0.1, across, ha="center", va="bottom", fontsize=9)
    axes.text(left - 0.1, 2, down, ha="right", va="center", rotation=90, fontsize=9)
    return left + columns
