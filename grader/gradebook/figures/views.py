"""How a session's scores are distributed."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from courses.enrollment import frame
from grader.gradebook.book import Book
from grader.gradebook.figures.figures import distributions


@login_required
@require_safe
def statistics(request: HttpRequest, pk: int) -> HttpResponse:
    """A table of all assignments, and a histogram of each."""
    session = frame.staffed(request, pk)
    book = Book.of(session)
    found = distributions(book)
    return frame.page(
        request, session, "gradebook", "grader/gradebook/statistics",
        assignments=book.assignments, students=book.students, total=found[0], distributions=found[1:],
        with_scores=[one for one in found if one.number],
    )  # fmt: skip
