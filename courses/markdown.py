"""Markdown to safe HTML: formulas in $…$ become MathML, code is highlighted by CSS classes.

Nothing that comes out holds a script, an inline style or an event handler, so that it passes a
strict content security policy. The classes of highlighted code are Pygments' short ones, inside
`pre.highlight`; a formula that cannot be read stays in the text as `code.formula-error`.
"""

import functools
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from html import escape
from typing import Any

import nh3
import pygments
from django.utils.safestring import SafeString
from django.utils.text import slugify
from latex2mathml import converter as latex2mathml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments.formatters import HtmlFormatter
from pygments.lexers import TextLexer, get_lexer_by_name
from pygments.util import ClassNotFound

# fmt: off
MATHML_TAGS = {
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mstyle", "mpadded", "mphantom", "menclose",
    "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable",
    "mtr", "mtd",
}
MATHML_ATTRIBUTES = {
    "accent", "columnalign", "columnlines", "columnspacing", "display", "displaystyle", "fence", "form",
    "height", "linethickness", "lspace", "mathcolor", "mathsize", "mathvariant", "maxsize", "minsize",
    "movablelimits", "notation", "rowlines", "rowspacing", "rspace", "scriptlevel", "separator",
    "stretchy", "voffset", "width",
}
# fmt: on
# How many parts these elements have; with another number a browser draws a broken formula.
MATHML_PARTS = {
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}
# What browsers draw badly of the converter's markup, and what they draw well.
MATHML_TOUCH_UPS = [
    # Bars stretch, each to another height. Those after \left and \right are marked, and still do.
    (re.compile(r"<mo>(&#x02016;|&#x0007C;)</mo>"), r'<mo stretchy="false">\1</mo>'),
    # A prime is raised by its own shape; as a superscript it is raised and shrunk twice, and easily missed.
    (
        re.compile(r"<msup>(<mi>[^<]*</mi>)<mi>(&#x02032;)</mi></msup>"),
        r'<mrow>\1<mo lspace="0em" rspace="0em">\2</mo></mrow>',
    ),
]
HTML_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "pre": {"class", "tabindex"},
    "code": {"class"},
    "span": {"class"},
    "div": {"class"},
    "td": {"class"},
    "th": {"class"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
HTML_TAGS = set(HTML_ATTRIBUTES) | {"p", "br", "hr", "em", "strong", "s", "ul", "li", "blockquote"}
HTML_TAGS |= {"table", "thead", "tbody", "tr"}
ALIGNMENT_CLASSES = {
    "text-align:left": "text-start",
    "text-align:center": "text-center",
    "text-align:right": "text-end",
}


class FormulaError(ValueError):
    """A formula that is no LaTeX mathematics that we can show; the message says why."""


@dataclass(frozen=True)
class Flaw:
    """What is wrong in a text, and where: `line` counts from 1."""

    line: int
    reason: str


def render(text: str) -> SafeString:
    """The text as HTML that is safe to put into a page. Raw HTML in it is shown, not obeyed."""
    return SafeString(_clean(_parser().render(text)))


def flaws(text: str) -> list[Flaw]:
    """The formulas in the text that `render` cannot show."""
    found = []
    for token, line in _tokens_with_lines(_parser().parse(text)):
        if token.type.startswith("math_"):
            try:
                mathml(token.content, display=token.block)
            except FormulaError as error:
                found.append(Flaw(line, str(error)))
    return found


def mathml(latex: str, *, display: bool) -> str:
    """A formula as a MathML element; `display` sets it on a line of its own. Raises FormulaError."""
    shown = f"the formula ${latex.strip()}$"
    if _brace_depth(latex) != 0:
        raise FormulaError(f"{shown} has braces without a partner")
    try:
        markup = latex2mathml.convert(latex, display="block" if display else "inline")
        root = ElementTree.fromstring(markup)  # noqa: S314 - our own converter's output, no document type
    except Exception as error:  # the converter raises whatever its parser met: IndexError, KeyError, its own
        raise FormulaError(f"{shown} cannot be read ({type(error).__name__})") from error
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if element.text and "\\" in element.text:
            raise FormulaError(f"{shown} has an unknown command {element.text}")
        if len(element) != MATHML_PARTS.get(name, len(element)):
            raise FormulaError(f"{shown} lacks a part")
    for pattern, replacement in MATHML_TOUCH_UPS:
        markup = pattern.sub(replacement, markup)
    return markup


def _brace_depth(latex: str) -> int:
    braces = re.findall(r"[{}]", re.sub(r"\\.", "", latex))
    return braces.count("{") - braces.count("}")


def _formula(latex: str, options: dict[str, Any]) -> str:
    try:
        return mathml(latex, display=options["display_mode"])
    except FormulaError:
        return f'<code class="formula-error">{escape(latex)}</code>'


def _highlight(code: str, language: str, _attributes: str) -> str:
    try:
        lexer = get_lexer_by_name(language) if language else TextLexer()
    except ClassNotFound:
        lexer = TextLexer()
    markup = pygments.highlight(code, lexer, HtmlFormatter(nowrap=True))
    # A wide listing scrolls sideways; the tab stop lets a keyboard do that.
    return f'<pre class="highlight" tabindex="0"><code>{markup}</code></pre>\n'


def _align_by_class(parser: MarkdownIt) -> None:
    """Cells of a table are aligned by classes: an inline style would be refused."""

    def align(state: Any) -> None:
        for token in state.tokens:
            if token.type in ("td_open", "th_open") and "style" in token.attrs:
                token.attrs["class"] = ALIGNMENT_CLASSES[token.attrs.pop("style")]

    parser.core.ruler.push("align_by_class", align)


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "highlight": _highlight})
    parser.enable(["table", "strikethrough"])
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=True, allow_labels=False, renderer=_formula)
    # The prefix keeps a heading's anchor apart from the ids of the page around it.
    parser.use(anchors_plugin, max_level=4, slug_func=lambda title: f"about-{slugify(title)}")
    parser.use(_align_by_class)
    return parser


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=HTML_TAGS | MATHML_TAGS,
        attributes=HTML_ATTRIBUTES | dict.fromkeys(MATHML_TAGS, MATHML_ATTRIBUTES),
        url_schemes={"http", "https", "mailto"},
    )


def _tokens_with_lines(tokens: list[Token]) -> list[tuple[Token, int]]:
    """Block tokens and the inline ones inside them, each with the line (from 1) on which it stands."""
    placed = []
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        placed.append((token, line))
        for child in token.children or []:
            placed.append((child, line))
            line += child.type in ("softbreak", "hardbreak")
    return placed
