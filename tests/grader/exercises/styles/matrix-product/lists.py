def matrix_product(a, b):
    columns = list(zip(*b.tolist()))
    return [[sum(p * q for p, q in zip(row, column)) for column in columns] for row in a.tolist()]


def transpose(a):
    return [list(column) for column in zip(*a.tolist())]
