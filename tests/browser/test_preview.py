"""A lecture's preview follows the files while they are written."""

import os
import re
import signal
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.conftest import ROOT, until

LECTURE = '+++\ntitle = "Mine"\nsummary = "Short."\n+++\n\nThe slope is $\\sigma\'(z)$.\n'


@pytest.fixture
def preview(tmp_path):
    """The command, at work on a lecture of a school's own; its address and the lecture's file."""
    file = tmp_path / "lectures" / "mine.md"
    file.parent.mkdir()
    file.write_text(LECTURE)
    command = [sys.executable, "manage.py", "preview", "mine", "--port", "0"]
    environment = {**os.environ, "CURRICULUM_PATHS": str(tmp_path), "GRADUS_ENV": "development"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    address = re.search(r"http://127\.0\.0\.1:\d+/", until(process.stdout, "follows")).group()
    yield address, file
    process.terminate()
    assert process.wait(10) == -signal.SIGTERM
    process.stdout.close()


def test_the_page_follows_the_text_the_laboratory_and_what_is_wrong(preview, page):
    address, file = preview
    page.goto(address)
    expect(page.locator("h1")).to_have_text("Mine")
    page.locator("button.formula").click()
    expect(page.locator(".symbols:popover-open")).to_contain_text("sigma, the sigmoid function")

    file.write_text(LECTURE.replace("The slope", "## New\n\n::: laboratory bump\n### Try\n:::\n\nThe slope"))
    expect(page.get_by_role("heading", name="New")).to_be_visible()
    expect(page.locator(".says")).to_contain_text("The weighted sum is 0 up to 0.4")

    file.write_text(LECTURE.replace("sigma'", "sgima'"))
    expect(page.get_by_role("alert")).to_contain_text("mine.md, line 6: the formula")
    file.write_text(LECTURE.replace("Mine", "Mended"))
    expect(page.locator("h1")).to_have_text("Mended")
