"""Whether a student may ask to have a score looked at again, and of which submission it is."""

from courses.people.models import User
from grader.assignments.assignment import Assignment
from grader.gradebook.book import Book
from grader.gradebook.requests.models import RegradeRequest, RequestRefused
from grader.gradebook.scores import State
from grader.submissions.models import Submission

WHY_NOT = {
    State.OPEN: "You have not handed anything in for it yet.",
    State.MISSING: "You have not handed anything in for it.",
    State.WAITING: "It is still being graded. Wait for its score.",
    State.UNMARKED: "It is still being marked. Wait for its score.",
    State.UNPOSTED: "Its scores are not posted yet. Wait until they are.",
}


def check(assignment: Assignment, student: User, submission: Submission | None = None) -> Submission | None:
    """The submission that is asked about, or else the one that counts; None where people alone gave the score.

    Raises RequestRefused, which says why it cannot be asked about.
    """
    if submission is not None and submission.result_id is None:
        raise RequestRefused("This submission is not graded. Ask about one that is.")
    book = Book(assignment.session, [student], for_student=True, only={assignment.pk})
    if not book.assignments:
        raise RequestRefused("This assignment has not opened yet.")
    score = book.score(assignment, student)
    if score.state == State.UNPOSTED or (score.decided is None and score.state != State.SCORED):
        raise RequestRefused(WHY_NOT[score.state])
    if submission is not None:
        return submission
    return Submission.objects.get(pk=score.attempt.submission) if score.attempt else None


def ask(assignment: Assignment, student: User, text: str, submission: Submission | None = None) -> RegradeRequest:
    """Ask to have the score looked at again. Raises RequestRefused."""
    about = check(assignment, student, submission)
    return RegradeRequest.objects.ask(assignment, student, text, about)
