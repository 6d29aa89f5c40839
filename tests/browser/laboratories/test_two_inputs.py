"""The laboratory of two inputs, against mlcore."""

import numpy as np
import pytest
from playwright.sync_api import expect

from mlcore.activations import sigmoid
from mlcore.universality import tower
from tests.browser.laboratories.conftest import SETTINGS

PLACES = ("First step in x s₁", "Second step in x s₂", "First step in y s₃", "Second step in y s₄")


def points(at):
    """The page's probes as rows of inputs, the rows of its table one after another."""
    return np.array([[x, y] for y in at for x in at])


def shown(lab):
    data = lab.data("The numbers")
    return points(data["at"]), np.array(data["values"]).ravel()


def away(rng):
    """Two places in order, as far apart as a bump needs, neither of them at a probe, where a step is neither 0 nor 1."""
    while True:
        places = np.sort(rng.uniform(size=2))
        if np.ptp(places) > 0.1 and np.abs(places[:, None] - np.array([0.1, 0.3, 0.5, 0.7, 0.9])).min() > 0.02:
            return places


def test_a_neuron_of_two_inputs_is_mlcores(open_laboratory, rng):
    lab = open_laboratory("two-inputs")
    for _ in range(SETTINGS):
        w = rng.normal(size=2) * 10 ** rng.uniform(0, 2.5)
        b = rng.normal() * 10
        for label, value in zip(("Weight of x w₁", "Weight of y w₂", "Bias b"), (*w, b), strict=True):
            lab.set(label, value)
        at, values = shown(lab)
        assert values == pytest.approx(sigmoid(at @ w + b), abs=1e-9)
        assert lab.numbers()[0] == pytest.approx(float(sigmoid(b)), abs=6e-4)


def test_bumps_added_and_the_tower_are_mlcores(open_laboratory, rng):
    lab = open_laboratory("two-inputs")
    for number in range(SETTINGS):
        s1, s2 = away(rng)
        s3, s4 = away(rng)
        height = rng.uniform(1, 30)
        net = tower(np.array([s1, s3]), np.array([s2, s4]), height)
        lab.choose("Show", "tower" if number % 2 else "sum")
        for label, value in zip(PLACES, (s1, s2, s3, s4), strict=True):
            lab.set(label, value)
        lab.set("Height h", height)
        at, values = shown(lab)
        zs, activations = net.forward(at)
        if number % 2:
            lab.set("Bias b", -1.5 * height)
            at, values = shown(lab)
            assert values == pytest.approx(activations[-1].ravel(), abs=1e-9)
            told = [float(sigmoid(0.5 * height)), float(sigmoid(-0.5 * height)), float(sigmoid(-1.5 * height))]
            assert lab.numbers()[:3] == pytest.approx(told, abs=6e-5)
        else:
            assert values == pytest.approx(zs[-1].ravel() + 1.5 * height, abs=1e-9)
            assert lab.numbers()[:3] == pytest.approx([2 * height, height, 0], abs=6e-3)


def test_steps_and_single_bumps_ignore_the_other_input(open_laboratory):
    lab = open_laboratory("two-inputs")
    for mode, expected in (
        ("x", lambda x, y: x > 0.4), ("y", lambda x, y: y > 0.4),
        ("bumpX", lambda x, y: 2 * ((x > 0.4) & (x < 0.6))), ("bumpY", lambda x, y: 2 * ((y > 0.4) & (y < 0.6))),
    ):  # fmt: skip
        lab.choose("Show", mode)
        names = [name for name in PLACES if lab.page.get_by_role("spinbutton", name=name, exact=True).is_visible()]
        for name, value in zip(names, (0.4, 0.6), strict=False):
            lab.set(name, value)
        if mode.startswith("bump"):
            lab.set("Height h", 2)
        at, values = shown(lab)
        assert values == pytest.approx(expected(at[:, 0], at[:, 1]).astype(float), abs=1e-6)


def test_the_surface_turns_by_mouse_and_keys_and_is_drawn_from_the_back(open_laboratory):
    lab = open_laboratory("two-inputs")
    surface = lab.page.locator("svg.surface")
    expect(surface).to_have_attribute("aria-valuetext", "turned by 30 degrees")
    before = surface.locator("polygon").nth(5).get_attribute("points")
    surface.press("ArrowRight")
    expect(surface).to_have_attribute("aria-valuetext", "turned by 35 degrees")
    assert surface.locator("polygon").nth(5).get_attribute("points") != before
    box = surface.bounding_box()
    lab.page.mouse.move(box["x"] + 200, box["y"] + 100)
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] + 260, box["y"] + 100)
    lab.page.mouse.up()
    expect(surface).to_have_attribute("aria-valuetext", "turned by 15 degrees")
    # One patch for each cell, and the floor.
    expect(surface.locator("polygon")).to_have_count(32 * 32 + 1)


def test_a_tower_is_called_one(open_laboratory):
    lab = open_laboratory("two-inputs")
    lab.choose("Show", "tower")
    lab.set("Height h", 10)
    lab.set("Bias b", -15)
    expect(lab.page.locator("[aria-live=polite].for-screen-readers")).to_contain_text(
        "A tower: the output is 0.9933 where the bumps cross, 0.0067 where there is one of them"
    )
    lab.press("Reset")
    expect(lab.page.get_by_label("Show", exact=True)).to_have_value("neuron")
    assert lab.value("Weight of x w₁") == 8
