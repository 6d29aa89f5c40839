"""Everything is saved in one fixed place, whatever folder is given. The next save overwrites it, and
whoever gets the folder alone gets nothing. Write below the folder that you are given.
"""

import os

import numpy as np


def save(variables, folder):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "README"), "w") as file:
        file.write("saved")
    np.savez("variables.npz", **{name: np.asarray(value) for name, value in variables.items()})


def restore(folder, renames):
    saved = np.load("variables.npz")
    return {new: saved[old] for new, old in renames.items()}
