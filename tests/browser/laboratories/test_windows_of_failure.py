"""The laboratory of windows of failure, against mlcore."""

import numpy as np
import pytest
from playwright.sync_api import expect

from mlcore.universality import before_sigmoid, goal, overlapping_tables, step_neuron, weighted_sum
from tests.browser.laboratories.conftest import SETTINGS, Laboratory

GOAL = before_sigmoid(goal)
MEASURED = np.linspace(0.05, 0.95, 1001)
W = "Weight w"
RULES = {"median": np.median, "middle": lambda inside: inside[len(inside) // 2]}


def set_tables(lab: Laboratory, n: int, tables: int, weight: float, rule: str) -> None:
    lab.choose("Bumps in a table", str(n))
    lab.choose("Overlapping tables", str(tables))
    lab.choose("Height of a bump", rule)
    lab.set(W, weight)


def means_in(lab: Laboratory) -> np.ndarray:
    return np.array(
        lab.page.locator(".means tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.querySelectorAll('td')].map(cell => Number(cell.textContent)))"
        )
    )


def means_of(n: int, tables: int, weight: float, rule: str) -> list[float]:
    """Mean errors in the first table's windows, and overall."""
    sums = weighted_sum(overlapping_tables(GOAL, n, tables, weight, RULES[rule]), MEASURED)
    errors = np.abs(sums - GOAL(MEASURED))
    # A step neuron that is less than one percent from its ends does not fail.
    nearest = np.round(MEASURED * n) / n
    _, bias = step_neuron(0.0, weight)
    inside = np.abs(weight * (MEASURED - nearest) + bias) < np.log(0.99 / 0.01)
    return [errors[inside].mean(), errors.mean()]


def windows(lab: Laboratory, kind: str, plot: int = 0) -> np.ndarray:
    """The shaded stretches of a plot, from and to."""
    return np.array(
        lab.page.locator(f"svg.plot .stretch.{kind}")
        .nth(plot)
        .evaluate(
            """path => {
              const plot = path.ownerSVGElement;
              const [low, high] = plot.dataset.x.split(" ").map(Number);
              const [left, , width] = plot.dataset.inside.split(" ").map(Number);
              const place = (text) => low + ((Number(text) - left) / width) * (high - low);
              return [...(path.getAttribute("d") ?? "").matchAll(/M(\\S+) \\S+H(\\S+)v/g)].map((m) => [place(m[1]), place(m[2])]);
            }"""
        )
    )


def test_sum_and_error_are_mlcores_for_any_tables_and_weights(open_laboratory, rng):
    lab = open_laboratory("windows-of-failure")
    for _ in range(SETTINGS):
        n, tables, rule = int(rng.choice([5, 10, 20])), int(rng.choice([1, 2, 4, 8])), str(rng.choice([*RULES]))
        weight = float(10 ** rng.uniform(np.log10(20), 3))
        set_tables(lab, n, tables, weight, rule)
        lab.choose("Look at", str(rng.choice(["all", "part"])))
        network = overlapping_tables(GOAL, n, tables, weight, RULES[rule])
        lab.follows("goal", GOAL)
        lab.follows("sum", lambda x, net=network: weighted_sum(net, x))
        lab.follows("error", lambda x, net=network: np.abs(weighted_sum(net, x) - GOAL(x)))
        shown = means_in(lab)
        row = [1, 2, 4, 8].index(tables)
        assert shown[row] == pytest.approx(means_of(n, tables, weight, rule), abs=6e-4)
        assert shown[0] == pytest.approx(means_of(n, 1, weight, rule), abs=6e-4)
        assert shown[row, 0] in lab.numbers()


def test_what_is_shown_at_first_is_what_the_chapter_finds(open_laboratory):
    lab = open_laboratory("windows-of-failure")
    assert means_in(lab)[:, 1] == pytest.approx([0.105, 0.053, 0.048, 0.048], abs=0.002)
    set_tables(lab, 20, 2, 1000, "middle")
    inside = means_in(lab)[:, 0]
    assert inside[0] / inside[1] == pytest.approx(2, abs=0.25)


def test_windows_are_shaded_where_steps_are_neither_up_nor_down(open_laboratory):
    lab = open_laboratory("windows-of-failure")
    for n, tables, weight in ((5, 1, 100), (5, 2, 300), (10, 4, 900), (20, 1, 300)):
        set_tables(lab, n, tables, weight, "median")
        half = np.log(99) / weight
        for plot in (0, 1):
            first, others = windows(lab, "first", plot), windows(lab, "others", plot)
            assert first.mean(axis=1) == pytest.approx(np.arange(n + 1) / n, abs=1e-3)
            assert np.diff(first)[:, 0] == pytest.approx(np.full(n + 1, 2 * half), abs=1e-3)
            due = {round(k / n - t / (n * tables), 6) for t in range(1, tables) for k in range(n + 2)}
            assert len(others) == len(due)
            if due:
                assert others.mean(axis=1) == pytest.approx(sorted(due), abs=1e-3)


def test_it_says_how_many_tables_fail_at_once(open_laboratory):
    lab = open_laboratory("windows-of-failure")
    for n, tables, weight in ((20, 2, 1000), (20, 2, 300), (20, 4, 300), (5, 8, 150), (10, 8, 1000), (20, 8, 20)):
        set_tables(lab, n, tables, weight, "median")
        x = np.linspace(0.3, 0.7, 40001)
        half = np.log(99) / weight
        nearest = [np.abs((x + t / (tables * n)) * n - np.round((x + t / (tables * n)) * n)) / n for t in range(tables)]
        most = (np.array(nearest) < half).sum(axis=0).max()
        words = f"Of {tables} tables at most one fails" if most == 1 else f"Of {tables} tables up to {most} fail"
        assert words in lab.says


def test_the_width_of_a_window_is_dragged_and_moved_by_keys(open_laboratory):
    lab = open_laboratory("windows-of-failure")
    handle = "Half the width of a window of failure"
    lab.drag(handle, right=30)
    assert 20 < lab.value(W) < 200
    lab.press("Reset")
    assert lab.value(W) == 300
    lab.handle(handle).press("ArrowRight")
    assert lab.value(W) == round(np.log(99) / (np.log(99) / 300 + 0.001))
    lab.handle(handle).press("PageDown")
    lab.handle(handle).press("Shift+ArrowLeft")
    assert lab.value(W) == 1000


def test_the_row_of_the_tables_that_are_drawn_is_marked(open_laboratory):
    lab = open_laboratory("windows-of-failure")
    lab.choose("Overlapping tables", "4")
    expect(lab.page.locator("tr[aria-current]")).to_have_count(1)
    expect(lab.page.locator("tr[aria-current] th")).to_have_text("▸ 4")


def test_a_screen_reader_is_told_what_is_seen(open_laboratory):
    lab = open_laboratory("windows-of-failure")
    lab.choose("Overlapping tables", "2")
    lab.set(W, 1000)
    told = lab.page.locator("[aria-live=polite].for-screen-readers")
    expect(told).to_have_text(
        "A window of failure is about 9.2/w wide, here 0.00919, and a bump 0.05. Of 2 tables at most one fails at any "
        "x: in the first table's windows the mean error is 0.085, with one table it was 0.188."
    )
    expect(lab.handle("Half the width of a window of failure")).to_have_attribute("aria-valuetext", "0.0046")
