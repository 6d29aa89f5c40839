"""A student takes the universality chapter, from its first laboratory to the passed challenge, on the site of `make run`."""

import re

from playwright.sync_api import expect

from mlcore.universality import before_sigmoid, goal, median_heights
from tests.browser.laboratories.conftest import Laboratory
from tests.browser.test_journey import sign_up_and_enroll

COURSE = "/courses/neural-networks-fundamentals/"
DIFFERENT = re.compile(r"The average deviation is (\d\.\d+)")


def laboratory(page, title):  # noqa: F811
    """The laboratory of this title in a lecture, once it is there."""
    place = page.locator(".laboratory", has=page.get_by_role("heading", name=title))
    expect(place.locator(".says")).not_to_be_empty()
    place.scroll_into_view_if_needed()
    return place


def go_on(page, to):  # noqa: F811
    """By the link at the lecture's end."""
    page.locator('a[rel="next"]').click()
    expect(page.get_by_role("heading", level=1)).to_have_text(to)


def deviation(place):
    return float(DIFFERENT.search(place.locator(".says").inner_text())[1])


def drag_to(page, place, bump, height):  # noqa: F811
    """Take a bump's handle by the mouse and let it go at a height of the plot."""
    handle = place.get_by_role("slider", name=f"Height of bump {bump}", exact=True)
    handle.scroll_into_view_if_needed()
    plot = handle.locator("xpath=ancestor::*[local-name()='svg']")
    low, high = map(float, plot.get_attribute("data-y").split())
    _, top, _, inside = map(float, plot.get_attribute("data-inside").split())
    box, knob = plot.bounding_box(), handle.bounding_box()
    scale = box["height"] / float(plot.get_attribute("viewBox").split()[3])
    x = knob["x"] + knob["width"] / 2
    page.mouse.move(x, knob["y"] + knob["height"] / 2)
    page.mouse.down()
    page.mouse.move(x, box["y"] + scale * (top + inside * (high - height) / (high - low)), steps=4)
    page.mouse.up()


def hand_in(page):  # noqa: F811
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.locator("#result")).to_contain_text("✓ 10 of 10 points")


def test_from_the_first_laboratory_to_the_challenge_passed_twice(site, page):
    sign_up_and_enroll(page, site, "reader@example.org")
    page.goto(f"{site}{COURSE}")
    page.get_by_role("link", name="Neurons that step").click()

    # One neuron becomes a step, by its weight and by its place.
    place = laboratory(page, re.compile("one neuron", re.IGNORECASE))
    lab = Laboratory(page)
    lab.set("Weight w", 999)
    lab.set("Bias b", -299.7)
    expect(place.locator(".says")).to_contain_text("0.3")
    expect(page.get_by_role("button", name="I could explain it to somebody")).to_be_visible()
    page.get_by_role("button", name="I could explain it to somebody").click()
    expect(page.get_by_role("heading", name="You have read this")).to_be_visible()

    # Two make a bump.
    go_on(page, "Two steps make a bump")
    place = laboratory(page, "Laboratory: two steps")
    place.get_by_label("Output weights", exact=True).select_option("bump")
    expect(place.locator(".says")).to_contain_text("A bump: the weighted sum is 0 up to 0.4, 0.8 from there to 0.6")
    page.locator("details.question summary").first.click()
    expect(page.locator("details.question").first).to_contain_text("a dent of depth")

    # Five make a function: dragged until they are near enough, and handed in.
    go_on(page, "Universality with one input and one output")
    place = laboratory(page, re.compile("^Laboratory"))
    place.get_by_role("link", name="by dragging").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Five bumps, by dragging")
    place = page.locator(".laboratory")
    expect(place.locator(".says")).to_contain_text("the challenge is 0.40 or below")
    heights = median_heights(before_sigmoid(goal), 5)
    for bump, height in enumerate(heights, 1):
        drag_to(page, place, bump, height)
    assert deviation(place) <= 0.40
    expect(page.locator("#source")).to_have_value(re.compile(r"^def heights\(\):\n    return \[-?\d"))
    hand_in(page)

    # The second time by numbers alone.
    page.goto(f"{site}/exercises/five-bumps-by-numbers/")
    place = page.locator(".laboratory")
    place.get_by_role("button", name="Reset").click()
    before = deviation(place)
    for bump, height in enumerate(heights, 1):
        place.get_by_role("spinbutton", name=re.compile(f"^Bump {bump} ")).fill(f"{height:.2f}")
    assert deviation(place) <= 0.40 < before
    expect(page.locator("#source")).to_have_value(re.compile("^HEIGHTS = .*def parameters", re.DOTALL))
    hand_in(page)

    # The laboratory goes on with what the editor holds.
    page.reload()
    for bump, height in enumerate(heights, 1):
        expect(place.get_by_role("spinbutton", name=re.compile(f"^Bump {bump} "))).to_have_value(
            f"{round(height, 2):g}"
        )
    assert deviation(place) <= 0.40

    # And it is remembered.
    page.goto(f"{site}{COURSE}lectures/universality-with-one-input/")
    expect(page.locator("#progress")).to_contain_text("2 of 3 exercises with full marks")
    page.goto(site)
    expect(page.locator(".progress")).to_contain_text("1 of")
