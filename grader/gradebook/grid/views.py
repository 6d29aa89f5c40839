"""The grid of a session's scores, and how its totals are made."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from courses.enrollment import frame
from courses.people.models import User
from grader.gradebook.book import Book
from grader.gradebook.grid.forms import GridFilter
from grader.gradebook.grid.rows import Grid
from grader.gradebook.grid.scheme import SchemeForm
from grader.gradebook.words import scheme_in_words, weights_in_words

TAB = "gradebook"


@login_required
@require_safe
def gradebook(request: HttpRequest, pk: int) -> HttpResponse:
    """Students by assignments: found by words and by what a score says, sorted."""
    session = frame.staffed(request, pk)
    filters = GridFilter(request.GET)
    book = Book.of(session, with_left=bool(filters.chosen("left")))
    grid = Grid(book, filters.chosen("q"), filters.chosen("sign"))
    if filters.chosen("sort").removeprefix("-") in grid.sorts:
        grid.sort = filters.chosen("sort")
    return frame.page(
        request, session, TAB, "grader/gradebook/grid",
        filters=filters, grid=grid,
        columns=grid.columns,
        weights=weights_in_words(book.assignments), drops=scheme_in_words(book.scheme.drop_lowest),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def total(request: HttpRequest, pk: int) -> HttpResponse:
    """How many of each student's lowest scores do not count."""
    assert isinstance(request.user, User)
    session = frame.locked(request, pk)
    book = Book.of(session)
    form = SchemeForm(frame.data(request), instance=book.scheme)
    if request.method == "POST" and form.is_valid():
        form.keep(request.user)
        messages.success(request, scheme_in_words(form.instance.drop_lowest))
        return redirect("gradebook", session.pk)
    weights = sum(one.weight for one in book.assignments)
    shares = [(one, 100 * one.weight / weights if weights else None) for one in book.assignments]
    return frame.page(
        request, session, TAB, "grader/gradebook/total", form,
        shares=shares, weights=weights_in_words(book.assignments),
    )  # fmt: skip
