"""The laboratory of one neuron, against mlcore."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from mlcore.networks import Network
from mlcore.universality import step_position, weighted_sum
from tests.browser.laboratories.conftest import SETTINGS

W, B = "Weight w", "Bias b"


def output_of(weight, bias):
    """The neuron's output, by a network of it alone."""
    network = Network([np.array([[weight]]), np.ones((1, 1))], [np.array([bias]), np.zeros(1)])
    return lambda x: weighted_sum(network, x)


@pytest.mark.parametrize(("inputs", "low", "high"), [("narrow", 0, 1), ("wide", -5, 5)])
def test_the_curve_and_what_is_said_of_it_are_mlcores_for_any_weight_and_bias(open_laboratory, rng, inputs, low, high):
    lab = open_laboratory("one-neuron")
    lab.choose("Inputs", inputs)
    for weight in [*rng.uniform(-20, 20, SETTINGS // 2), *10 ** rng.uniform(1, 3, SETTINGS // 2), 1000.0]:
        bias = -weight * rng.uniform(low, high)
        lab.set(W, weight)
        lab.set(B, bias)
        place = step_position(weight, bias)
        lab.follows("output", output_of(weight, bias))
        x, _ = lab.curve("output")
        assert (x.min(), x.max()) == pytest.approx((low, high), abs=1e-3)
        assert lab.numbers()[0] == pytest.approx(place, abs=6e-4)
        width = float(re.search(r"here ([\d.]+\d)", lab.says)[1])
        rise = output_of(weight, bias)(np.array([place - width / 2, place + width / 2]))
        assert sorted(rise) == pytest.approx([0.01, 0.99], abs=1e-3)
        assert ("rises from 1 % to 99 %" in lab.says) == (weight > 0)
        assert ("to the eye, a step" in lab.says) == (abs(weight) > 460)


def test_weight_zero_leaves_the_bias_alone(open_laboratory):
    lab = open_laboratory("one-neuron")
    lab.set(W, 0)
    lab.set(B, 2)
    lab.follows("output", output_of(0.0, 2.0))
    assert "σ(b) = 0.881 everywhere" in lab.says
    expect(lab.page.get_by_role("slider", name="Place of ½, moved by the bias")).to_be_hidden()


def test_sliders_and_the_handle_move_by_mouse_and_by_keys(open_laboratory):
    lab = open_laboratory("one-neuron")
    place = "Place of ½, moved by the bias"
    lab.drag(place, right=60)
    assert lab.value(W) == 12
    assert 0.55 < -lab.value(B) / 12 < 0.75
    lab.press("Reset")
    lab.handle(place).press("Shift+ArrowLeft")
    assert lab.value(B) == pytest.approx(-4.8)
    slider = lab.handle("Weight, slider")
    slider.press("ArrowRight")
    assert 12 < lab.value(W) < 13
    slider.press("End")
    assert lab.value(W) == 1000
    slider.press("Home")
    assert lab.value(W) == -20
    expect(slider).to_have_attribute("aria-valuetext", "−20")
    lab.press("Reset")
    assert (lab.value(W), lab.value(B)) == (12, -6)


def test_the_slider_reaches_small_weights_as_finely_as_large_ones(open_laboratory):
    lab = open_laboratory("one-neuron")
    slider = lab.page.get_by_label("Weight, slider")
    for weight in (0, 2, 999):
        slider.fill(str(np.arcsinh(weight).round(2)))
        assert lab.value(W) == pytest.approx(weight, rel=0.01, abs=0.01)


def test_bad_input_keeps_the_last_number(open_laboratory):
    lab = open_laboratory("one-neuron")
    field = lab.page.get_by_role("spinbutton", name=W, exact=True)
    field.fill("")
    lab.follows("output", output_of(12.0, -6.0))
    field.fill("1e300")
    field.blur()
    assert lab.value(W) == 1000


def test_a_screen_reader_is_told_what_is_seen(open_laboratory):
    lab = open_laboratory("one-neuron")
    lab.set(W, 999)
    lab.set(B, -299.7)
    told = lab.page.locator("[aria-live=polite].for-screen-readers")
    expect(told).to_have_text(
        "The output is ½ at x = −b/w = 0.3. Around there it rises from 1 % to 99 % over a width of about 9.2/w, "
        "here 0.0092: to the eye, a step."
    )
    expect(lab.handle("Place of ½, moved by the bias")).to_have_attribute("aria-valuetext", "0.3")
