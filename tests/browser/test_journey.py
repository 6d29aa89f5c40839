"""What a student does on the site that `make run` serves, in Chromium."""

from playwright.sync_api import expect

from grader.exercises import load
from tests.browser.conftest import sign_up

BACKPROPAGATION = load("backpropagation")
MISTAKE = BACKPROPAGATION.misconceptions["missing-sigma-prime"].source


def write(page, source):
    """Replace what stands in the editor, as if pasted."""
    page.locator(".ace_text-input").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(source)
    expect(page.locator("#source")).to_have_value(source)


def test_a_student_is_told_the_mistake_and_mends_it(site, page):
    sign_up(page, site, "new@example.org")

    page.get_by_role("link", name="Neural Networks Fundamentals using TensorFlow").first.click()
    page.locator("table a").first.click()
    page.get_by_role("button", name="Enroll").click()
    expect(page.get_by_text("You are enrolled")).to_be_visible()
    # What is to be paid comes first; lectures are open meanwhile.
    page.get_by_role("link", name="Neural Networks Fundamentals using TensorFlow, ").click()
    page.get_by_role("link", name="Go to the lectures and exercises").click()

    page.get_by_role("link", name="Back propagation").click()
    page.get_by_role("link", name="Back-propagation").click()
    write(page, MISTAKE)
    page.get_by_role("button", name="Submit", exact=True).click()
    result = page.locator("#result")
    expect(result).to_contain_text("2 of 10 points")
    expect(result.locator(".finding")).to_contain_text("missing-sigma-prime")
    expect(result.locator(".finding")).to_contain_text("without the factor σ′(z)")
    expect(result.locator(".first-wrong").first).to_have_text(
        "✗ Layer 2 is the first wrong one, going back from the output."
    )
    expect(result.locator("svg rect.wrong").first).to_be_visible()

    mended = MISTAKE.replace(
        "delta = delta @ weights[layer]", "delta = delta @ weights[layer] * sigmoid_prime(zs[layer - 1])"
    )
    assert mended != MISTAKE
    write(page, mended)
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(result).to_contain_text("✓ 10 of 10 points")
    expect(result.locator(".finding")).to_have_count(0)

    page.get_by_role("link", name="My submissions").click()
    expect(page.locator("tbody tr")).to_have_count(2)


def test_running_shows_what_is_printed_and_marks_the_line_of_an_error(site, page):
    sign_up_and_enroll(page, site, "runner@example.org")
    page.goto(f"{site}/exercises/backpropagation/")
    write(page, "print('hello')\n\n1 / 0\n")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#scratch pre")).to_have_text("hello\n")
    expect(page.locator("#scratch .message")).to_contain_text("ZeroDivisionError at line 3")
    expect(page.locator(".ace_gutter-cell.ace_error")).to_have_text("3")

    # The draft outlives the page; Reset brings the starter, and can be undone.
    page.reload()
    expect(page.locator("#source")).to_have_value("print('hello')\n\n1 / 0\n")
    page.get_by_role("link", name="Reset").click()
    expect(page.locator("#source")).to_have_value(BACKPROPAGATION.starter)
    page.keyboard.press("ControlOrMeta+z")
    expect(page.locator("#source")).to_have_value("print('hello')\n\n1 / 0\n")
    # Nobody is caught in the editor: Esc, then Tab leads to Run.
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()


def sign_up_and_enroll(page, site, email):
    sign_up(page, site, email)
    page.goto(f"{site}/courses/neural-networks-fundamentals/")
    page.locator("table a").first.click()
    page.get_by_role("button", name="Enroll").click()


def test_without_scripts_everything_but_run_works(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_up_and_enroll(page, site, "plain@example.org")
    page.goto(f"{site}/exercises/backpropagation/")
    expect(page.get_by_role("button", name="Run")).to_be_hidden()
    page.locator("#source").fill(BACKPROPAGATION.solution)
    page.get_by_role("button", name="Submit", exact=True).click()
    # The page refreshes itself until the report is there.
    expect(page.locator(".score")).to_contain_text("10 of 10 points", timeout=30_000)
    context.close()
