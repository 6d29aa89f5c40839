"""Keys of rows, as forms and order numbers write them."""

# No key of a row has more digits.
LONGEST = 18


def key_of(text: str) -> int:
    """The key that is written; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else 0
