"""The laboratory in which a function is designed of bumps, against mlcore and the exercises that take its file."""

import ast
import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from grader.exercises import load
from grader.grading import grade
from mlcore.activations import sigmoid
from mlcore.universality import (
    STEEP,
    average_deviation,
    before_sigmoid,
    goal,
    lookup_table,
    median_heights,
    weighted_sum,
)
from tests.browser.laboratories.conftest import SETTINGS, Laboratory

GOAL = before_sigmoid(goal)
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
DRAGGING, NUMBERS = "five-bumps-by-dragging", "five-bumps-by-numbers"


def height(k: int) -> str:
    """The label of a bump's height, the first bump being 1."""
    return f"Bump {k} h{str(k).translate(SUBSCRIPTS)}"


def set_heights(lab: Laboratory, heights: np.ndarray) -> None:
    for k, h in enumerate(heights, 1):
        lab.set(height(k), h)


def heights_in(lab: Laboratory, n: int = 5) -> np.ndarray:
    return np.array([lab.value(height(k)) for k in range(1, n + 1)])


def table_of(heights: np.ndarray):
    network = lookup_table(heights)
    return lambda x: weighted_sum(network, x)


def offers_kept(page: Page) -> None:
    """Have the page keep the files that are offered, from the first on."""
    page.add_init_script(
        "window.offers = []; document.addEventListener('laboratory-source', (event) => offers.push(event.detail))"
    )


def within(page: Page, exercise: str) -> None:
    """As on the page of an exercise."""

    def marked(route):
        response = route.fetch()
        place = 'data-laboratory="five-bumps"'
        route.fulfill(response=response, body=response.text().replace(place, f'{place} data-exercise="{exercise}"'))

    page.route("**/laboratories/five-bumps/", marked)


def offered(page: Page) -> str:
    return page.evaluate("offers.at(-1)")


def test_sum_output_and_deviation_are_mlcores_for_any_heights(open_laboratory, rng):
    lab = open_laboratory("five-bumps")
    lab.turn("Show the network's output and f")
    lab.follows("goal", GOAL)
    lab.follows("f", goal)
    for _ in range(SETTINGS):
        heights = rng.uniform(-3, 3, 5)
        set_heights(lab, heights)
        found = table_of(heights)
        lab.follows("sum", found)
        lab.follows("output", lambda x, z=found: sigmoid(z(x)))
        numbers = lab.numbers()
        assert numbers[0] == pytest.approx(average_deviation(found, GOAL), abs=6e-4)
        assert numbers[-1] == pytest.approx(average_deviation(lambda x, z=found: sigmoid(z(x)), goal), abs=6e-4)


@pytest.mark.parametrize("n", [10, 20, 50])
def test_more_bumps_are_mlcores_too(open_laboratory, rng, n):
    lab = open_laboratory("five-bumps")
    set_heights(lab, rng.uniform(-3, 3, 5).round(2))
    lab.choose("Bumps", str(n))
    heights = heights_in(lab, n)
    for k in rng.integers(n, size=8):
        heights[k] = rng.uniform(-3, 3)
        lab.set(height(k + 1), heights[k])
        lab.follows("sum", table_of(heights))
        assert lab.numbers() == pytest.approx([average_deviation(table_of(heights), GOAL), n], abs=6e-4)


def test_more_bumps_begin_with_the_shape_of_fewer(open_laboratory):
    lab = open_laboratory("five-bumps")
    before = heights_in(lab)
    lab.choose("Bumps", "10")
    assert heights_in(lab, 10) == pytest.approx(np.repeat(before, 2))
    lab.choose("Bumps", "5")
    assert heights_in(lab) == pytest.approx(before)


def test_it_says_which_bump_is_furthest_off_and_when_the_challenge_is_met(open_laboratory):
    lab = open_laboratory("five-bumps")
    best = median_heights(GOAL, 5)
    set_heights(lab, best + np.array([0, 0, 0, 1.5, 0]))
    assert "the challenge is 0.40 or below. Bump 4 is furthest off" in lab.says
    expect(lab.page.locator(".says.right")).to_have_count(0)
    set_heights(lab, best)
    assert lab.says == "✓ The average deviation is 0.358, not above 0.40: the challenge is met."
    expect(lab.page.locator(".says.right")).to_have_count(1)


