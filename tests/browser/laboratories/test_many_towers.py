"""The laboratory of many towers, against mlcore."""

import numpy as np
import pytest
from playwright.sync_api import expect

from mlcore.universality import table_of_towers, weighted_sum
from tests.browser.laboratories.conftest import SETTINGS

GOALS = {
    "hill": lambda p: np.exp(-10 * ((p[:, 0] - 0.6) ** 2 + (p[:, 1] - 0.4) ** 2)),
    "saddle": lambda p: 0.5 + 2 * (p[:, 0] - 0.5) * (p[:, 1] - 0.5),
    "waves": lambda p: 0.5 + 0.3 * np.sin(6 * p[:, 0] + 2 * p[:, 1]) * np.cos(5 * p[:, 1]),
}
GRID = np.array([[x, y] for x in np.linspace(0, 1, 41) for y in np.linspace(0, 1, 41)])


def test_the_sum_of_towers_and_its_deviation_are_mlcores(open_laboratory, rng):
    lab = open_laboratory("many-towers")
    for number in range(SETTINGS):
        goal = list(GOALS)[number % 3]
        n, height = int(rng.integers(1, 10)), rng.uniform(1, 40)
        lab.choose("Goal", goal)
        lab.set("Towers along a side n", n)
        lab.set("Height before the threshold h", height)
        net = table_of_towers(GOALS[goal], 2, n, height)
        data = lab.data("The numbers")
        at = np.array([[x, y] for y in data["at"] for x in data["at"]])
        assert np.array(data["values"]).ravel() == pytest.approx(weighted_sum(net, at), abs=1e-6)
        deviation = np.abs(weighted_sum(net, GRID) - GOALS[goal](GRID)).mean()
        towers, steps, told = lab.numbers()[:3]
        assert (towers, steps) == (n * n, 2 * (n + 1))
        assert told == pytest.approx(deviation, rel=6e-3)


def test_more_towers_come_nearer_and_a_low_threshold_is_told(open_laboratory):
    lab = open_laboratory("many-towers")
    lab.set("Towers along a side n", 2)
    coarse = lab.numbers()[2]
    lab.set("Towers along a side n", 12)
    assert lab.numbers()[2] < coarse / 3
    lab.set("Height before the threshold h", 3)
    expect(lab.page.locator("[aria-live=polite].for-screen-readers")).to_contain_text("the threshold leaks")
    lab.press("Reset")
    assert lab.value("Towers along a side n") == 4
