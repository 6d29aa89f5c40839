"""Markdown becomes HTML that is right, and safe under a strict content security policy."""

import re

import pytest

from courses.formulas import FormulaError, mathml
from courses.markdown import flaws, render


def test_inline_formula_becomes_mathml() -> None:
    html = render(r"The derivative $\sigma'(z) \le \frac{1}{4}$ is small.")
    assert "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>4</mn></mrow></mfrac>" in html
    assert 'display="inline"' in html
    assert "$" not in html


def test_formula_on_its_own_lines_is_set_as_a_block() -> None:
    html = render("Before.\n\n$$\nC = \\frac{1}{2m} \\sum_i \\lVert a_i - y_i \\rVert^2\n$$\n\nAfter.")
    assert 'display="block"' in html
    assert "<munder><mo>∑</mo><mi>i</mi></munder>" in html


def test_prime_and_bars_are_drawn_at_their_natural_size() -> None:
    assert '<mi>σ</mi><mo lspace="0em" rspace="0em">′</mo>' in render(r"$\sigma'(z)$")
    assert '<mo stretchy="false">‖</mo><mi>x</mi><mo stretchy="false">‖</mo>' in render(r"$\lVert x \rVert$")
    assert '<mo stretchy="true" fence="true" form="prefix">‖</mo>' in render(r"$\left\lVert x \right\rVert$")


def test_price_in_dollars_is_no_formula() -> None:
    assert "<math" not in render("It costs $5 or $10 in class.")


def test_code_is_highlighted_by_classes_only() -> None:
    html = render("```python\nimport numpy as np  # arrays\n```")
    assert '<pre class="highlight" tabindex="0">' in html
    assert '<span class="kn">import</span>' in html
    assert "style=" not in html


def test_code_in_an_unknown_language_is_shown_plain() -> None:
    assert "a &lt; b" in render("```klingon\na < b\n```")


def test_table_cells_are_aligned_by_class() -> None:
    html = render("| name | score |\n|---|---:|\n| a | 1 |\n")
    assert '<td class="text-end">1</td>' in html
    assert "style=" not in html


def test_heading_can_be_linked_to() -> None:
    assert '<h2 id="about-what-goes-wrong">' in render("## What goes wrong")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x)",
        r"$\href{javascript:alert(1)}{x}$",
        r"$\text{<script>alert(1)</script>}$",
        r"$\style{color:red}{x}$",
        "$x</math><script>alert(1)</script>$",
        '```python"onclick="alert(1)\nx\n```',
        '<math><mtext><table><mglyph><style><img src=x onerror="alert(1)">',
    ],
)
def test_hostile_text_is_shown_and_never_obeyed(hostile: str) -> None:
    tags = re.findall(r"<[^>]*>", render(f"before {hostile} after\n\n{hostile}"))
    assert not [tag for tag in tags if re.search(r"script|\bon\w+\s*=|javascript:|data:|style", tag)]


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        (r"\frac{1", "braces"),
        (r"\sgima(z)", r"unknown command \\sgima"),
        (r"\frac{1}", "lacks a part"),
        (r"a^b^c", "cannot be read"),
        (r"a & b", "cannot be read"),
    ],
)
def test_unreadable_formula_is_refused_with_its_reason(latex: str, reason: str) -> None:
    with pytest.raises(FormulaError, match=reason):
        mathml(latex, display=False)


def test_page_shows_the_source_of_an_unreadable_formula() -> None:
    assert r'<code class="formula-error">\sgima(&lt;z)</code>' in render(r"Here: $\sgima(<z)$.")


def test_flaws_are_placed_on_their_lines() -> None:
    text = "# A\n\nright: $a$\nwrong: $\\nope$\n\n$$\n\\frac{1\n$$\n"
    assert [flaw.line for flaw in flaws(text)] == [4, 6]
    assert flaws("no $\\sigma$ wrong") == []


@pytest.mark.parametrize(
    ("text", "formulas"),
    [("$x$ is 3", 1), ("$2$ times $3$", 2), ("costs $5 and $6", 0), ("from $3,999 to $9,999 in class", 0)],
)
def test_a_digit_beside_a_formula_and_prices_in_dollars_are_told_apart(text, formulas):
    assert render(text).count("<math") == formulas
