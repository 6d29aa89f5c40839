"""Formulas: LaTeX to MathML that browsers draw well, and which symbols stand in them."""

import functools
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

from latex2mathml import converter as latex2mathml

# How many parts these elements have; with another number a browser draws a broken formula.
MATHML_PARTS = {
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}
FUNCTIONS = "ln|log|exp|sin|cos|tan|tanh|max|min"
# Where one more element would be one too many.
NOT_A_FIRST_PART = "(?<!<msup>)(?<!<msub>)(?<!<msubsup>)(?<!<mfrac>)(?<!<munder>)(?<!<mover>)"
# What browsers draw badly of the converter's markup, and what they draw well.
MATHML_TOUCH_UPS = [
    # Bars stretch, each to another height. Those after \left and \right are marked, and still do.
    (re.compile(r"<mo>(&#x02016;|&#x0007C;)</mo>"), r'<mo stretchy="false">\1</mo>'),
    # A minus sign after a sign of relation or a bracket belongs to what follows it.
    (
        re.compile(
            r"(<mo[^>]*>(?:&#x0003D;|&#x0003C;|&#x0003E;|&#x02264;|&#x02265;|&#x02248;|&#x02208;|&#x0002C;|&#x00028;|&#x0005B;"
            r"|&#x022C5;|&#x000D7;|&#x000B7;|&#x02192;)</mo>)<mo>&#x02212;</mo>"
        ),
        r'\1<mo form="prefix">&#x02212;</mo>',
    ),
    # The name of a function stands a little apart from what is before and after it, where no bracket does that.
    (
        re.compile(rf"{NOT_A_FIRST_PART}(<mi>(?:{FUNCTIONS})</mi>)(?!</|<mo[^>]*>&#x00028;|<mo[^>]*>&#x02061;)"),
        r'\1<mspace width="0.17em"/>',
    ),
    (
        re.compile(rf"{NOT_A_FIRST_PART}(<m[in]>[^<]+</m[in]>|</msup>|</msub>)(?=<mi>(?:{FUNCTIONS})</mi>)"),
        r'\1<mspace width="0.17em"/>',
    ),
    # A prime is raised by its own shape; as a superscript it is raised and shrunk twice, and easily missed.
    (
        re.compile(r"<msup>(<mi>[^<]*</mi>)<mi>(&#x02032;)</mi></msup>"),
        r'<mrow>\1<mo lspace="0em" rspace="0em">\2</mo></mrow>',
    ),
]
PRIME = "′"
# Operators that school does not teach, or not to everyone; letters count as symbols anyway.
OPERATORS = set("∂∇∑∏∫⊙∘⊤‖∈≡≪≫∞√" + PRIME)
# Names that are words, written out in formulas.
WORDS = {"ln", "log", "exp", "sin", "cos", "tan", "tanh", "max", "min", "lim", "mod"}


class FormulaError(ValueError):
    """A formula that is no LaTeX mathematics that we can show; the message says why."""


# A lecture has a hundred formulas, and is read more often than it changes.
@functools.lru_cache(maxsize=8192)
def mathml(latex: str, *, display: bool) -> str:
    """A formula as a MathML element; `display` sets it on a line of its own. Raises FormulaError."""
    markup, _ = _converted(latex, display)
    for pattern, replacement in MATHML_TOUCH_UPS:
        markup = pattern.sub(replacement, markup)
    return markup


def symbols(latex: str) -> list[str]:
    """The letters and operators of a formula that a reader may want explained, each once. Raises FormulaError."""
    _, root = _converted(latex, display=False)
    return list(dict.fromkeys(_symbols(root)))


def _symbols(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        name, text = element.tag.rpartition("}")[2], (element.text or "").strip()
        letter = name == "mi" and text.isalpha() and text not in WORDS and "mathvariant" not in element.attrib
        if letter or text in OPERATORS:
            yield text
        elif name == "msqrt":
            yield "√"


def _converted(latex: str, display: bool) -> tuple[str, ElementTree.Element]:
    """The converter's markup, and the same parsed. Raises FormulaError."""
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
    return markup, root


def _brace_depth(latex: str) -> int:
    braces = re.findall(r"[{}]", re.sub(r"\\.", "", latex))
    return braces.count("{") - braces.count("}")
