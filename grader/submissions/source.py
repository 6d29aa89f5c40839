"""A handed-in file as source: a Python file as it is, a notebook's code cells one after another."""

import ast
import json
import re
import warnings
from pathlib import PurePath

import nbformat
from django.core.files.uploadedfile import UploadedFile

from grader.errors import SourceError
from grader.grading import decode_source

MAX_NOTEBOOK_BYTES = 4 * 1024 * 1024
# What IPython understands and Python does not: magics, shell lines, help.
MAGIC = re.compile(r"^\s*(%|!|\?|[\w.]+\?{1,2}\s*$)")


def read_text(text: str) -> str:
    """What was typed, as source: with plain line ends. Raises SourceError."""
    return decode_source(text.replace("\r\n", "\n").encode("utf-8", "surrogatepass"))


def read_file(file: UploadedFile) -> str:
    """The source in an uploaded file, which is not read into memory where it is too large. Raises SourceError."""
    if (file.size or 0) > MAX_NOTEBOOK_BYTES:
        raise SourceError(
            "SourceTooLarge",
            f"The file has {(file.size or 0) // 1024} KiB. At most 256 are taken as code, and "
            f"{MAX_NOTEBOOK_BYTES // 1024} as a notebook. Hand in code, not data.",
        )
    return read_upload(file.name or "", file.read())


def read_upload(name: str, data: bytes) -> str:
    """The source in a file called `name`, a .py or an .ipynb. Raises SourceError, which says what, where, what next."""
    match PurePath(name).suffix.lower():
        case ".py":
            return decode_source(data).replace("\r\n", "\n")
        case ".ipynb":
            return read_notebook(data)
    raise SourceError("SourceError", f"“{name}” is neither a .py nor an .ipynb file. Hand in one of these.")


def read_notebook(data: bytes) -> str:
    """The code cells in order, each under a comment with its number among all cells. Raises SourceError."""
    if len(data) > MAX_NOTEBOOK_BYTES:
        raise SourceError(
            "SourceTooLarge",
            f"The notebook has {len(data) // 1024} KiB; at most {MAX_NOTEBOOK_BYTES // 1024} are taken. "
            "Clear its outputs and hand it in again.",
        )
    try:
        notebook = _parsed(data)
        cells = [(n, str(cell.cell_type), str(cell.source)) for n, cell in enumerate(notebook.cells, 1)]
    except RecursionError as error:
        raise _unreadable("it is nested too deeply") from error
    except (ValueError, nbformat.ValidationError, AttributeError, KeyError, TypeError) as error:
        raise _unreadable("its cells are not as Jupyter writes them") from error
    code = [(n, source) for n, kind, source in cells if kind == "code" and source.strip()]
    if not code:
        raise SourceError("NotebookError", "The notebook holds no code cell. Write your functions in one.")
    for n, source in code:
        _refuse_magics(n, source)
    return decode_source("\n\n".join(f"# cell {n}\n{source.rstrip()}" for n, source in code).encode() + b"\n")


def _parsed(data: bytes) -> nbformat.NotebookNode:
    try:
        values = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _unreadable("it is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise _unreadable(f"line {error.lineno} is not JSON") from error
    if not isinstance(values, dict) or "nbformat" not in values:
        raise _unreadable("it says no notebook format")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # older notebooks' cells have no ids
        return nbformat.reads(json.dumps(values), as_version=4)


def _unreadable(why: str) -> SourceError:
    return SourceError(
        "NotebookError",
        f"The file is no notebook that can be read: {why}. Save it in Jupyter and hand it in again.",
    )


def _refuse_magics(cell: int, source: str) -> None:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        found = next((text.strip() for text in source.splitlines() if MAGIC.match(text)), None)
        if found:
            raise SourceError(
                "NotebookError",
                f"Cell {cell} holds “{found[:60]}”, which only a notebook understands. "
                "Take lines that begin with %, ! or ? out, and hand it in again.",
            ) from None
