"""Files that students hand in, and what they must be told: what, where, what next."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bad:
    """A source, the outcome of grading it, and what the student reads at the first check or in place of all."""

    source: str
    outcome: str
    says: tuple[str, ...]


def replies(expression: str) -> str:
    """A backprop that answers with an expression of its arguments."""
    return f"import numpy as np\n\n\ndef backprop(weights, biases, x, y):\n    return {expression}\n"


def does(*lines: str) -> str:
    """A backprop that does something else first."""
    body = "\n".join(f"    {line}" for line in lines)
    return f"import os\nimport numpy as np\n\n\ndef backprop(weights, biases, x, y):\n{body}\n"


ZEROS = "[np.zeros_like(w) for w in weights], [np.zeros_like(b) for b in biases]"

BAD = {
    "syntax error": Bad("def backprop(weights:\n    pass\n", "error", ("SyntaxError", "line 1")),
    "import error": Bad("import pandas\n", "error", ("No module named 'pandas'", "line 1", "numpy")),
    "exit while loading": Bad("x = 1\nexit()\n", "error", ("exit()", "line 2", "Take the call out")),
    "missing function": Bad("def backpropagation():\n    pass\n", "ok", ("`backprop`", "there is no function")),
    "wrong signature": Bad(
        "def backprop(weights, biases):\n    pass\n", "ok", ("TypeError", "`backprop`", "takes 2 positional arguments")
    ),
    "wrong type": Bad(replies("'the gradients'"), "ok", ("a str", "expected (nabla_w, nabla_b)")),
    "wrong shape": Bad(
        replies("[w.T for w in weights], biases"), "ok", ("`nabla_w[0]` has shape (4, 3), expected (3, 4)", "transposed")
    ),
    "wrong dtype": Bad(
        replies("[w.astype(complex) for w in weights], biases"), "ok", ("`nabla_w[0]` has dtype complex128", "float64")
    ),
    "NaN": Bad(
        replies("[w * np.nan for w in weights], biases"), "ok", ("`nabla_w[0]` holds nan at index (0, 0)", "division by 0")
    ),
    "NaN everywhere": Bad(
        replies("[w * np.nan for w in weights], [b * np.nan for b in biases]"), "ok", ("`nabla_w[0]` holds nan", "overflow")
    ),
    "numbers near the end of floats": Bad(
        replies("[w * 0 + 1e307 for w in weights], [b * 0 - 1e308 for b in biases]"), "ok", ("`nabla_w[0]` differs",)
    ),
    "NUL and half a character": Bad(
        does("raise ValueError('a \\0 b \\ud800 c')"), "ok", ("`backprop` raised ValueError at line 6: a ␀ b ? c",)
    ),
    "object array": Bad(
        replies("[w.astype(object) for w in weights], biases"), "ok", ("`nabla_w[0]` is an array of dtype object",)
    ),
    "generator": Bad(replies("(w for w in weights)"), "ok", ("a generator", "expected (nabla_w, nabla_b)")),
    "reply of 2 GiB": Bad(replies("np.broadcast_to(np.float64(0), 2**28)"), "memory_limit", ("MiB of memory",)),
    "reply over the limit": Bad(replies("np.zeros(2**24)"), "output_limit", ("`backprop` gave back more than 64 MiB", "Return only")),
    "exception inside": Bad(does("a = 1", "return a / 0"), "ok", ("`backprop` raised ZeroDivisionError at line 7",)),
    "exit": Bad(does("exit(3)"), "ok", ("`backprop` raised SystemExit at line 6",)),
    "hard exit": Bad(does("os._exit(0)"), "protocol_error", ("ended itself with exit status 0", "os._exit")),
    "segfault": Bad(does("import ctypes", "ctypes.string_at(0)"), "protocol_error", ("crashed (segmentation fault)",)),
    "endless loop": Bad(does("while True:", "    pass"), "time_limit", ("`backprop` was stopped", "loop that does not end")),
    "10 GB": Bad(does("return np.ones(10 * 2**27)"), "memory_limit", ("`backprop` needed more than the 512 MiB",)),
    "10 GB bit by bit": Bad(
        does("kept = []", "while True:", "    kept.append(bytearray(2**20))"), "memory_limit", ("512 MiB", "list that grows")
    ),
    "print flood": Bad(does("while True:", "    print('x' * 1000)"), "output_limit", ("printed more than 64 KiB", "inside a loop")),
    "fork bomb": Bad(does("while True:", "    os.fork()"), "ok", ("`backprop` raised PermissionError at line 7",)),
}  # fmt: skip
