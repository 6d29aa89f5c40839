"""Right code in other styles than the solution's, and mistakes planted into it."""

from collections.abc import Iterable
from pathlib import Path

STYLES = Path(__file__).parent / "styles"


def planted(slug: str, style: str, edits: Iterable[tuple[str, str]]) -> str:
    """An exercise's right code in this style, with these pieces, each of which stands there once, made wrong."""
    source = (STYLES / slug / f"{style}.py").read_text()
    for right, wrong in edits:
        assert source.count(right) == 1, right
        source = source.replace(right, wrong)
    return source
