"""A laboratory in Chromium, as a test takes hold of it: its controls by their labels, its curves as numbers."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from courses.catalog.models import Course, Lecture, Section, SectionLecture

SETTINGS = 20
# A drawing is written to a hundredth of a unit; half a unit is less than a line is wide.
DRAWN_TO = 0.02


class Laboratory:
    """One laboratory on its own page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def set(self, label: str, value: float) -> None:
        """Type a number."""
        self._number(label).fill(repr(float(value)))

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(option)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def handle(self, label: str) -> Locator:
        return self.page.get_by_role("slider", name=label, exact=True)

    def drag(self, label: str, right: float, down: float = 0) -> None:
        """Take a handle by the mouse and move it by so many pixels."""
        handle = self.handle(label)
        handle.scroll_into_view_if_needed()
        box = handle.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + right / 2, y + down / 2)
        self.page.mouse.move(x + right, y + down)
        self.page.mouse.up()

    def value(self, label: str) -> float:
        return float(self._number(label).input_value())

    def _number(self, label: str) -> Locator:
        return self.page.get_by_role("spinbutton", name=label, exact=True)

    @property
    def says(self) -> str:
        """What is seen, in a sentence, with plain minus signs."""
        return self.page.locator(".says").inner_text().replace("−", "-")

    def numbers(self) -> list[float]:
        """The numbers in the sentence."""
        return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?", self.says)]

    def turn(self, label: str, on: bool = True) -> None:
        """A switch."""
        self.page.get_by_label(label, exact=True).set_checked(on)

    def data(self, summary: str) -> Any:
        """What stands in a fold: the numbers that the page used."""
        fold = self.page.locator("details", has=self.page.get_by_text(summary, exact=True))
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
            expect(fold.locator("pre")).not_to_be_empty()
        return json.loads(fold.locator("pre").text_content())

    def bars(self, name: str) -> tuple[np.ndarray, list[str]]:
        """How high bars are, in numbers of the axis, and the texts on them, with plain minus signs."""
        group = self.page.locator(f'[data-bars="{name}"]')
        plot = group.locator("xpath=ancestor::*[local-name()='svg']")
        tops = group.locator("rect").evaluate_all("bars => bars.map(bar => Number(bar.getAttribute('y')))")
        low, high = _numbers(plot, "data-y")
        _, top, _, height = _numbers(plot, "data-inside")
        texts = [text.replace("−", "-") for text in group.locator("text").all_text_contents()]
        return high - (np.array(tops) - top) / height * (high - low), texts

    def marks(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Where marks are, in numbers of the axes."""
        path = self.page.locator(f'[data-marks="{name}"]')
        places = re.findall(r"M([\d.-]+ [\d.-]+)m", path.get_attribute("d") or "")
        plot = path.locator("xpath=ancestor::*[local-name()='svg']")
        return _points("L".join(places), plot) if places else (np.empty(0), np.empty(0))

    def curve(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """A curve as it is drawn, in numbers of its plot's axes."""
        path = self.page.locator(f'[data-curve="{name}"]')
        return _points(path.get_attribute("d"), path.locator("xpath=ancestor::*[local-name()='svg']"))

    def unit(self, name: str) -> float:
        """How much of the y axis one unit of the drawing is."""
        plot = self.page.locator(f'[data-curve="{name}"]').locator("xpath=ancestor::*[local-name()='svg']")
        low, high = _numbers(plot, "data-y")
        return (high - low) / _numbers(plot, "data-inside")[3]

    def agrees(
        self, name: str, expected: Callable[[np.ndarray], np.ndarray], steep: Sequence[float] = (), reach: float = 0.01
    ) -> None:
        """The curve is that of the function, as exactly as it can be drawn.

        steep : where it is so steep that the rounding of a drawing's x counts; `reach` around these is left out.
        """
        x, drawn = self.curve(name)
        away = np.ones(len(x), dtype=bool)
        for place in steep:
            away &= abs(x - place) > reach
        assert away.sum() > len(x) / 2
        assert np.abs(drawn - expected(x))[away].max() <= DRAWN_TO * self.unit(name), name

    def follows(self, name: str, expected: Callable[[np.ndarray], np.ndarray]) -> None:
        """The curve is that of the function everywhere, steep or not: x may be off by the rounding of a drawing, too."""
        x, drawn = self.curve(name)
        plot = self.page.locator(f'[data-curve="{name}"]').locator("xpath=ancestor::*[local-name()='svg']")
        low, high = _numbers(plot, "data-x")
        off = 0.006 * (high - low) / _numbers(plot, "data-inside")[2]
        here = expected(x)
        steep = np.maximum(np.abs(expected(x + off) - here), np.abs(expected(x - off) - here))
        assert (np.abs(drawn - here) <= DRAWN_TO * self.unit(name) + steep).all(), name


def _numbers(element: Locator, attribute: str) -> list[float]:
    return [float(number) for number in element.get_attribute(attribute).split()]


def _points(path: str, plot: Locator) -> tuple[np.ndarray, np.ndarray]:
    points = np.array([[float(number) for number in pair.split()] for pair in path.removeprefix("M").split("L")])
    (x_low, x_high), (y_low, y_high) = _numbers(plot, "data-x"), _numbers(plot, "data-y")
    left, top, width, height = _numbers(plot, "data-inside")
    x = x_low + (points[:, 0] - left) / width * (x_high - x_low)
    return x, y_high - (points[:, 1] - top) / height * (y_high - y_low)


@pytest.fixture
def open_laboratory(live_server, page: Page) -> Callable[[str], Laboratory]:
    """Open one on its own page."""

    def opened(slug: str) -> Laboratory:
        course = Course.objects.create(slug="course", title="Course")
        lecture = Lecture.objects.create(slug="lecture", title="L", body=f"::: laboratory {slug}\n:::\n", sample=True)
        section = Section.objects.create(course=course, slug="section", title="Section", position=1)
        SectionLecture.objects.create(course=course, section=section, lecture=lecture, position=1)
        page.goto(f"{live_server.url}/laboratories/{slug}/")
        expect(page.locator(".says")).not_to_be_empty()
        return Laboratory(page)

    return opened


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(2)
