"""Scores, and how they came about, in words that students and staff read alike."""

from collections.abc import Iterator

from courses.people.models import User
from courses.templatetags.dates import moment_in
from grader.assignments.assignment import Assignment
from grader.gradebook.book import Book
from grader.gradebook.cells.typed import number
from grader.gradebook.scores import Score, State, Total


def counted(singular: str, how_many: int) -> str:
    """“1 day”, “3 days”."""
    return f"{how_many} {singular}" if how_many == 1 else f"{how_many} {singular}s"


def percent(value: float | None) -> str:
    """“85 %”, a dash where there is none."""
    return "–" if value is None else f"{number(round(value, 1))}\u00a0%"


def points(score: Score) -> str:
    """“17 of 20 (85 %)”, or where the score stands."""
    if score.decided is not None:
        return f"{number(score.decided.points)} of {number(score.decided.of)} ({percent(score.percent)})"
    if score.percent is None or score.marks is None:
        return score.state.label
    return f"{number(score.marks)} of {number(score.full)} ({percent(score.percent)})"


def lateness(score: Score) -> str:
    """“2 days late, less 20 % of the marks”; empty for what came in time, and where staff set the score."""
    return "" if score.decided is not None else _late(score)


def _late(score: Score) -> str:
    if not score.days_late:
        return ""
    cost = f"less {score.penalty} % of the marks" if score.penalty else "which costs nothing"
    return f"{counted('day', score.days_late)} late, {cost}"


def which_count(assignment: Assignment) -> str:
    """Which of a student's submissions counts."""
    one = "last" if assignment.counted == Assignment.Counted.LAST else "best"
    if assignment.attempts is None:
        return f"The {one} submission counts."
    if assignment.attempts == 1:
        return "The first submission counts."
    return f"The {one} of the first {assignment.attempts} submissions counts."


def account(book: Book, assignment: Assignment, student: User) -> Iterator[str]:
    """How a student's score for an assignment came about, sentence by sentence."""
    score = book.score(assignment, student)
    if score.state == State.UNPOSTED:
        yield "The score is not posted yet."
        return
    rule = book.rule(assignment, student.pk)
    if rule != assignment.late_rule and rule.due is not None:
        yield f"By an extension it is due on {moment_in(rule.due, book.session.time_zone)}."
    if score.attempt is not None:
        yield from _of_attempt(assignment, score)
    elif score.state == State.WAITING:
        yield "What was handed in is being graded."
    elif score.state == State.MISSING:
        yield "Nothing was handed in as long as work counted: no marks."
    else:
        yield "Nothing was handed in yet."
    if score.decided is not None:
        said = f": {score.decided.reason}" if score.decided.reason else "."
        yield f"Staff set the score to {number(score.decided.points)} of {number(score.decided.of)}{said}"


def _of_attempt(assignment: Assignment, score: Score) -> Iterator[str]:
    assert score.attempt is not None
    earned = (score.attempt.earned or 0) + score.rubric.earned
    yield which_count(assignment)
    rubric = f", {number(score.rubric.earned)} of them by the rubric" if score.rubric.full else ""
    yield f"It earned {number(earned)} of {number(score.full)} marks{rubric}."
    if not score.rubric.complete:
        yield "Not all criteria of the rubric have marks yet."
    if score.days_late and score.marks is not None:
        left = f": {number(score.marks)} marks are left" if score.penalty else ""
        yield f"It came {_late(score)}{left}."


def total_in_words(total: Total, drop_lowest: int) -> str:
    """How a running total is made, in a sentence."""
    parts = [part for part in total.parts if part.share]
    dropped = sum(part.dropped for part in total.parts)
    if not parts:
        return "Nothing counts toward the total yet: that begins with a score of an assignment that has a weight."
    weighed = "" if len(parts) == 1 else ", each by the weight of its assignment"
    left_out = f"; {lowest(dropped)} left out" if dropped else ""
    more = drop_lowest > dropped > 0
    later = f" ({drop_lowest} will be, once there are more)" if more else ""
    return f"The total so far is that of {counted('score', len(parts))}{weighed}{left_out}{later}."


def lowest(number: int) -> str:
    """“the lowest score is”, “the 2 lowest scores are”."""
    return "the lowest score is" if number == 1 else f"the {number} lowest scores are"


def scheme_in_words(drop_lowest: int) -> str:
    """What of a student's scores does not count, as the settings of the total say."""
    if not drop_lowest:
        return "All scores count."
    return f"Of each student {lowest(drop_lowest)} left out; one score always stays."


def weights_in_words(assignments: list[Assignment]) -> str:
    """What the weights of a session's assignments mean for its totals."""
    if not assignments:
        return "Nothing is assigned yet, so that there is no total."
    if not any(one.weight for one in assignments):
        return "All assignments have the weight 0: they are practice, and there is no total."
    return "The total is the mean of the scores so far, each by the weight of its assignment; weight 0 is practice."
