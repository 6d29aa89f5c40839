"""Networks that compute any continuous function, built by hand: steps, bumps, towers.

A sigmoid neuron of large weight w is a step, from 0 to 1 at s = −b/w; steps make bumps, bumps make a lookup table. A
table is designed for σ⁻¹∘f, as the output neuron applies σ to the weighted sum. Each construction is a Network.
Source: Nielsen, Neural Networks and Deep Learning (2015), chapter 4; Cybenko, Approximation by superpositions of a
sigmoidal function (1989); Hornik, Stinchcombe & White, Multilayer feedforward networks are universal approximators
(1989).
"""

from collections.abc import Callable, Sequence
from itertools import pairwise, product

import numpy as np

from mlcore.activations import ACTIVATIONS, sigmoid_inverse
from mlcore.arguments import Array, count, floats, number, one_of, positive, shaped
from mlcore.networks import Network

Function = Callable[[Array], Array]
STEEP = 1000.0


def goal(x: Array) -> Array:
    """The chapter's goal on [0, 1]: 0.2 + 0.4x² + 0.3·x·sin(15x) + 0.05·cos(50x), which stays inside (0, 1)."""
    x = floats("x", x)
    return 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)


def before_sigmoid(f: Function) -> Function:
    """σ⁻¹∘f: what the weighted sum has to be so that the output is f; f's values lie inside (0, 1)."""
    return lambda x: sigmoid_inverse(f(x))


# --- one input ---------------------------------------------------------------------------------------


def step_neuron(position: float, weight: float = STEEP) -> tuple[float, float]:
    """Weight and bias of a neuron that steps at `position`: b = −ws."""
    return positive("weight", weight), -weight * number("position", position)


def step_position(weight: float, bias: float) -> float:
    """Where a neuron steps: s = −b/w."""
    if not number("weight", weight):
        raise ValueError("weight: 0 came, another number expected: without a weight there is no step")
    return -number("bias", bias) / weight


def bumps(edges: Array, heights: Array, weight: float = STEEP, activation: str = "sigmoid") -> Network:
    """A bump of height heights[k] from edges[k, 0] to edges[k, 1], all added up: [1, 2n, 1], the output's bias 0.

    A bump is a step up with output weight h and a step down with −h. Any activation with two limits makes steps;
    where they are not 0 and 1, output weights are divided by how far apart they are, and what is below cancels.
    """
    edges = shaped("edges", edges, ("n", 2))
    heights = shaped("heights", heights, (len(edges),))
    limits = step_limits(one_of("activation", activation, ACTIVATIONS).function)
    if limits is None:
        raise ValueError(f"activation: {activation} came, one with two different limits at ±∞ expected")
    low, high = limits
    positions = edges.ravel()
    out = np.stack([heights, -heights], axis=1).ravel() / (high - low)
    return Network(
        [np.full((len(positions), 1), positive("weight", weight)), out[None]],
        [-weight * positions, np.zeros(1)],
        hidden=activation,
    )


def lookup_table(heights: Array, weight: float = STEEP, activation: str = "sigmoid") -> Network:
    """n bumps side by side on [0, 1], of equal width: 2n hidden neurons hold n pairs of input and value."""
    heights = shaped("heights", heights, ("n",))
    borders = np.linspace(0, 1, len(heights) + 1)
    return bumps(np.stack([borders[:-1], borders[1:]], axis=1), heights, weight, activation)


def median_heights(f: Function, n: int, points: int = 1001) -> Array:
    """The median of f in each of n windows on [0, 1], (n,): the height of least mean deviation."""
    borders = np.linspace(0, 1, count("n", n) + 1)
    return np.array([np.median(f(np.linspace(a, b, points))) for a, b in pairwise(borders)])


def midpoint_heights(f: Function, n: int) -> Array:
    """f in the middle of each of n windows on [0, 1], (n,)."""
    return f((np.arange(count("n", n)) + 0.5) / n)


def weighted_sum(network: Network, x: Array) -> Array:
    """What comes to the output neurons, before σ: (m,) for x (m,) or (m, n_in) and one output, else (m, n_out)."""
    z = network.forward(x[:, None] if x.ndim == 1 else x)[0][-1]
    return z[:, 0] if z.shape[1] == 1 else z


