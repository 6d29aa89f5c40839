"""Which files go with a message. Their bytes say what they are; a name must agree, and a browser is not asked."""

import json
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic

LARGEST_BYTES = 5 * 2**20
MOST_FILES = 5
LONGEST_NAME = 100
PICTURES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".pdf": "application/pdf",
}
TEXTS = {
    ".txt": "text/plain",
    ".py": "text/x-python",
    ".csv": "text/csv",
    ".ipynb": "application/x-ipynb+json",
}
ALLOWED = {**PICTURES, **TEXTS}
ALLOWED_WORDS = "PNG, JPEG, GIF, WebP, PDF, or text (.txt, .py, .ipynb, .csv)"


class FileRefused(Exception):
    """A file that does not go with a message; the text says which, why, and what to do."""


@dataclass(frozen=True)
class Checked:
    """A file that may go with a message."""

    name: str
    content_type: str
    data: bytes


def checked(name: str, data: bytes) -> Checked:
    """The file, under a name that is only a name. Raises FileRefused."""
    name = plain(name)
    said = PurePosixPath(name).suffix.lower()
    if said not in ALLOWED:
        raise FileRefused(f"“{name}” cannot be attached. Files may be {ALLOWED_WORDS}.")
    check_size(name, len(data))
    found = kind_of(data)
    if said in PICTURES and PICTURES[said] not in found:
        raise FileRefused(f"“{name}” is called {said}, but what is in it is something else. Attach the real file.")
    if said in TEXTS:
        _check_text(name, said, data, found)
    return Checked(name, ALLOWED[said], data)


def check_size(name: str, size: int) -> None:
    """Refuse what is too large, or nothing. Raises FileRefused."""
    if not size:
        raise FileRefused(f"“{name}” is empty.")
    if size > LARGEST_BYTES:
        raise FileRefused(f"“{name}” has {size / 2**20:.1f} MiB. Attach at most {LARGEST_BYTES // 2**20} MiB a file.")


def kind_of(data: bytes) -> set[str]:
    """The content types that the bytes may be of; none where they tell nothing, as those of a text do."""
    try:
        return {match.mime_type for match in puremagic.magic_string(data)}
    except puremagic.PureError:
        return set()


def _check_text(name: str, said: str, data: bytes, found: set[str]) -> None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused(f"“{name}” is called {said}, but is no text in UTF-8. Save it as UTF-8.") from None
    if found & set(PICTURES.values()) or any(_is_control(character) for character in text):
        raise FileRefused(f"“{name}” is called {said}, but what is in it is no text. Attach the real file.")
    if said == ".ipynb" and not _is_notebook(text):
        raise FileRefused(f"“{name}” is called {said}, but what is in it is no notebook. Save the notebook again.")


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc" and character not in "\t\n\r\f"


def _is_notebook(text: str) -> bool:
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(notebook, dict) and isinstance(notebook.get("cells"), list)


def plain(name: str) -> str:
    """A file's name without folders and control characters, its end kept where it is long."""
    name = PurePosixPath(name.replace("\\", "/")).name
    name = " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in name).split())
    if len(name) > LONGEST_NAME:
        end = PurePosixPath(name).suffix[:10]
        name = name[: LONGEST_NAME - len(end) - 1] + "…" + end
    return name or "file"
