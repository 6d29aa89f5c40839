from tests.grader.submissions.conftest import exercise, session, student  # noqa: F401 - fixtures
