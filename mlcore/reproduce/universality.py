"""Tables of bumps, towers, overlapping tables, one hidden layer, ReLU."""

from collections.abc import Iterator

import numpy as np

from mlcore import universality as u
from mlcore.networks import Network
from mlcore.reproduce.run import Row, Run

# By bumps: mean deviation of the weighted sum from σ⁻¹∘f with steps of w = 1000, and with exact ones.
STEEP = {5: 0.358, 10: 0.279, 20: 0.125, 50: 0.042, 100: 0.015, 200: 0.0045}
EXACT = {50: 0.053, 100: 0.027, 200: 0.0135}
F = u.before_sigmoid(u.goal)
# By overlapping tables of 20 bumps at midpoints: mean deviation inside, where steps of w = 300 leave wide windows.
OVERLAPS, WIDE = {1: 0.105, 2: 0.053, 4: 0.048, 8: 0.048}, 300.0
# As far from the ends as a window is wide, where no table is cut off.
INNER = np.linspace(0.05, 0.95, 20001)


def universality(run: Run) -> Iterator[Row]:
    """Any continuous function, as close as one likes, from steps."""
    for n, due in STEEP.items():
        yield Row(
            f"{n} bumps at medians: deviation",
            deviation(u.lookup_table(u.median_heights(F, n))),
            due - 0.002,
            due + 0.002,
            "≤ 0.40" if n == 5 else "",
        )
    yield Row("5 bumps at midpoints: deviation", deviation(u.lookup_table(u.midpoint_heights(F, 5))), 0.494, 0.498)
    for n, due in EXACT.items():
        table = u.lookup_table(u.median_heights(F, n), activation="step")
        yield Row(f"{n} bumps of exact steps: deviation", deviation(table, 10001), due - 0.002, due + 0.002)
    yield from towers()
    yield from windows_of_failure()
    points = np.random.default_rng(0).random((4000, 2))
    for n, high in ((3, 0.05), (8, 0.01)):
        network = u.one_hidden_layer(waves, n)
        error = float(np.abs(u.weighted_sum(network, points) - waves(points)).mean())
        yield Row(f"one hidden layer of {n * n} circular towers: deviation", error, 0, high)
    grid = np.linspace(0, 1, 5001)
    for n, high in ((20, 0.06), (200, 0.0006)):
        error = float(np.abs(u.weighted_sum(u.relu_interpolation(u.goal, n), grid) - u.goal(grid)).max())
        yield Row(f"{n} ReLUs: largest error", error, 0, high)
    draw(run)


def deviation(network: Network, points: int = 1001) -> float:
    """Of the weighted sum from σ⁻¹∘f."""
    return u.average_deviation(lambda x: u.weighted_sum(network, x), F, points)


def waves(p: np.ndarray) -> np.ndarray:
    """A function of [0, 1]² with values from 0.1 to 0.9; p is (m, 2)."""
    return 0.5 + 0.4 * np.sin(3 * p[:, 0]) * np.cos(4 * p[:, 1])


def towers() -> Iterator[Row]:
    """What a tower gives inside and on its plateau, its output's bias, and a table of towers."""
    network = u.tower(np.array([0.4, 0.3]), np.array([0.7, 0.6]), height=10)
    inside, plateau = network.forward(np.array([[0.5, 0.5], [0.5, 0.9]]))[1][-1][:, 0]
    yield Row("tower of h = 10: inside", float(inside), 0.9932, 0.9934, "1")
    yield Row("tower of h = 10: on the plateau", float(plateau), 0.0066, 0.0068, "0")
    yield Row("output's bias of a tower of 2 inputs, in h", float(network.biases[1][0]) / 10, -1.5, -1.5, "−3/2")
    bias = u.tower(np.zeros(5), np.ones(5), height=10).biases[1][0]
    yield Row("output's bias of a tower of 5 inputs, in h", float(bias) / 10, -4.5, -4.5, "−m + ½")
    points = np.random.default_rng(0).random((4000, 2))
    table = u.table_of_towers(waves, 2, 20)
    yield Row("400 towers: deviation", float(np.abs(u.weighted_sum(table, points) - waves(points)).mean()), 0, 0.03)


def windows_of_failure() -> Iterator[Row]:
    """The error of 20 bumps with M overlapping tables, everywhere and around the steps: it halves, then the bumps' own
    is left.
    """
    for tables, due in OVERLAPS.items():
        network = u.overlapping_tables(F, 20, tables, WIDE, height=middle)
        yield Row(
            f"20 bumps, {tables} overlapping: deviation",
            float(np.abs(u.weighted_sum(network, INNER) - F(INNER)).mean()),
            due - 0.002,
            due + 0.002,
        )
    inside = np.abs(INNER[:, None] - np.arange(21) / 20).min(axis=1) < 3 / u.STEEP
    errors = {
        tables: float(np.abs(u.weighted_sum(u.overlapping_tables(F, 20, tables), INNER) - F(INNER))[inside].mean())
        for tables in OVERLAPS
    }
    yield Row("windows of failure: 1 table over 2", errors[1] / errors[2], 1.7, 2.3, "2")
    yield Row("windows of failure: 1 table over 4", errors[1] / errors[4], 2.5, 4, "up to 4")
    yield Row("windows of failure: 8 tables, the bumps' own", errors[8], 0.045, 0.06)


def middle(values: np.ndarray) -> float:
    """f in the middle of a window."""
    return float(values[len(values) // 2])


def draw(run: Run) -> None:
    """The tables of bumps, overlapping tables, and a tower."""
    around = np.linspace(0.4, 0.6, 2001)
    with run.picture("overlaps", "Overlapping tables share out what fails at the steps", "x", "deviation") as axes:
        for tables in (1, 2, 8):
            network = u.overlapping_tables(F, 20, tables, WIDE, height=middle)
            axes.plot(
                around, np.abs(u.weighted_sum(network, around) - F(around)), label=f"{tables} table{'s' * (tables > 1)}"
            )
        axes.legend()
    x = np.linspace(0, 1, 2001)
    with run.picture("universality", "A lookup table of bumps computes the goal", "x", "output", 3) as panels:
        for axes, n in zip(panels, (5, 20, 100), strict=True):
            axes.plot(x, u.lookup_table(u.median_heights(F, n)).forward(x[:, None])[1][-1][:, 0], label="network")
            axes.plot(x, u.goal(x), label="goal")
            axes.set(title=f"{n} bumps")
            axes.legend(fontsize=8)
    side = np.linspace(0, 1, 201)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    tower = u.tower(np.array([0.4, 0.3]), np.array([0.7, 0.6]), height=10, weight=100)
    with run.picture("tower", "The output neuron lets only the tower pass", "x", "y", 2) as panels:
        for axes, values, title in zip(
            panels,
            (u.weighted_sum(tower, grid) + 15, tower.forward(grid)[1][-1][:, 0]),
            ("weighted sum, without bias", "output"),
            strict=True,
        ):
            shown = axes.pcolormesh(side, side, values.reshape(201, 201), cmap="viridis", rasterized=True)
            axes.set(title=title)
            axes.figure.colorbar(shown, ax=axes)
