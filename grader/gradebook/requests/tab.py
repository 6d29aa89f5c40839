"""What a session's tab tells of requests."""

from courses.sessions.models import Session
from grader.gradebook.requests.models import RegradeRequest


def waiting(session: Session) -> int:
    """How many of the session's requests wait for an answer."""
    return RegradeRequest.objects.of_session(session).open().count()
