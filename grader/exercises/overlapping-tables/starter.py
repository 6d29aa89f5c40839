import numpy as np


def overlapping_tables(values, n, tables):
    """Return (edges, heights): the bumps of all tables together."""
    raise NotImplementedError("lay the tables over each other here")
