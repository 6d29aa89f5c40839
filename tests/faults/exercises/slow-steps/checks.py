"""Three checks, one after another, each as long as a call."""

from grader.checks import check, compare_arrays


def asked(student, rng, factor):
    x = rng.normal(size=4)
    return compare_arrays(student.scaled(x, factor), x * factor)


@check("By one", points=1)
def by_one(student, rng):
    return asked(student, rng, 1)


@check("By two", points=2)
def by_two(student, rng):
    return asked(student, rng, 2)


@check("By three", points=3)
def by_three(student, rng):
    return asked(student, rng, 3)
