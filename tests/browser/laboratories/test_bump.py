"""The laboratory in which two steps make a bump, against mlcore."""

from functools import partial

import numpy as np
import pytest
from playwright.sync_api import expect

from mlcore.networks import Network
from mlcore.universality import STEEP, bumps, weighted_sum
from tests.browser.laboratories.conftest import SETTINGS


def two_steps(positions, weights):
    """The network of two step neurons."""
    positions = np.array(positions)
    return Network([np.full((2, 1), STEEP), np.array([weights])], [-STEEP * positions, np.zeros(1)])


def test_the_weighted_sum_is_mlcores_for_any_steps_and_weights(open_laboratory, rng):
    lab = open_laboratory("bump")
    for _ in range(SETTINGS):
        s1, s2 = rng.uniform(size=2)
        w1, w2 = rng.uniform(-2, 2, size=2)
        for label, value in (("First step at s₁", s1), ("Second step at s₂", s2), ("First weight w₁", w1), ("Second weight w₂", w2)):  # fmt: skip
            lab.set(label, value)
        network = two_steps((s1, s2), (w1, w2))
        lab.agrees("sum", partial(weighted_sum, network), steep=(s1, s2))
        between = w1 if s1 < s2 else w2
        told = [0, min(s1, s2), between, max(s1, s2), w1 + w2]
        assert lab.numbers() == pytest.approx(told, abs=0.006)


def test_one_height_makes_mlcores_bump(open_laboratory, rng):
    lab = open_laboratory("bump")
    lab.choose("Output weights", "bump")
    for _ in range(SETTINGS):
        start, end = np.sort(rng.uniform(size=2))
        height = rng.uniform(-2, 2)
        for label, value in (("First step at s₁", start), ("Second step at s₂", end), ("Height h", height)):
            lab.set(label, value)
        network = bumps(np.array([[start, end]]), np.array([height]))
        lab.agrees("sum", partial(weighted_sum, network), steep=(start, end))
        assert lab.says.startswith("A bump")


def test_handles_move_by_mouse_and_by_keys(open_laboratory):
    lab = open_laboratory("bump")
    lab.drag("First step s₁", right=60)
    assert lab.value("First step at s₁") > 0.45
    lab.handle("Second step s₂").press("ArrowLeft")
    assert lab.value("Second step at s₂") == 0.59
    lab.handle("Second step s₂").press("Shift+ArrowRight")
    assert lab.value("Second step at s₂") == 0.69
    lab.choose("Output weights", "bump")
    lab.handle("Height h").press("PageDown")
    assert lab.value("Height h") == 0.7
    lab.press("Reset")
    assert [lab.value(label) for label in ("First step at s₁", "Second step at s₂", "First weight w₁")] == [
        0.4,
        0.6,
        0.6,
    ]


def test_a_screen_reader_is_told_what_is_seen(open_laboratory):
    lab = open_laboratory("bump")
    lab.set("Second weight w₂", -0.6)
    told = lab.page.locator("[aria-live=polite].for-screen-readers")
    expect(told).to_have_text("A bump: the weighted sum is 0 up to 0.4, 0.6 from there to 0.6, and 0 after it.")
    expect(lab.handle("First step s₁")).to_have_attribute("aria-valuetext", "0.4")
