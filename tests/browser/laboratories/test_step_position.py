"""The laboratory of a step's position, against mlcore."""

import numpy as np
import pytest
from playwright.sync_api import expect

from mlcore.universality import STEEP, step_neuron, step_position
from tests.browser.laboratories.conftest import SETTINGS
from tests.browser.laboratories.test_one_neuron import output_of

S, W, B = "Step at s", "Weight w", "Bias b"


def test_the_bias_of_a_step_is_mlcores(open_laboratory, rng):
    lab = open_laboratory("step-position")
    for position in rng.uniform(size=SETTINGS).round(3):
        lab.set(S, position)
        weight, bias = step_neuron(position)
        lab.follows("output", output_of(weight, bias))
        assert lab.numbers() == pytest.approx([position, STEEP, bias], abs=0.06)


def test_the_position_of_a_weight_and_a_bias_is_mlcores(open_laboratory, rng):
    lab = open_laboratory("step-position")
    lab.choose("You say", "parameters")
    for size, position in zip(10 ** rng.uniform(1, 3, SETTINGS), rng.uniform(-0.5, 1.5, SETTINGS), strict=True):
        weight = size * rng.choice([-1, 1])
        bias = -weight * position
        lab.set(W, weight)
        lab.set(B, bias)
        lab.follows("output", output_of(weight, bias))
        assert lab.numbers()[0] == pytest.approx(step_position(weight, bias), abs=6e-4)
        assert ("down, as the weight is negative" in lab.says) == (weight < 0)
        assert ("outside of 0 to 1" in lab.says) == (not 0 <= position <= 1)
        if "all along" in lab.says:
            assert lab.numbers()[-1] == pytest.approx(output_of(weight, bias)(np.array([0.5]))[0], abs=1e-9)


def test_weight_zero_makes_no_step(open_laboratory):
    lab = open_laboratory("step-position")
    lab.choose("You say", "parameters")
    lab.set(W, 0)
    lab.set(B, 1)
    lab.follows("output", output_of(0.0, 1.0))
    assert lab.says == "With the weight 0 there is no step: the output is σ(b) = 0.731 everywhere."


def test_whoever_changes_the_way_goes_on_from_the_same_step(open_laboratory):
    lab = open_laboratory("step-position")
    lab.set(S, 0.7)
    lab.choose("You say", "parameters")
    assert (lab.value(W), lab.value(B)) == (1000, -700)
    lab.set(W, 500)
    lab.set(B, -100)
    lab.choose("You say", "position")
    assert lab.value(S) == 0.2
    assert lab.numbers() == [0.2, 1000, -200]


def test_the_step_moves_by_mouse_and_by_keys(open_laboratory):
    lab = open_laboratory("step-position")
    lab.drag("Step s", right=-60)
    assert 0.2 < lab.value(S) < 0.35
    lab.press("Reset")
    lab.handle("Step s").press("ArrowRight")
    assert lab.value(S) == 0.41
    lab.press("Reset")
    assert lab.value(S) == 0.4


def test_a_screen_reader_is_told_what_is_seen(open_laboratory):
    lab = open_laboratory("step-position")
    lab.set(S, 0.3)
    told = lab.page.locator("[aria-live=polite].for-screen-readers")
    expect(told).to_have_text(
        "The neuron steps at s = 0.3. With the weight w = 1000 that takes the bias b = −ws = −300."
    )
    expect(lab.handle("Step s")).to_have_attribute("aria-valuetext", "0.3")
