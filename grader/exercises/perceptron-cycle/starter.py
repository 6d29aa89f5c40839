import numpy as np


def cycle(x, y, most_epochs):
    """Return (start, length) of the circle, (start, 0) where learning comes to rest, or None where neither shows."""
    raise NotImplementedError("write the search for a state that comes back here")
