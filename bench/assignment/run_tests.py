"""The assignment for gradescope-utils: weighted tests, and a runner that writes results.json."""

import unittest

import checks
import submission
from gradescope_utils.autograder_utils.decorators import weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner


class TestSubmission(unittest.TestCase):
    """Filled below, one test a check."""


def test_of(name):
    points, check = checks.CHECKS[name]

    @weight(points)
    def test(self):
        check(getattr(submission, checks.FUNCTION))

    test.__doc__ = name
    return test


for number, name in enumerate(checks.CHECKS):
    setattr(TestSubmission, f"test_{number}", test_of(name))

if __name__ == "__main__":
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(TestSubmission)
    with open("results.json", "w") as results:
        JSONTestRunner(visibility="visible", stream=results).run(suite)
