"""The laboratory of a chain of neurons, against mlcore's chain."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from mlcore.activations import sigmoid_prime
from mlcore.unstable_gradients import Chain, exploding_chain
from tests.browser.laboratories.conftest import DRAWN_TO, SETTINGS

FOLD = "The numbers"
INDEX = "₁₂₃₄₅₆"


def set_chain(lab, weights, biases, x, slope):
    lab.set("Neurons n", len(weights))
    lab.set("Input x", x)
    lab.set("Cost's slope ∂C/∂a", slope)
    for index, weight, bias in zip(INDEX, weights, biases, strict=False):
        lab.set(f"Weight w{index}", weight)
        lab.set(f"Bias b{index}", bias)


def plain(texts):
    return [text.replace("−", "-") for text in texts]


def shown(expected, digits=3):
    """A number that is shown with so many digits that count."""
    return pytest.approx(expected, rel=0.51 * 10.0 ** (1 - digits), abs=1e-300)


def agrees_with_mlcore(lab, chain, x, slope):
    """Table, drawing, product, bars and sentence are what mlcore's chain gives."""
    z, a = chain.forward(x)
    slopes, factors, gradients = sigmoid_prime(z), chain.factors(x), chain.gradients(x, slope)
    rows = [plain(row.split("\t")) for row in lab.page.locator(".views tbody tr").all_inner_texts()]
    assert len(rows) == len(z)
    for j, row in enumerate(rows):
        assert [float(cell) for cell in row[:4]] == shown([j + 1, z[j], a[j], slopes[j]])
        assert row[4] == "–" if j == len(factors) else float(row[4]) == shown(factors[j])
        assert float(row[5]) == shown(gradients[j])

    product = plain(lab.page.locator(".product p").all_inner_texts())[1]
    *multiplied, result = (float(number) for number in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", product))
    interleaved = [slopes[0], *np.column_stack([chain.weights[1:], slopes[1:]]).ravel(), slope]
    assert multiplied == shown(interleaved)
    assert result == shown(gradients[0])
    assert result == pytest.approx(np.prod(multiplied), rel=0.05, abs=1e-300)

    heights, texts = lab.bars("gradients")
    with np.errstate(divide="ignore"):
        exponents = np.log10(abs(gradients))
    plot = lab.page.locator('[data-bars="gradients"]').locator("xpath=ancestor::*[local-name()='svg']")
    low, high = (float(end) for end in plot.get_attribute("data-y").split())
    unit = (high - low) / float(plot.get_attribute("data-inside").split()[3])
    assert np.abs(heights - np.clip(exponents, low, high)).max() <= DRAWN_TO * unit
    assert [float(text) for text in texts] == shown(abs(gradients), 2)

    drawing = plain(lab.page.locator(".diagram.wide text").all_text_contents())
    assert float(drawing[0 if drawing[0] else 1]) == pytest.approx(chain.weights[0], abs=0.006)
    for activation in a:
        assert any(text and text != "C" and abs(float(text) - activation) < 0.006 for text in drawing)
    return factors, gradients


def test_all_numbers_are_mlcores_for_any_chain(open_laboratory, rng):
    lab = open_laboratory("neuron-chain")
    for i in range(SETTINGS):
        n = rng.integers(2, 7)
        spread = (1, 8, 40)[i % 3]
        weights, biases = rng.normal(0, spread, n).round(2), rng.normal(0, spread, n).round(2)
        weights = np.clip(weights, -100, 100)
        x, slope = rng.uniform(-2, 2, 2).round(3)
        set_chain(lab, weights, biases, x, slope)
        agrees_with_mlcore(lab, Chain(weights, biases), x, slope)


def test_weights_of_100_make_the_gradient_explode(open_laboratory):
    lab = open_laboratory("neuron-chain")
    lab.set("Input x", 0.3)
    lab.choose("Start from", "exploding")
    factors, gradients = agrees_with_mlcore(lab, exploding_chain(4, 0.3), 0.3, 1)
    assert factors == pytest.approx([25, 25, 25])
    assert gradients[0] == pytest.approx(25**3 / 4)
    assert "the gradient explodes: ∂C/∂b₁ is 15600 times as large as ∂C/∂b₄" in lab.says
    lab.set("Input x", 0.4)
    assert "the gradient vanishes" in lab.says
    expect(lab.page.get_by_label("Start from", exact=True)).to_have_value("own")


def test_weights_of_4_balance_it(open_laboratory):
    lab = open_laboratory("neuron-chain")
    lab.choose("Start from", "balanced")
    lab.set("Neurons n", 6)
    factors, _ = agrees_with_mlcore(lab, exploding_chain(6, 0.5, weight=4.0), 0.5, 1)
    assert factors == pytest.approx([1] * 5)
    assert "keeps its order of size: ∂C/∂b₁ is 1 times" in lab.says


def test_new_weights_come_from_a_normal_distribution(open_laboratory):
    lab = open_laboratory("neuron-chain")
    lab.set("Neurons n", 6)
    drawn = []
    for _ in range(40):
        lab.press("New weights")
        page = lab.data(FOLD)
        drawn += page["weights"] + page["biases"]
    agrees_with_mlcore(lab, Chain(np.array(page["weights"]), np.array(page["biases"])), page["x"], page["slope"])
    assert abs(np.mean(drawn)) < 0.15
    assert 0.9 < np.std(drawn) < 1.1
    lab.press("Reset")
    first = lab.data(FOLD)
    lab.press("New weights")
    assert lab.data(FOLD) != first
    lab.press("Reset")
    assert lab.data(FOLD) == first
    assert len(first["weights"]) == 4


def test_numbers_move_by_sliders_and_keys_and_stay_in_range(open_laboratory):
    lab = open_laboratory("neuron-chain")
    sliders = lab.page.get_by_role("slider", name="Weight, slider", exact=True)
    before = lab.value("Weight w₂")
    sliders.nth(1).press("ArrowRight")
    assert before < lab.value("Weight w₂") < before + 0.1
    lab.page.get_by_role("slider", name="Neurons, slider", exact=True).press("ArrowLeft")
    assert lab.page.locator(".views tbody tr").count() == 3
    lab.set("Weight w₁", 1e9)
    lab.set("Bias b₁", -1e9)
    page = lab.data(FOLD)
    assert (page["weights"][0], page["biases"][0]) == (100, -200)
    lab.page.get_by_role("spinbutton", name="Weight w₁", exact=True).fill("")
    agrees_with_mlcore(lab, Chain(np.array(page["weights"]), np.array(page["biases"])), page["x"], page["slope"])
    lab.set("Cost's slope ∂C/∂a", 0)
    assert lab.says == "∂C/∂b₃ is 0: there is nothing to pass back."


def test_a_screen_reader_is_told_what_is_seen(open_laboratory):
    lab = open_laboratory("neuron-chain")
    lab.choose("Start from", "exploding")
    told = lab.page.locator("[aria-live=polite].for-screen-readers")
    expect(told).to_contain_text("On its way back the gradient explodes")
    expect(lab.page.get_by_role("img", name="A chain of 4 neurons from the input x to the cost C")).to_be_visible()
