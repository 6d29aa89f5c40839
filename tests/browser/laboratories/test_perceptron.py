"""The perceptron's laboratory, against mlcore's rule."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from mlcore.perceptron import XOR, predict, train
from tests.browser.laboratories.conftest import SETTINGS

FOLD = "The numbers"


def place(lab, point, x1, x2, y):
    """Set a point by its controls."""
    lab.page.get_by_label("Point", exact=True).select_option(str(point))
    lab.set("Across x₁", x1)
    lab.set("Up x₂", x2)
    lab.choose("Its class", str(y))


def agrees_with_mlcore(lab, epochs):
    """w, b and the mistakes are mlcore's on the examples of the page, in the page and in its sentence."""
    page = lab.data(FOLD)
    x, y = np.array(page["x"], dtype=float), np.array(page["y"])
    w, b, mistakes = train(x, y, epochs)
    assert page["w"] == pytest.approx(list(w), abs=1e-12)
    assert page["b"] == b
    assert page["mistakes"] == mistakes
    told = re.search(r"w = \((.*?)\), b = (-?[\d.]+): (\d+) of (\d+)", lab.says)
    assert [float(number) for number in told[1].split(", ")] == pytest.approx(list(w), abs=0.006)
    assert float(told[2]) == b
    assert [int(told[3]), int(told[4])] == [(y * (x @ w + b) <= 0).sum(), len(x)]
    epochs_drawn, drawn = lab.curve("mistakes")
    assert drawn == pytest.approx(mistakes, abs=0.02)
    assert epochs_drawn == pytest.approx(np.arange(1, epochs + 1), abs=0.02)
    return x, y, w, b


def border(lab):
    """The border's pieces, as arrays of points in numbers of the plane."""
    path = lab.page.locator('[data-curve="border"]')
    left, top, width, height = (
        float(n) for n in path.locator("xpath=ancestor::*[local-name()='svg']").get_attribute("data-inside").split()
    )
    for piece in path.get_attribute("d").split("M")[1:]:
        points = np.array([[float(n) for n in pair.split()] for pair in piece.split("L")])
        yield np.column_stack([-0.5 + 2 * (points[:, 0] - left) / width, 1.5 - 2 * (points[:, 1] - top) / height])


def is_zero_on_the_border(lab, w, b):
    """The border drawn is where w·x + b = 0, to the places of a drawing; it is there where the plane's corners differ."""
    drawn = 0
    for points in border(lab):
        features = points if len(w) == 2 else np.column_stack([points, points[:, 0] * points[:, 1]])
        slopes = np.abs(w[:2]).sum() + (0 if len(w) == 2 else 3 * abs(w[2]))
        assert np.abs(features @ w + b).max() <= 2e-4 * slopes
        drawn += len(points)
    corners = np.array([[-0.5, -0.5], [-0.5, 1.5], [1.5, -0.5], [1.5, 1.5]])
    if len(w) == 3:
        corners = np.column_stack([corners, corners[:, 0] * corners[:, 1]])
    signs = predict(w, b, corners)
    assert drawn > 0 or (signs == signs[0]).all()


