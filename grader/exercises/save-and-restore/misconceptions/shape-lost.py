"""The values come back as flat rows of numbers. A variable's shape is a part of it: save it too, or
use a format that does.
"""

import json
import os

import numpy as np


def save(variables, folder):
    os.makedirs(folder)
    for name, value in variables.items():
        value = np.asarray(value)
        with open(os.path.join(folder, name + ".json"), "w") as file:
            json.dump([str(value.dtype), value.ravel().tolist()], file)


def restore(folder, renames):
    restored = {}
    for new, old in renames.items():
        with open(os.path.join(folder, old + ".json")) as file:
            dtype, values = json.load(file)
        restored[new] = np.array(values, dtype=dtype)
    return restored
