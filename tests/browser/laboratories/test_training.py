"""The laboratory of training, against mlcore: the same start and the same mini-batches, read from the page."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from mlcore.networks import Network
from mlcore.optimizers import Momentum
from mlcore.regularization import L2
from mlcore.training import step
from tests.browser.laboratories.conftest import SETTINGS

FOLD = "The numbers"
CELLS, LEVELS = 40, 8


def network_of(page, state):
    weights, biases = ([np.array(layer, dtype=float) for layer in page[state][part]] for part in ("weights", "biases"))
    return Network(weights, biases, hidden=page["start"]["hidden"], cost="cross-entropy")


def examples_of(page, part):
    return np.array(page[part]["x"]), np.array(page[part]["y"], dtype=float)


def trained(page, *, rate, momentum, strength):
    """mlcore's network after the page's mini-batches."""
    network = network_of(page, "start")
    optimizer = Momentum(rate, momentum)
    state = optimizer.start([*network.weights, *network.biases])
    x, y = examples_of(page, "training")
    for rows in page["batches"]:
        network, state = step(network, x[rows], y[rows], optimizer, state, L2(strength), len(x))
    return network


def agrees_with_mlcore(lab, **hyper):
    """Weights, costs, shares of right answers, and the curve's end are mlcore's."""
    page = lab.data(FOLD)
    network = trained(page, **hyper)
    now = network_of(page, "now")
    for ours, theirs in zip([*network.weights, *network.biases], [*now.weights, *now.biases], strict=True):
        np.testing.assert_allclose(theirs, ours, rtol=1e-7, atol=1e-9)
    told = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", lab.says)]
    sets = [examples_of(page, part) for part in ("training", "validation")]
    costs = [network.loss(*examples) for examples in sets]
    right = [100 * ((network.forward(x)[1][-1] > 0.5) == (y == 1)).mean() for x, y in sets]
    assert told[1] == page["steps"] == len(page["batches"])
    assert told[2:4] == pytest.approx(costs, rel=0.0051)
    assert told[4:] == pytest.approx(right, abs=0.51)
    for name, cost in zip(("training cost", "validation cost"), costs, strict=True):
        epochs, drawn = lab.curve(name)
        assert drawn[-1] == pytest.approx(cost, abs=0.02)
        assert epochs[-1] == pytest.approx(told[0], abs=0.06)
    return page, network


def levels(lab):
    """The levels of the output in the cells of the picture, the lowest row first; −1 where none is drawn."""
    plot = lab.page.locator(".pair .plot.square")
    left, top, width, height = (float(n) for n in plot.get_attribute("data-inside").split())
    found = np.full((CELLS, CELLS), -1)
    for level in range(LEVELS):
        for run in plot.locator(f'[data-level="{level}"]').get_attribute("d").split("M")[1:]:
            x, y, right, above = (float(n) for n in re.match(r"(\S+) (\S+)H(\S+)V(\S+)H", run).groups())
            start, end = (round((place - left) / width * CELLS) for place in (x, right))
            row = round((top + height - y) / height * CELLS)
            assert round((top + height - above) / height * CELLS) == row + 1
            found[row, start:end] = level
    return found


def test_training_goes_mlcores_way(open_laboratory, rng):
    lab = open_laboratory("training")
    hyper = {"rate": 0.3, "momentum": 0.0, "strength": 0.0}
    choices = {
        "Examples": ["moons", "circles", "xor", "spiral"],
        "Activation": ["sigmoid", "tanh", "relu"],
        "Initial weights": ["large", "scaled", "glorot", "he"],
    }
    numbers = {"Mini-batch": (1, 101), "Hidden layers": (1, 3), "Neurons a layer n": (2, 9)}
    for i in range(SETTINGS):
        name, label, draw = (
            ("rate", "Learning rate η", lambda: float(f"{10 ** rng.uniform(-2, 0.3):.3g}")),
            ("momentum", "Momentum μ", lambda: round(rng.uniform(0, 0.95), 2)),
            ("strength", "L2 regularization λ", lambda: round(rng.uniform(0, 5), 1)),
        )[i % 3]
        hyper[name] = draw()
        lab.set(label, hyper[name])
        label = list(choices)[rng.integers(3)]
        lab.choose(label, rng.choice(choices[label]))
        label = list(numbers)[rng.integers(3)]
        lab.set(label, rng.integers(*numbers[label]))
        lab.press("New weights")
        lab.press("Step")
        lab.press("Epoch")
        agrees_with_mlcore(lab, **hyper)


def test_each_epoch_takes_every_example_once(open_laboratory):
    lab = open_laboratory("training")
    lab.set("Mini-batch", 30)
    lab.press("Epoch")
    lab.press("Epoch")
    batches = lab.data(FOLD)["batches"]
    assert [len(rows) for rows in batches] == [30, 30, 30, 10] * 2
    first, second = (np.concatenate(batches[start : start + 4]) for start in (0, 4))
    assert sorted(first) == sorted(second) == list(range(100))
    assert (first != second).any()


@pytest.mark.parametrize("examples", ["moons", "spiral"])
def test_the_regions_are_mlcores_answers(open_laboratory, examples):
    lab = open_laboratory("training")
    lab.choose("Examples", examples)
    for _ in range(10):
        lab.press("Epoch")
    page, network = agrees_with_mlcore(lab, rate=0.3, momentum=0.0, strength=0.0)
    middles = -1.5 + 3 * (np.arange(CELLS) + 0.5) / CELLS
    x1, x2 = np.meshgrid(middles, middles)
    output = network.forward(np.column_stack([x1.ravel(), x2.ravel()]))[1][-1].reshape(CELLS, CELLS)
    found = levels(lab)
    clear = abs(output * LEVELS - np.round(output * LEVELS)) > 1e-6
    assert (found == np.floor(output * LEVELS))[clear].all()
    for part in ("training", "validation"):
        x, y = examples_of(page, part)
        for label in (0, 1):
            places = np.column_stack(lab.marks(f"{part} {label}"))
            inside = np.abs(x[y[:, 0] == label] - places) < 0.01
            assert inside.all()


def test_it_runs_pauses_and_starts_over(open_laboratory):
    lab = open_laboratory("training")
    says = lab.page.locator(".says")
    start = lab.says
    lab.press("Start")
    expect(says).to_contain_text(re.compile(r"After \d\d+ epochs"))
    lab.press("Pause")
    expect(lab.page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    page = lab.data(FOLD)
    assert page["steps"] % 10 == 0
    lab.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert lab.data(FOLD)["steps"] == page["steps"]
    lab.press("Start over")
    assert lab.says == start
    assert lab.data(FOLD)["start"] == page["start"]
    lab.press("New weights")
    assert lab.data(FOLD)["start"] != page["start"]
    lab.press("Reset")
    assert lab.data(FOLD)["start"] == page["start"]
    assert lab.says == start


def test_another_network_begins_anew_and_another_rate_does_not(open_laboratory):
    lab = open_laboratory("training")
    lab.press("Epoch")
    lab.set("Learning rate η", 1)
    assert lab.data(FOLD)["steps"] == 10
    lab.set("Neurons a layer n", 3)
    page = lab.data(FOLD)
    assert page["steps"] == 0
    assert [np.shape(w) for w in page["start"]["weights"]] == [(3, 2), (1, 3)]


def test_wild_rates_are_survived(open_laboratory):
    lab = open_laboratory("training")
    lab.choose("Activation", "relu")
    lab.choose("Initial weights", "large")
    lab.set("Hidden layers", 2)
    lab.set("Learning rate η", 10)
    lab.set("Momentum μ", 0.99)
    lab.set("Mini-batch", 100)
    for _ in range(6):
        lab.press("New weights")
        lab.press("Epoch")
        lab.press("Epoch")
        assert lab.says.startswith("After 2 epochs, 2 steps: the cost is ")
        assert (levels(lab) >= 0).all()


def test_bad_numbers_change_nothing(open_laboratory):
    lab = open_laboratory("training")
    lab.set("Mini-batch", 1e6)
    lab.page.get_by_role("spinbutton", name="Learning rate η", exact=True).fill("")
    lab.press("Epoch")
    page, _ = agrees_with_mlcore(lab, rate=0.3, momentum=0.0, strength=0.0)
    assert [len(rows) for rows in page["batches"]] == [100]


def test_without_motion_only_steps_are_offered(open_laboratory):
    lab = open_laboratory("training")
    lab.page.emulate_media(reduced_motion="reduce")
    lab.page.reload()
    expect(lab.page.locator(".says")).to_contain_text("After 0 epochs")
    expect(lab.page.get_by_role("button", name="Start", exact=True)).to_be_hidden()
    lab.press("Step")
    assert lab.says.startswith("After 0.1 epochs, 1 step:")


def test_a_screen_reader_is_told_what_is_seen(open_laboratory):
    lab = open_laboratory("training")
    lab.press("Epoch")
    told = lab.page.locator("[aria-live=polite].for-screen-readers")
    expect(told).to_contain_text("After 1 epoch, 10 steps: the cost is")
    expect(lab.page.get_by_role("group", name="The cost over the epochs")).to_be_visible()
