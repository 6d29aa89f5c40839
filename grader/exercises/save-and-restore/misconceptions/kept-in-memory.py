"""The values are kept in a global variable of the process that saved them. Another process starts
without it. Write the values to files below the folder.
"""

import os

saved = {}


def save(variables, folder):
    os.makedirs(folder)
    with open(os.path.join(folder, "names.txt"), "w") as file:
        file.write("\n".join(variables))
    saved[folder] = dict(variables)


def restore(folder, renames):
    return {new: saved[folder][old] for new, old in renames.items()}
