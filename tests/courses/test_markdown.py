"""Markdown becomes HTML that is right, and safe under a strict content security policy."""

import re

import pytest

from courses.formulas import FormulaError, mathml
from courses.markdown import fences, flaws, laboratories, links, minutes, pictures, render, symbols_in


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


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Of $n$. Then", "", "."),
        ("As ($n$), if", "(", "),"),
        ("It is $n$’s own", "", "’s"),
        ("**It is $n$**: so", "", ""),
        ("The $n$ neurons", "", ""),
        ("An $n$-th", "", ""),
        ("At $n$.5", "", ""),
    ],
)
def test_no_line_breaks_between_a_formula_and_its_punctuation(text: str, before: str, after: str) -> None:
    html = str(render(text))
    whole = re.search(r'<span class="whole">(.*?)<math.*?</math>(.*?)</span>', html)
    assert (whole.groups() if whole else ("", "")) == (before, after)
    assert re.sub("<[^>]+>", "", html).strip() == text.replace("$", "").replace("*", "")


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
    assert "before &lt;b&gt;bold&lt;/b&gt; after" in render(f"before <b>bold</b> after\n\n{hostile}")


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


def test_a_minus_sign_belongs_to_what_follows_it_and_a_function_stands_apart_from_its_number() -> None:
    assert '<mo>=</mo><mo form="prefix">−</mo><mi>w</mi>' in render("$b = -ws$")
    assert "<mi>a</mi><mo>−</mo><mi>y</mi>" in render("$a - y$")
    assert '<mi>ln</mi><mspace width="0.17em"></mspace><mn>99</mn>' in render(r"$\ln 99$")
    assert "<mspace" not in render(r"$\ln(99)$")
    assert "<msup><mi>sin</mi><mn>2</mn></msup>" in render(r"$\sin^2 x$")


SYMBOLS = {"σ": "sigma, which *squeezes*", "δ": "delta: $\\delta$", "z": "the weighted input"}


def test_a_symbols_first_formula_opens_what_it_means() -> None:
    html = render("Here $\\sigma(z)$, again $\\sigma$, then\n\n$$\n\\delta = 1\n$$\n", SYMBOLS)
    assert html.count("popovertarget=") == 2
    assert re.search(r'<button type="button" class="formula" popovertarget="symbols-1"><math', html)
    assert re.search(r'again <span class="whole"><math display="inline">', html)
    first, second = re.findall(r'<div class="symbols" popover="auto" id="symbols-\d">(.*?)</div>', html)
    assert first.count("<dt>") == 2
    assert "<dd>sigma, which <em>squeezes</em></dd>" in first
    assert "<mi>δ</mi></mrow></math></dd>" in second
    assert "popover" not in render("Here $\\sigma(z)$.")


def test_a_symbol_that_is_not_known_is_a_flaw_once_on_its_first_line() -> None:
    text = "One $\\sigma$\n\nand $\\sigma + \\eta$,\n\n$\\eta$ and $\\ln n'$."
    assert [(flaw.line, flaw.reason) for flaw in flaws(text, {"σ"})] == [
        (3, "nothing says what the symbol “η” means"),
        (5, "nothing says what the symbol “n” means"),
        (5, "nothing says what the symbol “′” means"),
    ]
    assert flaws(text) == []
    assert symbols_in(text) == ["σ", "η", "n", "′"]


def test_a_question_opens_its_answer() -> None:
    html = render("::: question What is $\\sigma(0)$?\nOne *half*.\n:::\n")
    assert re.search(
        r'<details class="question"><summary>What is <span class="whole"><math.*</math>\?</span></summary><div>', html
    )
    assert "<p>One <em>half</em>.</p>\n</div></details>" in html


def test_a_laboratory_holds_what_to_try_and_says_what_it_needs() -> None:
    html = render("::: laboratory bump\n### Try\n:::\n\nAfter.")
    assert '<div class="laboratory" data-laboratory="bump"><p class="needs-script">' in html
    assert html.index("Try</h3>") < html.index("</div>") < html.index("After.")
    assert [(place.line, place.name) for place in laboratories("One.\n\n::: laboratory bump\n:::\n")] == [(3, "bump")]
    hostile = render('::: laboratory x" onclick="alert(1)\n:::\n::: question <script>alert(1)</script>\n:::\n')
    assert 'data-laboratory="x&quot; onclick=&quot;alert(1)"' in hostile
    assert "<script" not in hostile


def test_a_picture_with_a_title_is_a_figure_with_a_caption() -> None:
    html = render('![A curve that falls](cost.svg "The cost over $n$ steps")\n')
    assert '<figure><img src="cost.svg" alt="A curve that falls"><figcaption>The cost over <math' in html
    assert "<figure>" not in render("![A curve](cost.svg)")
    [picture] = pictures("Text.\n\n![A curve](cost.svg)\n")
    assert (picture.line, picture.name, picture.text) == (3, "cost.svg", "A curve")


def test_links_and_fences_are_told_with_their_lines() -> None:
    assert [(link.line, link.name) for link in links("A\n[b](../c/)\n\n- [d](https://e.org)\n")] == [
        (2, "../c/"),
        (4, "https://e.org"),
    ]
    text = "A.\n\n```python example\nx = 1\n```\n\n```text output\n1\n```\n"
    assert [(fence.line, fence.info, fence.content) for fence in fences(text)] == [
        (3, "python example", "x = 1\n"),
        (7, "text output", "1\n"),
    ]


def test_reading_takes_longer_with_more_words_code_and_formulas() -> None:
    assert minutes("Short.") == 1
    assert minutes("word " * 900) == 5
    assert minutes("word " * 900 + "\n\n```python\n" + "x = 1\n" * 24 + "```\n") == 7
    assert minutes("word " * 900 + "$x$ " * 12) == 7


def test_a_table_can_be_scrolled_by_keys() -> None:
    assert '<table tabindex="0">' in render("| a |\n|---|\n| 1 |\n")
