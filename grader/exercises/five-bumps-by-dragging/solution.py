HEIGHTS = [-1.3, -1.4, -0.3, -1.0, 1.2]


def heights():
    return HEIGHTS
