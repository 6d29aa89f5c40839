"""The assignment for pytest: one test a check."""

import checks
import pytest
import submission


@pytest.mark.parametrize("name", checks.CHECKS)
def test_check(name):
    checks.CHECKS[name][1](getattr(submission, checks.FUNCTION))
