def scaled(n_in, n_out, normals):
    return spread(normals, 1 / n_in)


def glorot(n_in, n_out, normals):
    return spread(normals, 1 / ((n_in + n_out) / 2))


def he(n_in, n_out, normals):
    return spread(normals, 2 / n_in)


def spread(normals, variance):
    return [[variance**0.5 * float(number) for number in row] for row in normals]
