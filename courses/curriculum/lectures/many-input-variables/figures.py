import numpy as np

ROWS, COLUMNS, SHIFT = 33, 320, 5


def _places():
    """x and y of what is drawn, (ROWS, COLUMNS): rows go from the front to the back."""
    return np.meshgrid(np.linspace(0, 1, COLUMNS), np.linspace(0, 1, ROWS))


def _surface(axes, heights, color, top, marks):
    """Curves over x, one for each y, the later ones hidden by those in front; marks are heights with their names."""
    across = np.arange(COLUMNS) / COLUMNS
    horizon = np.full(COLUMNS + SHIFT * ROWS, -np.inf)
    slant, rise = SHIFT / COLUMNS, 0.6 * top / ROWS
    for row, curve in enumerate(heights):
        seen = horizon[row * SHIFT :][:COLUMNS]
        raised = curve + row * rise
        axes.plot(across + row * slant, np.where(raised >= seen - 1e-9, raised, np.nan), color, linewidth=0.9)
        np.maximum(seen, raised, out=seen)
    # The right side, which nothing hides; without it, a wall across the rows could not be seen.
    rows = np.arange(ROWS)
    axes.plot(across[-1] + rows * slant, heights[:, -1] + rows * rise, color, linewidth=0.9)
    right = 1 + (ROWS - 1) * slant
    for height, name in marks:
        axes.plot([-0.07, -0.03], [height, height], color, linewidth=1)
        axes.text(-0.09, height, name, ha="right", va="center", fontsize=10)
    axes.text(0.5, -0.07 * top, "x", ha="center", va="top")
    axes.text((1 + right) / 2 + 0.05, 0.25 * top, "y", ha="left", va="top")
    axes.set(xlim=(-0.25, right + 0.05), ylim=(-0.25 * top, 1.65 * top))
    axes.set_axis_off()


def bumps(example, figure):
    x, y = _places()
    one, other = example.bump(x, 0.3, 0.7), example.bump(y, 0.4, 0.8)
    panels = figure.subplots(1, 3)
    for axes, heights, color, name in zip(
        panels,
        (one, other, one + other),
        ("C1", "C2", "C0"),
        ("bump in x", "bump in y", "both added"),
        strict=True,
    ):
        _surface(axes, heights, color, 2, [(0, "0"), (1, "h")] + [(2, "2h")] * (name == "both added"))
        axes.set_title(name)


def threshold(example, figure):
    x, y = _places()
    panels = figure.subplots(1, 3)
    for axes, h in zip(panels, (1, 4, 10), strict=True):
        sums = h * (example.bump(x, 0.3, 0.7) + example.bump(y, 0.4, 0.8))
        _surface(axes, example.sigmoid(sums - 1.5 * h), "C0", 1, [(0, "0"), (1, "1")])
        axes.set_title(f"h = {h}")


def many(example, figure):
    x, y = _places()
    panels = figure.subplots(1, 3)
    for axes, n in zip(panels[:2], (5, 10), strict=True):
        # In the middle of boxes and not on their borders, where a drawing shows only where its rows happen to be.
        rows = (np.arange(ROWS) + 0.5) / ROWS
        output = example.output(x, np.broadcast_to(rows[:, None], x.shape), n)
        _surface(axes, output, "C0", 1, [(0, "0"), (1, "1")])
        axes.set_title(f"{n} × {n} towers")
    _surface(panels[2], example.goal(x, y), "C1", 1, [(0, "0"), (1, "1")])
    panels[2].set_title("the goal")