def average_deviation(g: Function, f: Function, points: int = 1001) -> float:
    """The mean of |g − f| over an even grid of [0, 1]. For a table, g is its weighted sum and f is σ⁻¹∘(the goal)."""
    x = np.linspace(0, 1, count("points", points, 2))
    return float(np.abs(g(x) - f(x)).mean())


def overlapping_tables(
    f: Function, n: int, tables: int, weight: float = STEEP, height: Callable[[Array], float] = np.median
) -> Network:
    """M tables of n bumps, each for f/M and shifted by 1/M of a window: at any x, only one is in a window of failure.

    The windows of failure are those around the steps, where a bump is neither there nor gone. f is what the weighted
    sum has to be; height makes a bump's height of f's values on an even grid of its window. Windows reach beyond
    [0, 1] so that each table covers it.
    """
    edges, heights = [], []
    for table in range(count("tables", tables)):
        start = -table / (tables * count("n", n))
        for k in range(n + (table > 0)):
            a, b = start + k / n, start + (k + 1) / n
            inside = np.linspace(max(a, 0), min(b, 1), 101)
            edges.append((a, b))
            heights.append(height(f(inside)) / tables)
    return bumps(np.array(edges), np.array(heights), weight)


# --- several inputs, several outputs -----------------------------------------------------------------


def tower(starts: Array, ends: Array, height: float = 10.0, weight: float = STEEP) -> Network:
    """1 where starts[i] < x[i] < ends[i] for all m inputs, else 0: [m, 2m, 1], starts and ends (m,).

    Each input adds `height` inside its interval, and the output's bias (−m + ½)·height lets only all of them pass.
    """
    starts = shaped("starts", starts, ("m",))
    ends = shaped("ends", ends, starts.shape)
    height = positive("height", height)
    m = len(starts)
    w = np.zeros((2 * m, m))
    w[np.arange(2 * m), np.repeat(np.arange(m), 2)] = weight
    out = np.tile([height, -height], m)[None]
    return Network(
        [w, out],
        [-weight * np.stack([starts, ends], axis=1).ravel(), np.array([(-m + 0.5) * height])],
    )


def table_of_towers(f: Function, inputs: int, n: int, height: float = 20.0, weight: float = STEEP) -> Network:
    """A tower for each of nᵐ boxes of [0, 1]ᵐ, with the value of f in its middle: [m, m(n + 1), nᵐ, 1].

    f takes (boxes, m) and is what the weighted sum has to be. Towers share their steps: n + 1 an input.
    """
    height = positive("height", height)
    borders = np.linspace(0, 1, count("n", n) + 1)
    axis = np.repeat(np.arange(count("inputs", inputs)), n + 1)
    first = np.zeros((len(axis), inputs))
    first[np.arange(len(axis)), axis] = weight
    boxes = list(product(range(n), repeat=inputs))
    second = np.zeros((len(boxes), len(axis)))
    for row, box in enumerate(boxes):
        for i, k in enumerate(box):
            second[row, i * (n + 1) + k] = height
            second[row, i * (n + 1) + k + 1] = -height
    middles = (np.array(boxes) + 0.5) / n
    return Network(
        [first, second, f(middles)[None]],
        [-weight * np.tile(borders, inputs), np.full(len(boxes), (-inputs + 0.5) * height), np.zeros(1)],
    )


def side_by_side(networks: Sequence[Network]) -> Network:
    """Networks of the same inputs as one: its outputs are all of theirs, which makes vector-valued functions."""
    depths = {len(network.weights) for network in networks}
    if len(depths) != 1:
        raise ValueError(f"networks: depths {sorted(depths)} came, at least one network and one depth expected")
    weights = [np.vstack([network.weights[0] for network in networks])]
    for layer in range(1, depths.pop()):
        blocks = [network.weights[layer] for network in networks]
        joined = np.zeros((sum(w.shape[0] for w in blocks), sum(w.shape[1] for w in blocks)))
        row = column = 0
        for w in blocks:
            joined[row : row + w.shape[0], column : column + w.shape[1]] = w
            row, column = row + w.shape[0], column + w.shape[1]
        weights.append(joined)
    biases = [np.concatenate([network.biases[layer] for network in networks]) for layer in range(len(weights))]
    return Network(weights, biases, networks[0].hidden, networks[0].output)


