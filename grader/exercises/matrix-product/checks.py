"""Products and transposes against numpy, which is mlcore's own: unequal shapes, square ones, rows and columns."""

from grader.checks import check, compare_arrays, unchanged


def product(student, a, b):
    """The student's product, held against numpy's."""
    reply = student.matrix_product(a, b)
    unchanged(student, "Fill an array of your own.")
    return compare_arrays(reply, a @ b, f"matrix_product(a, b) of {a.shape} and {b.shape}")


def transposed(student, a):
    """The student's transpose, held against numpy's."""
    reply = student.transpose(a)
    unchanged(student, "Fill an array of your own.")
    return compare_arrays(reply, a.T, f"transpose(a) of {a.shape}")


@check("A product of unequal shapes", points=3)
def unequal(student, rng):
    # More columns than a has, then fewer: a result of a's own shape is too small once, and too large once.
    product(student, rng.normal(size=(4, 3)), rng.normal(size=(3, 5)))
    return product(student, rng.normal(size=(3, 5)), rng.normal(size=(5, 2)))


@check("A product of square matrices", points=2)
def square(student, rng):
    return product(student, rng.normal(size=(4, 4)), rng.normal(size=(4, 4)))


@check("A row times a column, a column times a row", points=2)
def rows_and_columns(student, rng):
    row, column = rng.uniform(1, 2, (1, 5)), rng.uniform(-2, -1, (5, 1))
    product(student, column, rng.normal(size=(1, 3)))
    return product(student, row, column)


@check("Transposes", points=2)
def transposes(student, rng):
    transposed(student, rng.normal(size=(4, 4)))
    return transposed(student, rng.normal(size=(3, 5)))


@check("The transpose of a row and of a column", points=1)
def transposes_of_vectors(student, rng):
    transposed(student, rng.normal(size=(1, 6)))
    return transposed(student, rng.normal(size=(6, 1)))
