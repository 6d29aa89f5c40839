"""The laboratory of other activations, against mlcore."""

import numpy as np
import pytest
from playwright.sync_api import expect

from mlcore.activations import ACTIVATIONS
from mlcore.networks import Network
from mlcore.universality import STEEP, step_limits, weighted_sum
from tests.browser.laboratories.conftest import SETTINGS

W, B = "Weight w", "Bias b"
SHOWN = {
    "sigmoid": ACTIVATIONS["sigmoid"].function,
    "tanh": ACTIVATIONS["tanh"].function,
    "arctan": np.arctan,
    "wavy": lambda z: 0.5 + np.tanh(z) + 0.5 * np.sin(4 * z) * np.exp(-(z**2) / 9),
    "hill": lambda z: np.exp(-(z**2)),
    "relu": ACTIVATIONS["relu"].function,
    "leaky": lambda z: np.where(z > 0, z, 0.1 * z),
    "softplus": lambda z: np.logaddexp(0, z),
    "identity": ACTIVATIONS["identity"].function,
}


@pytest.mark.parametrize("name", SHOWN)
def test_the_curve_and_the_verdict_are_mlcores(open_laboratory, rng, name):
    lab = open_laboratory("other-activations")
    lab.choose("Activation s(z)", name)
    s = SHOWN[name]
    for weight in 10 ** rng.uniform(0, 3, 5):
        bias = -weight * rng.uniform(-4.5, 4.5)
        lab.set(W, weight)
        lab.set(B, bias)
        lab.follows("output", lambda x, w=weight, b=bias: s(w * x + b))
        limits = step_limits(s)
        assert lab.says.startswith("It makes steps" if limits else "It makes no steps")
        if limits:
            assert lab.numbers() == pytest.approx([*limits, -bias / weight], abs=6e-3)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "identity"])
def test_the_neuron_is_that_of_mlcores_networks(open_laboratory, rng, name):
    lab = open_laboratory("other-activations")
    lab.choose("Activation s(z)", name)
    for weight, bias in zip(rng.uniform(1, 3, SETTINGS // 4), rng.uniform(-3, 3, SETTINGS // 4), strict=True):
        lab.set(W, weight)
        lab.set(B, bias)
        network = Network([np.array([[weight]]), np.ones((1, 1))], [np.array([bias]), np.zeros(1)], hidden=name)
        lab.follows("output", lambda x, n=network: weighted_sum(n, x))


def test_with_a_large_weight_the_output_is_at_the_limits_beside_the_step(open_laboratory):
    lab = open_laboratory("other-activations")
    lab.set(W, STEEP)
    for name, s in SHOWN.items():
        if limits := step_limits(s):
            lab.choose("Activation s(z)", name)
            x, a = lab.curve("output")
            beside = abs(x) > 0.1
            assert np.abs(a - np.where(x > 0, limits[1], limits[0]))[beside].max() < 0.02


def test_what_makes_no_steps_says_why(open_laboratory):
    lab = open_laboratory("other-activations")
    for name, why in (
        ("hill", "two different limits"),
        ("relu", "no limit far right"),
        ("softplus", "no limit far right"),
        ("leaky", "no limit on either side"),
        ("identity", "no limit on either side"),
    ):
        lab.choose("Activation s(z)", name)
        assert lab.says.startswith("It makes no steps")
        assert why in lab.says


def test_the_place_moves_by_mouse_and_by_keys(open_laboratory):
    lab = open_laboratory("other-activations")
    place = "Place of wx + b = 0, moved by the bias"
    lab.set(W, 10)
    lab.drag(place, right=80)
    assert -25 < lab.value(B) < -5
    lab.press("Reset")
    assert (lab.value(W), lab.value(B)) == (1, 0)
    lab.handle(place).press("PageUp")
    assert lab.value(B) == -1
    lab.set(B, 30)
    expect(lab.page.get_by_role("slider", name=place)).to_be_hidden()


def test_a_screen_reader_is_told_what_is_seen(open_laboratory):
    lab = open_laboratory("other-activations")
    lab.choose("Activation s(z)", "arctan")
    lab.set(W, 100)
    told = lab.page.locator("[aria-live=polite].for-screen-readers")
    expect(told).to_have_text(
        "It makes steps: s(z) goes to −1.57 far left and to 1.57 far right, two different limits. "
        "The step is at x = −b/w = 0."
    )
    expect(lab.page.get_by_text("s(z) = arctan z")).to_be_visible()
