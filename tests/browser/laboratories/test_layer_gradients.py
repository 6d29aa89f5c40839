"""The laboratory of gradients, layer by layer, against mlcore on the numbers that the page used."""

import numpy as np
import pytest
from playwright.sync_api import expect

from mlcore.networks import Network
from mlcore.unstable_gradients import layer_norms
from tests.browser.laboratories.conftest import DRAWN_TO, SETTINGS

FOLD = "The numbers"


def arrays(lists):
    return [np.array(rows, dtype=float) for rows in lists]


def norms_of(page):
    """mlcore's ‖∂C/∂b‖ of each hidden layer, from the page's weights, biases and batch."""
    network = Network(arrays(page["weights"]), arrays(page["biases"]), hidden=page["hidden"], cost="cross-entropy")
    return layer_norms(network, np.array(page["x"], dtype=float), np.array(page["y"], dtype=float))


def agrees_with_mlcore(lab):
    """Bars, their numbers and the sentence are mlcore's; returns the page's numbers and the norms."""
    page = lab.data(FOLD)
    norms = np.array(norms_of(page))
    heights, texts = lab.bars("norms")
    with np.errstate(divide="ignore"):
        exponents = np.log10(norms)
    plot = lab.page.locator('[data-bars="norms"]').locator("xpath=ancestor::*[local-name()='svg']")
    low, high = (float(end) for end in plot.get_attribute("data-y").split())
    unit = (high - low) / float(plot.get_attribute("data-inside").split()[3])
    assert np.abs(heights - np.clip(exponents, low, high)).max() <= DRAWN_TO * unit
    assert [float(text) for text in texts] == pytest.approx(list(norms), rel=0.051, abs=1e-300)
    told = lab.numbers()
    assert told[:2] == pytest.approx([1, norms[0]], rel=0.006)
    if len(norms) > 1:
        assert told[2:4] == pytest.approx([len(norms), norms[-1]], rel=0.006)
    if len(norms) > 1 and norms.all():
        assert told[4] == 1
        assert told[5] == pytest.approx(max(norms[0] / norms[-1], norms[-1] / norms[0]), rel=0.051)
        assert ("more slowly" in lab.says) == (norms[0] < norms[-1])
        assert told[6:] == pytest.approx(list((norms[:-1] / norms[1:])[::-1]), rel=0.051)
    return page, norms


def test_norms_are_mlcores_for_any_network(open_laboratory, rng):
    lab = open_laboratory("layer-gradients")
    for _ in range(SETTINGS):
        depth, width = rng.integers(1, 9), rng.integers(2, 14)
        lab.set("Hidden layers", depth)
        lab.set("Neurons a layer n", width)
        lab.choose("Initial weights", rng.choice(["large", "scaled", "glorot", "he"]))
        lab.choose("Activation", rng.choice(["sigmoid", "tanh", "relu"]))
        lab.press("New weights")
        page, _ = agrees_with_mlcore(lab)
        assert [np.shape(w) for w in page["weights"]] == [(width, 10), *[(width, width)] * (depth - 1), (10, width)]


@pytest.mark.parametrize(("initialization", "deviation"), [("large", 1), ("scaled", 20**-0.5), ("glorot", 20**-0.5), ("he", 10**-0.5)])  # fmt: skip
def test_weights_have_the_deviation_of_their_initialization(open_laboratory, initialization, deviation):
    lab = open_laboratory("layer-gradients")
    lab.set("Neurons a layer n", 20)
    lab.choose("Initial weights", initialization)
    page = lab.data(FOLD)
    inner = np.concatenate([w.ravel() for w in arrays(page["weights"])[1:-1]])
    assert inner.std() == pytest.approx(deviation, rel=0.1)
    assert abs(inner.mean()) < 0.1 * deviation
    first = np.array(page["weights"][0])
    expected = {"large": 1, "scaled": 10**-0.5, "glorot": 15**-0.5, "he": 5**-0.5}[initialization]
    assert first.std() == pytest.approx(expected, rel=0.2)


def test_other_draws_stand_as_marks(open_laboratory):
    lab = open_laboratory("layer-gradients")
    lab.turn("Ten other draws, as marks")
    page, norms = agrees_with_mlcore(lab)
    x, y = lab.marks("other draws")
    assert np.shape(page["others"]) == (10, 4)
    assert x == pytest.approx(np.tile([1, 2, 3, 4], 10), abs=0.01)
    assert y == pytest.approx(np.log10(page["others"]).ravel(), abs=0.01)
    others = np.array(page["others"])
    assert (others.min(axis=0) < 3 * norms).all()
    assert (others.max(axis=0) > norms / 3).all()
    assert (others != norms).all()
    lab.turn("Ten other draws, as marks", False)
    assert len(lab.marks("other draws")[0]) == 0


def test_a_dead_layer_is_told(open_laboratory):
    lab = open_laboratory("layer-gradients")
    lab.choose("Activation", "relu")
    lab.set("Neurons a layer n", 2)
    lab.set("Hidden layers", 8)
    for _ in range(40):
        if norms_of(lab.data(FOLD))[0] == 0:
            break
        lab.press("New weights")
    agrees_with_mlcore(lab)
    assert "where it is 0, no neuron of a layer passes anything back" in lab.says


def test_new_weights_and_reset(open_laboratory):
    lab = open_laboratory("layer-gradients")
    first = lab.data(FOLD)
    lab.press("New weights")
    second = lab.data(FOLD)
    assert second["weights"] != first["weights"]
    assert (second["x"], second["y"]) == (first["x"], first["y"])
    assert np.shape(first["x"]) == (10, 10)
    lab.set("Hidden layers", 99)
    assert len(lab.bars("norms")[0]) == 8
    lab.page.get_by_role("spinbutton", name="Hidden layers", exact=True).fill("")
    agrees_with_mlcore(lab)
    lab.press("Reset")
    assert lab.data(FOLD) == first
    lab.page.get_by_role("slider", name="Hidden layers, slider", exact=True).press("ArrowLeft")
    assert len(lab.bars("norms")[0]) == 3


def test_a_screen_reader_is_told_what_is_seen(open_laboratory):
    lab = open_laboratory("layer-gradients")
    lab.set("Hidden layers", 1)
    told = lab.page.locator("[aria-live=polite].for-screen-readers")
    expect(told).to_contain_text("Add a layer to compare.")
    assert lab.says == told.inner_text().replace("−", "-")