def test_at_the_challenges_edge_the_verdict_is_that_of_the_number(open_laboratory):
    lab = open_laboratory("five-bumps")
    best = median_heights(GOAL, 5)
    set_heights(lab, best)
    for off in np.linspace(0.05, 0.6, 23):
        lab.set(height(1), best[0] + off)
        deviation = average_deviation(table_of(best + np.array([off, 0, 0, 0, 0])), GOAL)
        assert ("the challenge is met" in lab.says) == (deviation <= 0.40)


def test_a_bump_is_dragged_and_moved_by_keys(open_laboratory):
    lab = open_laboratory("five-bumps")
    before = heights_in(lab)
    lab.drag("Height of bump 3", right=0, down=-40)
    after = heights_in(lab)
    assert after[2] > before[2] + 0.5
    assert np.delete(after, 2) == pytest.approx(np.delete(before, 2))
    lab.handle("Height of bump 5").press("ArrowUp")
    lab.handle("Height of bump 5").press("PageUp")
    assert lab.value(height(5)) == pytest.approx(before[4] + 0.55)
    expect(lab.handle("Height of bump 5")).to_have_attribute("aria-valuenow", f"{before[4] + 0.55:.2f}")


@pytest.mark.parametrize("n", [5, 50])
def test_a_pointer_held_down_paints_across_also_where_it_jumps(open_laboratory, n):
    lab = open_laboratory("five-bumps")
    lab.choose("Bumps", str(n))
    plot = lab.page.get_by_role("group", name="The weighted sum and its goal over the input")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    low, high = (float(y) for y in plot.get_attribute("data-y").split())
    left, top, width, height_ = (float(number) for number in plot.get_attribute("data-inside").split())
    scale = box["width"] / (left + width + 12)

    def place(x, y):
        return box["x"] + scale * (left + x * width), box["y"] + scale * (top + (high - y) / (high - low) * height_)

    mouse = lab.page.mouse
    mouse.move(*place(0.5 / n, -2))
    mouse.down()
    mouse.move(*place(1 - 0.5 / n, 2))
    mouse.up()
    assert heights_in(lab, n) == pytest.approx(np.linspace(-2, 2, n), abs=0.06)
    mouse.move(*place(0.5, 0))
    assert heights_in(lab, n)[n // 2] == pytest.approx(np.linspace(-2, 2, n)[n // 2], abs=0.06)


def test_by_numbers_the_graph_cannot_be_dragged(open_laboratory):
    lab = open_laboratory("five-bumps")
    place = lab.handle("Height of bump 3").bounding_box()
    lab.choose("How", "numbers")
    before = heights_in(lab)
    expect(lab.page.get_by_role("slider", name="Height of bump 3")).to_be_hidden()
    lab.page.mouse.move(place["x"] + 20, place["y"] + 20)
    lab.page.mouse.down()
    lab.page.mouse.move(place["x"] + 20, place["y"] + 80)
    lab.page.mouse.up()
    assert heights_in(lab) == pytest.approx(before)
    lab.handle("Bump 1, slider").press("ArrowRight")
    assert lab.value(height(1)) == pytest.approx(before[0] + 0.01)


def test_reset_draws_other_heights_and_keeps_the_way(open_laboratory):
    lab = open_laboratory("five-bumps")
    lab.choose("How", "numbers")
    drawn = [heights_in(lab)]
    for _ in range(5):
        lab.press("Reset")
        drawn.append(heights_in(lab))
    assert len({tuple(heights) for heights in drawn}) == 6
    assert np.abs(drawn).max() <= 2
    assert all(average_deviation(table_of(heights), GOAL) > 0.5 for heights in drawn)
    expect(lab.page.get_by_label("How", exact=True)).to_have_value("numbers")


def test_all_weights_and_biases_are_mlcores(open_laboratory, rng):
    lab = open_laboratory("five-bumps")
    heights = rng.uniform(-3, 3, 5).round(2)
    set_heights(lab, heights)
    lab.page.get_by_text("All weights and biases").click()
    cells = lab.page.locator("details[open] tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => Number(cell.textContent.replace('−', '-'))))"
    )
    network = lookup_table(heights)
    w1, b1, w2 = network.weights[0][:, 0], network.biases[0], network.weights[1][0]
    assert np.array(cells) == pytest.approx(np.stack([np.arange(1, 11), -b1 / STEEP, w1, b1, w2], axis=1))


# --- handing it in -----------------------------------------------------------------------------------


def test_what_is_dragged_is_offered_and_earns_full_marks_at_the_medians(open_laboratory, page):
    offers_kept(page)
    lab = open_laboratory("five-bumps")
    listed = ", ".join(repr(float(h)) for h in heights_in(lab))
    assert page.evaluate("offers") == [f"def heights():\n    return [{listed}]\n"]
    set_heights(lab, median_heights(GOAL, 5))
    report = grade(load(DRAGGING), offered(page), seed=1)
    assert (report.score, report.findings) == (report.max_score, ())


def test_the_numbers_are_offered_and_earn_full_marks_at_the_medians(open_laboratory, page):
    offers_kept(page)
    lab = open_laboratory("five-bumps")
    lab.choose("How", "numbers")
    set_heights(lab, median_heights(GOAL, 5))
    source = offered(page)
    first = ast.parse(source).body[0]
    assert ast.literal_eval(first.value) == pytest.approx(heights_in(lab), abs=1e-4)
    report = grade(load(NUMBERS), source, seed=1)
    assert (report.score, report.findings) == (report.max_score, ())
    assert grade(load(DRAGGING), source, seed=1).score == 0


def test_heights_of_any_size_and_sign_make_a_file_that_python_reads(open_laboratory, page):
    offers_kept(page)
    lab = open_laboratory("five-bumps")
    heights = np.array([0.0, -3.0, 1e-9, 2.0, -0.0])
    set_heights(lab, heights)
    space = {}
    exec(offered(page), space)
    assert space["heights"]() == pytest.approx(heights)


def test_only_five_bumps_are_offered_and_only_when_they_change(open_laboratory, page):
    offers_kept(page)
    lab = open_laboratory("five-bumps")
    lab.turn("Show the network's output and f")
    lab.choose("Bumps", "10")
    lab.set(height(7), 1.5)
    assert page.evaluate("offers.length") == 1
    lab.choose("Bumps", "5")
    assert page.evaluate("offers.length") == 2


@pytest.mark.parametrize(("exercise", "begins"), [(DRAGGING, "def heights"), (NUMBERS, "HEIGHTS = [")])
def test_on_an_exercises_page_its_way_is_the_only_one(open_laboratory, page, exercise, begins):
    offers_kept(page)
    within(page, exercise)
    lab = open_laboratory("five-bumps")
    expect(page.get_by_label("How", exact=True)).to_be_hidden()
    expect(page.get_by_text("Hand it in:")).to_have_count(0)
    assert page.get_by_role("slider", name=re.compile("Height of bump")).count() == (5 if exercise == DRAGGING else 0)
    assert offered(page).startswith(begins)
    lab.press("Reset")
    assert offered(page).startswith(begins)


def test_without_an_exercise_around_it_leads_to_both(open_laboratory):
    lab = open_laboratory("five-bumps")
    for words, slug in (("by dragging", DRAGGING), ("by numbers", NUMBERS)):
        expect(lab.page.get_by_role("link", name=words)).to_have_attribute("href", f"/exercises/{slug}/")


def test_a_screen_reader_is_told_what_is_seen(open_laboratory):
    lab = open_laboratory("five-bumps")
    set_heights(lab, np.zeros(5))
    told = lab.page.locator("[aria-live=polite].for-screen-readers")
    expect(told).to_have_text(
        "The average deviation is 1.058; the challenge is 0.40 or below. Bump 2 is furthest off, by 1.53 on average."
    )
    expect(lab.handle("Height of bump 1")).to_have_attribute("aria-valuetext", "0")