# --- one hidden layer for two inputs -----------------------------------------------------------------


def circular_tower(
    center: tuple[float, float], radius: float, directions: int = 32, height: float = 10.0, weight: float = STEEP
) -> Network:
    """1 within `radius` of the center, 0 outside, with a single hidden layer: [2, directions, 1].

    Each neuron is a step across a tangent of the circle, on toward its inside. Inside, all are on; just outside the
    first one is off, and far away half of them are. The output's bias lets only all of them pass.
    """
    first, tangents = steps_toward([center], radius, directions, weight)
    out = np.full((1, directions), positive("height", height))
    return Network([first, out], [tangents, np.array([-(directions - 0.5) * height])])


def one_hidden_layer(f: Function, n: int, directions: int = 16, weight: float = 60.0, samples: int = 40) -> Network:
    """A function of [0, 1]² by n² circular towers in a single hidden layer, [2, n²·directions, 1].

    With output weights of c/directions, a tower is c inside its circle and falls off around it, to c/2 far away. As
    towers overlap, their heights are those of least squares against f on samples² points: f takes (points, 2) and is
    what the weighted sum has to be. The output's bias takes up what the far sides add.
    """
    middles = (np.arange(count("n", n)) + 0.5) / n
    centers = [(float(x), float(y)) for x, y in product(middles, middles)]
    first, tangents = steps_toward(centers, 1 / n, directions, weight)
    grid = np.linspace(0, 1, count("samples", samples, 2))
    points = np.array(list(product(grid, grid)))
    on = Network([first], [tangents]).forward(points)[1][-1]
    rise = on.reshape(len(points), len(centers), directions).mean(axis=2)
    columns = np.hstack([rise, np.ones((len(points), 1))])
    heights = np.linalg.lstsq(columns, f(points), rcond=1e-6)[0]
    out = np.repeat(heights[:-1] / directions, directions)[None]
    return Network([first, out], [tangents, heights[-1:]])


def steps_toward(
    centers: Sequence[tuple[float, float]], radius: float, directions: int, weight: float
) -> tuple[Array, Array]:
    """Weights (n·directions, 2) and biases of steps across the tangents of circles: on where u·(x − c) < r."""
    positive("radius", radius)
    angles = 2 * np.pi * np.arange(count("directions", directions, 3)) / directions
    u = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    first = np.tile(-positive("weight", weight) * u, (len(centers), 1))
    reach = np.array(centers) @ u.T + radius
    return first, (weight * reach).ravel()


# --- other activations -------------------------------------------------------------------------------


def step_limits(s: Function) -> tuple[float, float] | None:
    """The limits of s(z) at −∞ and +∞ where both exist and differ, else None: the condition for making steps of it.

    Tried far out, over three decades: an activation that still moves there, as ReLU and the identity do, has no limit.
    """
    far = np.array([1e4, 1e5, 1e6])
    ends = []
    for side in (-far, far):
        values = np.asarray(s(side), dtype=float)
        if not np.isfinite(values).all() or np.ptp(values) > 1e-3:
            return None
        ends.append(float(values[-1]))
    return (ends[0], ends[1]) if abs(ends[1] - ends[0]) > 1e-3 else None


def relu_interpolation(f: Function, n: int) -> Network:
    """f on [0, 1] by straight lines between n + 1 points, from n ReLUs: [1, n, 1], a linear output.

    ReLU has no limit at +∞, but each one bends the line where it starts. The output weight is the change of slope.
    """
    knots = np.linspace(0, 1, count("n", n) + 1)
    values = f(knots)
    slopes = np.diff(values) * n
    return Network(
        [np.ones((n, 1)), np.diff(slopes, prepend=0)[None]],
        [-knots[:-1], values[:1]],
        hidden="relu",
        output="identity",
    )
