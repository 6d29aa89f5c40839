def heights():
    first, second, third, fourth, fifth = -1.25, -1.5, -0.4, -1, 1.1
    return first, second, third, fourth, fifth
