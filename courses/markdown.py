"""Markdown to safe HTML: formulas in $…$ become MathML, code is highlighted by CSS classes.

Beyond CommonMark: tables, `::: question What …?` with an answer that opens, `::: laboratory SLUG` with what to try in
it, and a picture with a title, which becomes a figure with that caption.

Nothing that comes out holds a script, an inline style or an event handler, so that it passes a
strict content security policy. The classes of highlighted code are Pygments' short ones, inside
`pre.highlight`; a formula that cannot be read stays in the text as `code.formula-error`.
"""

import functools
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import nh3
import pygments
from django.utils.safestring import SafeString
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments.formatters import HtmlFormatter
from pygments.lexers import TextLexer, get_lexer_by_name
from pygments.util import ClassNotFound

from courses import formulas
from courses.formulas import FormulaError

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
HTML_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "table": {"tabindex"},
    "pre": {"class", "tabindex"},
    "code": {"class"},
    "span": {"class"},
    "div": {"class", "data-laboratory", "id", "popover", "tabindex"},
    "button": {"type", "class", "popovertarget"},
    "details": {"class"},
    "p": {"class"},
    "td": {"class"},
    "th": {"class"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
HTML_TAGS = set(HTML_ATTRIBUTES) | {"br", "hr", "em", "strong", "s", "ul", "li", "blockquote"}
HTML_TAGS |= {"thead", "tbody", "tr", "summary", "figure", "figcaption", "dl", "dt", "dd"}
OPENING = re.compile(r"[(\[“‘]+$")
CLOSING = re.compile(r"[.,;:!?)\]”’'…]+s?(?!\w)")
TAP = '<span class="for-screen-readers"> (what this means)</span>'
TAB_STOP = ' tabindex="0"'
ALIGNMENT_CLASSES = {
    "text-align:left": "text-start",
    "text-align:center": "text-center",
    "text-align:right": "text-end",
}


@dataclass(frozen=True)
class Flaw:
    """What is wrong in a text, and where: `line` counts from 1."""

    line: int
    reason: str


@dataclass(frozen=True)
class Place:
    """Something that a text names, on its line: what a link or a picture leads to, or a laboratory.

    text : what stands there for it.
    """

    line: int
    name: str
    text: str = ""


@dataclass(frozen=True)
class Fence:
    """A block of code: the line of its opening, what stands there, and what is inside."""

    line: int
    info: str
    content: str


def render(text: str, symbols: Mapping[str, str] | None = None) -> SafeString:
    """The text as HTML that is safe to put into a page. Raw HTML in it is shown, not obeyed.

    symbols : what the symbols of its formulas mean, in Markdown. Where one stands for the first time, its formula
    is a button that opens the meaning.
    """
    env: dict[str, Any] = {"symbols": dict(symbols or {})}
    body = _parser().render(text, env)
    return SafeString(_clean(body + _notes(env.get("notes", []))))


def render_inline(text: str) -> SafeString:
    """A line of text as safe HTML, without a paragraph around it."""
    return SafeString(_clean(_parser().renderInline(text)))


def flaws(text: str, known: Container[str] | None = None) -> list[Flaw]:
    """The formulas in the text that `render` cannot show, and symbols in them that are not among the known ones."""
    found = []
    explained = set()
    for token, line in _tokens_with_lines(_parser().parse(text)):
        if token.type.startswith("math_"):
            try:
                formulas.mathml(token.content, display=token.block)
            except FormulaError as error:
                found.append(Flaw(line, str(error)))
                continue
            for symbol in formulas.symbols(token.content):
                if known is not None and symbol not in known and symbol not in explained:
                    explained.add(symbol)
                    found.append(Flaw(line, f"nothing says what the symbol “{symbol}” means"))
    return found


def symbols_in(text: str) -> list[str]:
    """The symbols of all formulas in the text, in their order, each once; formulas that cannot be read have none."""
    tokens = (token for token, _ in _tokens_with_lines(_parser().parse(text)) if token.type.startswith("math_"))
    return list(dict.fromkeys(symbol for token in tokens for symbol in _glossed(token.content)))


def links(text: str) -> list[Place]:
    """Where the text's links lead to."""
    tokens = _tokens_with_lines(_parser().parse(text))
    return [Place(line, str(token.attrs["href"])) for token, line in tokens if token.type == "link_open"]


def pictures(text: str) -> list[Place]:
    """The addresses of the text's pictures."""
    tokens = _tokens_with_lines(_parser().parse(text))
    return [Place(line, str(token.attrs["src"]), token.content) for token, line in tokens if token.type == "image"]


def fences(text: str) -> list[Fence]:
    """The text's blocks of code, in order."""
    tokens = _tokens_with_lines(_parser().parse(text))
    return [Fence(line, token.info.strip(), token.content) for token, line in tokens if token.type == "fence"]


def laboratories(text: str) -> list[Place]:
    """The slugs of the laboratories in the text."""
    tokens = _tokens_with_lines(_parser().parse(text))
    return [
        Place(line, token.info.strip().removeprefix("laboratory").strip())
        for token, line in tokens
        if token.type == "container_laboratory_open"
    ]


def minutes(text: str) -> int:
    """How long the text takes to read: 180 words, or 12 lines of code, or 6 formulas a minute; at least one."""
    words = lines = shown = 0
    for token, _ in _tokens_with_lines(_parser().parse(text)):
        if token.type == "text":
            words += len(token.content.split())
        elif token.type == "fence":
            lines += token.content.count("\n")
        elif token.type.startswith("math_"):
            shown += 1
    return max(1, round(words / 180 + lines / 12 + shown / 6))


@functools.cache
def _glossed(latex: str) -> tuple[str, ...]:
    """A formula's symbols; none where it cannot be read."""
    try:
        return tuple(formulas.symbols(latex))
    except FormulaError:
        return ()


def _formula(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: EnvType) -> str:
    """A formula; where a symbol stands in it for the first time, it can be tapped for what its symbols mean."""
    latex, display = tokens[index].content, tokens[index].block
    try:
        markup = formulas.mathml(latex, display=display)
    except FormulaError:
        return f'<code class="formula-error">{escape(latex)}</code>'
    unexplained = env.get("symbols", {})
    first = {symbol: unexplained.pop(symbol) for symbol in _glossed(latex) if symbol in unexplained}
    if first:
        notes = env.setdefault("notes", [])
        notes.append(first)
        markup = f'<button type="button" class="formula" popovertarget="symbols-{len(notes)}">{markup}{TAP}</button>'
    if not display:
        before, after = (escape(tokens[index].meta.get(side, "")) for side in ("before", "after"))
        return f'<span class="whole">{before}{markup}{after}</span>' if before or after else markup
    # A wide formula is scrolled by keys, too; one that is a button takes the focus itself.
    return f'<div class="display"{"" if first else TAB_STOP}>{markup}</div>'


def _whole_formulas(parser: MarkdownIt) -> None:
    """Punctuation stays on the line of the formula that it follows or opens before: browsers would break there."""

    def take_in(state: Any) -> None:
        for token in state.tokens:
            children = token.children or []
            for before, formula, after in zip([None, *children], children, [*children[1:], None], strict=False):
                if formula.type != "math_inline":
                    continue
                if before and before.type == "text" and (opening := OPENING.search(before.content)):
                    formula.meta["before"], before.content = opening[0], before.content[: opening.start()]
                if after and after.type == "text" and (closing := CLOSING.match(after.content)):
                    formula.meta["after"], after.content = closing[0], after.content[closing.end() :]

    parser.core.ruler.push("whole_formulas", take_in)


def _notes(notes: Sequence[Mapping[str, str]]) -> str:
    """What opens at a formula: its new symbols, each with its meaning."""
    shown = []
    for number, symbols in enumerate(notes, start=1):
        terms = "".join(
            f"<dt><math><mi>{escape(symbol)}</mi></math></dt><dd>{_parser().renderInline(meaning)}</dd>"
            for symbol, meaning in symbols.items()
        )
        shown.append(f'<div class="symbols" popover="auto" id="symbols-{number}"><dl>{terms}</dl></div>')
    return "\n".join(shown)


def _highlight(code: str, language: str, _attributes: str) -> str:
    try:
        lexer = get_lexer_by_name(language) if language else TextLexer()
    except ClassNotFound:
        lexer = TextLexer()
    markup = pygments.highlight(code, lexer, HtmlFormatter(nowrap=True))
    # A wide listing scrolls sideways; the tab stop lets a keyboard do that.
    return f'<pre class="highlight" tabindex="0"><code>{markup}</code></pre>\n'


def _tables(parser: MarkdownIt) -> None:
    """Cells are aligned by classes, as an inline style would be refused; a wide table is scrolled by keys, too."""

    def align(state: Any) -> None:
        for token in state.tokens:
            if token.type == "table_open":
                token.attrs["tabindex"] = "0"
            if token.type in ("td_open", "th_open") and "style" in token.attrs:
                token.attrs["class"] = ALIGNMENT_CLASSES[token.attrs.pop("style")]

    parser.core.ruler.push("tables", align)


def _question(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: EnvType) -> str:
    """`::: question What is …?` and the answer, which opens."""
    if tokens[index].nesting == -1:
        return "</div></details>\n"
    asked = tokens[index].info.strip().removeprefix("question").strip()
    return f'<details class="question"><summary>{_parser().renderInline(asked)}</summary><div>\n'


def _laboratory(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: EnvType) -> str:
    """`::: laboratory SLUG` and what to try in it."""
    if tokens[index].nesting == -1:
        return "</div>\n"
    slug = tokens[index].info.strip().removeprefix("laboratory").strip()
    needs = '<p class="needs-script">The laboratory itself needs JavaScript.</p>'
    return f'<div class="laboratory" data-laboratory="{escape(slug)}">{needs}\n'


def _figures(parser: MarkdownIt) -> None:
    """A picture with a title that is a paragraph of its own becomes a figure, the title its caption."""

    def wrap(state: Any) -> None:
        for opening, inline, closing in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
            alone = opening.type == "paragraph_open" and len(inline.children or []) == 1
            if alone and inline.children[0].type == "image" and inline.children[0].attrs.get("title"):
                caption = str(inline.children[0].attrs.pop("title"))
                opening.tag = closing.tag = "figure"
                note = Token("html_inline", "", 0, content=f"<figcaption>{parser.renderInline(caption)}</figcaption>")
                inline.children.append(note)

    parser.core.ruler.push("figures", wrap)


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "highlight": _highlight})
    parser.enable(["table", "strikethrough"])
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=True, allow_labels=False)
    parser.add_render_rule("math_inline", _formula)
    parser.add_render_rule("math_block", _formula)
    # The prefix keeps a heading's anchor apart from the ids of the page around it.
    parser.use(anchors_plugin, max_level=4, slug_func=lambda title: f"about-{slugify(title)}")
    parser.use(container_plugin, name="question", render=_question)
    parser.use(container_plugin, name="laboratory", render=_laboratory)
    parser.use(_tables)
    parser.use(_figures)
    parser.use(_whole_formulas)
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
