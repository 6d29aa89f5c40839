"""Places in the school's pages where others show something, so that courses needs to know of none of them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

Render = Callable[[HttpRequest, Any], SafeString]
_panels: dict[str, list[Render]] = {}


def register(place: str, render: Render) -> None:
    """Show what `render(request, subject)` gives at `place`."""
    _panels.setdefault(place, []).append(render)


def rendered(place: str, request: HttpRequest, subject: Any) -> list[SafeString]:
    """Everything registered for `place`, rendered for this subject."""
    return [render(request, subject) for render in _panels.get(place, [])]
