import numpy as np

ROWS, COLUMNS, SHIFT = 41, 320, 4


def ring(example, figure):
    """Six tangents around a circle, and how many neurons are on in the regions between them."""
    axes = figure.subplots()
    center, radius = np.array([0.5, 0.5]), 0.22
    angles = np.pi / 6 + np.arange(6) * np.pi / 3
    along = np.array([-1.2, 1.2])
    for angle in angles:
        foot = center + radius * np.array([np.cos(angle), np.sin(angle)])
        axes.plot(foot[0] - along * np.sin(angle), foot[1] + along * np.cos(angle), "C0", linewidth=1.2)
    around = np.linspace(0, 2 * np.pi, 200)
    axes.plot(center[0] + radius * np.cos(around), center[1] + radius * np.sin(around), "C1", linestyle="--")
    places = [(0.5, 0.5)]
    for distance, turn in ((1.36, 0.0), (1.62, np.pi / 6), (2.4, 0.0), (2.6, np.pi / 6)):
        for angle in angles:
            toward = np.array([np.cos(angle + turn), np.sin(angle + turn)])
            places.append(tuple(center + distance * radius * toward))
    points = np.array([p for p in places if 0.04 < p[1] < 0.96])
    on = 6 * example.share_on(points, center, radius, 6, np.pi / 6)
    for (x, y), number in zip(points, on, strict=True):
        axes.text(x, y, f"{number:.0f}", ha="center", va="center", fontsize=13)
    axes.set(xlim=(-0.35, 1.35), ylim=(0, 1), aspect="equal", xlabel="x", ylabel="y")
    axes.grid(False)


def round_towers(example, figure):
    panels = figure.subplots(1, 3)
    for axes, directions in zip(panels, (4, 8, 32), strict=True):
        _surface(axes, example.tower(_points(), np.array([0.5, 0.5]), 0.31, directions).reshape(ROWS, COLUMNS), "C0")
        axes.set_title(f"{directions} directions")


def hill(example, figure):
    distances = np.linspace(0, 6, 601)
    points = 0.1 * np.stack([distances, 0 * distances], axis=1)
    rise = 2 * example.share_on(points, np.zeros(2), 0.1, 1000) - 1
    left, right = figure.subplots(1, 2, width_ratios=(1.1, 1))
    share = example.share_on(_points(), np.array([0.5, 0.5]), 0.13, 360).reshape(ROWS, COLUMNS)
    _surface(left, 2 * share - 1, "C0")
    right.plot(distances, rise, label="a hill")
    right.plot(distances, distances < 1, "C1", linestyle="--", label="a tower")
    right.set(xlabel="distance from the center, in radii", ylabel="height", ylim=(0, 1.08))
    right.legend()


def _points():
    x, y = np.meshgrid(np.linspace(0, 1, COLUMNS), np.linspace(0, 1, ROWS))
    return np.stack([x.ravel(), y.ravel()], axis=1)


def _surface(axes, heights, color):
    """Curves over x, one for each y from the front to the back, the later ones hidden by those in front."""
    across = np.arange(COLUMNS) / COLUMNS
    horizon = np.full(COLUMNS + SHIFT * ROWS, -np.inf)
    slant, rise = SHIFT / COLUMNS, 0.8 / ROWS
    for row, curve in enumerate(heights):
        seen = horizon[row * SHIFT :][:COLUMNS]
        raised = curve + row * rise
        axes.plot(across + row * slant, np.where(raised >= seen - 1e-9, raised, np.nan), color, linewidth=0.9)
        np.maximum(seen, raised, out=seen)
    for height in (0, 1):
        axes.plot([-0.07, -0.03], [height, height], color, linewidth=1)
        axes.text(-0.09, height, str(height), ha="right", va="center", fontsize=10)
    right = 1 + (ROWS - 1) * slant
    axes.text(0.5, -0.07, "x", ha="center", va="top")
    axes.text((1 + right) / 2 + 0.05, 0.35, "y", ha="left", va="top")
    axes.set(xlim=(-0.25, right + 0.05), ylim=(-0.25, 1.75))
    axes.set_axis_off()
