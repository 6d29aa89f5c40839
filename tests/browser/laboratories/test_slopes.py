"""The laboratory of slopes, against mlcore's derivatives: exact by a complex step, or by its own formula."""

import numpy as np
import pytest
from playwright.sync_api import expect

from mlcore.activations import sigmoid
from mlcore.gradient_checking import complex_step
from tests.browser.laboratories.conftest import DRAWN_TO, SETTINGS

CURVES = {
    "square": lambda x: x * x,
    "sine": np.sin,
    "sigmoid": sigmoid,
    "cubic": lambda x: x**3 / 3 - x,
    "modulus": abs,
}
SMOOTH = ["square", "sine", "sigmoid", "cubic"]
X, H = "Point x", "Distance h"


def slope(curve, x):
    """mlcore's derivative of an analytic curve at one place."""
    return complex_step(lambda parameters: curve(parameters[0]).sum(), [np.array([x])])[0][0]


def drawn_as(lab, name, curve, steepest):
    """A curve is the function's, as exactly as both coordinates of a drawing can be."""
    x, y = lab.curve(name)
    places_of_x = 0.01 * np.ptp(x) / 200
    assert np.abs(y - curve(x)).max() <= DRAWN_TO * lab.unit(name) + places_of_x * steepest, name


def straight(lab, name, x, y, slope):
    drawn_as(lab, name, lambda t: y + slope * (t - x), abs(slope))


def settings(rng):
    """A place, and a distance of any size down to the smallest."""
    return round(rng.uniform(-2, 2), 3), float(f"{10 ** rng.uniform(-6, 0):.3g}")


@pytest.mark.parametrize("name", SMOOTH)
def test_quotient_and_slope_are_mlcores(open_laboratory, rng, name):
    lab = open_laboratory("slopes")
    lab.choose("Curve f", name)
    f = CURVES[name]
    for i in range(SETTINGS // 4):
        x, h = settings(rng)
        lab.set(X, x)
        lab.set(H, h)
        lab.turn("Second point to the left of x", i % 2)
        step = -h if i % 2 else h
        quotient = (f(np.float64(x + step)) - f(np.float64(x))) / step
        exact = slope(f, x)
        told = lab.numbers()
        assert told[:5] == pytest.approx([x, x + step, quotient, x, exact], abs=6e-7)
        difference = told[5] if "rounding" not in lab.says else 0
        assert difference == pytest.approx(abs(quotient - exact), rel=0.06, abs=8e-15 / h)
        drawn_as(lab, "curve", f, 9)
        straight(lab, "secant", x, f(np.float64(x)), quotient)
        straight(lab, "tangent", x, f(np.float64(x)), exact)
        drawn_as(lab, "near curve", lambda t: (f(x + t * h) - f(np.float64(x))) / h, 9)  # noqa: B023
        straight(lab, "near secant", 0, 0, quotient)
        straight(lab, "near tangent", 0, 0, exact)


def test_the_chain_rules_product_is_the_slope_of_the_nested_curves(open_laboratory, rng):
    lab = open_laboratory("slopes")
    lab.turn("Chain rule: f of g(x)")
    for f_name in SMOOTH:
        for g_name in SMOOTH:
            f, g = CURVES[f_name], CURVES[g_name]
            x, h = settings(rng)
            lab.choose("Curve f", f_name)
            lab.choose("Inner curve g", g_name)
            lab.set(X, x)
            lab.set(H, h)
            u = g(np.float64(x))
            inner, outer = slope(g, x), slope(f, u)
            product = slope(lambda t: f(g(t)), x)  # noqa: B023
            assert inner * outer == pytest.approx(product)
            quotient = (f(g(np.float64(x + h))) - f(u)) / h
            expected = [x, inner, u, outer, product, quotient]
            assert lab.numbers()[:6] == pytest.approx(expected, abs=6e-7)
            drawn_as(lab, "g", g, 9)
            drawn_as(lab, "f", f, 20)
            straight(lab, "g tangent", x, u, inner)
            straight(lab, "f tangent", u, f(u), outer)
            straight(lab, "tangent", x, f(u), product)
            (at, value), (at_u, value_of_u) = lab.marks("g point"), lab.marks("f point")
            assert [at[0], value[0], at_u[0], value_of_u[0]] == pytest.approx([x, u, u, f(u)], abs=0.01, rel=0.01)


def test_a_corner_has_no_slope(open_laboratory):
    lab = open_laboratory("slopes")
    lab.choose("Curve f", "modulus")
    lab.set(X, 0)
    for h in (1, 0.1, 1e-6):
        lab.set(H, h)
        assert lab.says == "No slope at 0: to the right the quotient is 1, to the left -1, however small h is."
    expect(lab.page.locator('[data-curve="tangent"]')).to_have_attribute("d", "")
    lab.set(X, -0.5)
    assert lab.says.endswith("the quotient is -1. The slope at -0.5 is -1: no difference but rounding.")
    lab.turn("Chain rule: f of g(x)")
    lab.set(X, 0)
    assert "f has no slope at u = 0: the chain rule says nothing" in lab.says.lower()


def test_points_move_by_mouse_and_by_keys(open_laboratory):
    lab = open_laboratory("slopes")
    lab.drag("Second point x + h", right=-40)
    assert 0.4 < lab.value(H) < 0.7
    before = lab.value(H)
    lab.handle("Second point x + h").press("ArrowLeft")
    assert lab.value(H) == pytest.approx(0.91 * before, rel=1e-3)
    for _ in range(8):
        lab.handle("Second point x + h").press("PageDown")
    assert lab.value(H) == 1e-6
    lab.press("Reset")
    lab.drag("Second point x + h", right=-120)
    expect(lab.page.get_by_label("Second point to the left of x")).to_be_checked()
    lab.press("Reset")
    assert (lab.value(X), lab.value(H)) == (1, 1)
    lab.drag("Point x", right=-90)
    assert abs(lab.value(X)) < 0.3
    lab.handle("Point x").press("Shift+ArrowRight")
    lab.set(X, 77)
    assert lab.numbers()[0] == 2
    lab.page.get_by_role("spinbutton", name=X, exact=True).fill("")
    assert lab.numbers()[0] == 2


def test_a_screen_reader_is_told_what_is_seen(open_laboratory):
    lab = open_laboratory("slopes")
    lab.set(H, 0.5)
    told = lab.page.locator("[aria-live=polite].for-screen-readers")
    expect(told).to_have_text("From 1 to 1.5 the quotient is 2.5. The slope at 1 is 2: a difference of 0.5.")
    expect(lab.handle("Second point x + h")).to_have_attribute("aria-valuetext", "1.5, h = 0.5")