@pytest.mark.parametrize("features", [2, 3])
def test_weights_and_mistakes_are_mlcores(open_laboratory, rng, features):
    lab = open_laboratory("perceptron")
    lab.turn("Third feature x₁x₂", features == 3)
    for i in range(SETTINGS // 2):
        x1, x2 = rng.integers(-50, 151, size=2) / 100
        place(lab, rng.integers(12), x1, x2, rng.choice([-1, 1]))
        lab.press("Start over")
        epochs = 1 + i % 4
        for _ in range(epochs):
            lab.press("Epoch")
        *_, w, b = agrees_with_mlcore(lab, epochs)
        is_zero_on_the_border(lab, w, b)


def test_a_border_that_separates_ends_the_learning(open_laboratory):
    lab = open_laboratory("perceptron")
    lab.press("Start")
    expect(lab.page.locator(".says")).to_contain_text("Epoch 9 brought no mistake: the border separates the classes.")
    expect(lab.page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    x, y, w, b = agrees_with_mlcore(lab, 9)
    assert (predict(w, b, x) == y).all()


def test_xor_never_ends_until_it_has_a_third_feature(open_laboratory):
    lab = open_laboratory("perceptron")
    lab.choose("Examples", "xor")
    page = lab.data(FOLD)
    assert (np.array(page["x"]) == XOR[0]).all()
    assert (np.array(page["y"]) == XOR[1]).all()
    lab.press("Start")
    expect(lab.page.locator(".says")).to_contain_text("what they were at the start: it goes round")
    expect(lab.page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    agrees_with_mlcore(lab, 1)
    lab.turn("Third feature x₁x₂")
    lab.press("Start")
    expect(lab.page.locator(".says")).to_contain_text("the border separates the classes")
    epochs = len(lab.data(FOLD)["mistakes"])
    *_, w, b = agrees_with_mlcore(lab, epochs)
    is_zero_on_the_border(lab, w, b)


def test_almost_separable_examples_are_never_all_right(open_laboratory):
    lab = open_laboratory("perceptron")
    lab.choose("Examples", "almost")
    for _ in range(30):
        lab.press("Epoch")
    agrees_with_mlcore(lab, 30)
    assert min(lab.data(FOLD)["mistakes"]) >= 2


def test_one_step_looks_at_one_example(open_laboratory):
    lab = open_laboratory("perceptron")
    lab.press("Step")
    assert lab.says.startswith(
        "Epoch 1, example 1, class +1: a mistake, so x is added to w, and 1 to b. Now w = (-0.03, 0.95), b = 1"
    )
    lab.press("Step")
    assert "example 2, class -1: a mistake, so x is taken from w" in lab.says


def test_points_are_moved_added_turned_and_removed(open_laboratory):
    lab = open_laboratory("perceptron")
    lab.press("Epoch")
    lab.drag("Point 1, class +1", right=50, down=-30)
    x1, x2 = lab.data(FOLD)["x"][0]
    assert x1 > 0.05
    assert x2 > 1
    assert "The examples have changed." in lab.says
    assert (lab.value("Across x₁"), lab.value("Up x₂")) == (x1, x2)
    expect(lab.page.get_by_label("Examples", exact=True)).to_have_value("own")
    point = lab.handle("Point 2, class −1")
    point.press("Shift+ArrowUp")
    assert lab.data(FOLD)["x"][1] == [0.83, 0.02]
    point.press("Enter")
    lab.handle("Point 2, class +1").press("Delete")
    assert len(lab.data(FOLD)["y"]) == 11
    lab.press("Add a point")
    assert len(lab.data(FOLD)["y"]) == 12
    expect(lab.handle("Point 12, class +1")).to_be_focused()
    lab.press("Remove it")
    plane = lab.page.locator(".plot.square")
    size = plane.bounding_box()
    plane.dblclick(position={"x": size["width"] - 60, "y": size["height"] - 90})
    page = lab.data(FOLD)
    assert page["x"][-1][0] > 1.2
    assert page["x"][-1][1] < 0
    lab.press("Reset")
    page = lab.data(FOLD)
    assert (len(page["y"]), page["w"], page["mistakes"]) == (12, [0, 0], [])


def test_bad_numbers_change_nothing(open_laboratory):
    lab = open_laboratory("perceptron")
    lab.set("Across x₁", 99)
    assert lab.data(FOLD)["x"][0] == [1.5, 0.95]
    lab.page.get_by_role("spinbutton", name="Across x₁", exact=True).fill("")
    lab.press("Epoch")
    agrees_with_mlcore(lab, 1)


def test_without_motion_only_steps_are_offered(open_laboratory):
    lab = open_laboratory("perceptron")
    expect(lab.page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    lab.page.emulate_media(reduced_motion="reduce")
    lab.page.reload()
    expect(lab.page.locator(".says")).to_contain_text("It starts with w = 0")
    expect(lab.page.get_by_role("button", name="Start", exact=True)).to_be_hidden()


def test_a_screen_reader_is_told_what_is_seen(open_laboratory):
    lab = open_laboratory("perceptron")
    lab.choose("Examples", "xor")
    lab.press("Epoch")
    told = lab.page.locator("[aria-live=polite].for-screen-readers")
    expect(told).to_contain_text("w and b are what they were at the start: it goes round, and the mistakes never end.")
    expect(lab.handle("Point 3, class +1")).to_have_attribute("aria-valuetext", "x₁ 1, x₂ 0")
