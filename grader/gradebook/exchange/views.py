"""Scores out to a spreadsheet, and back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from courses import sheets
from courses.enrollment import frame
from courses.people.models import User
from grader.gradebook.book import Book
from grader.gradebook.cells.deciding import Stale, decide
from grader.gradebook.exchange.export import lines
from grader.gradebook.exchange.forms import SheetForm
from grader.gradebook.words import counted

CHANGED_MEANWHILE = "Scores have changed since you looked at this. Nothing is applied yet: look again, then apply."
CONFLICT = 409


@login_required
@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """All scores of the session as CSV."""
    session = frame.staffed(request, pk)
    return sheets.download(lines(Book.of(session)), f"gradebook-{session.slug}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Edited scores of a CSV file: choose it, see each before and after, confirm.

    Nothing is kept between the steps: the page carries the file's text, and it is compared anew.
    """
    assert isinstance(request.user, User)
    session = frame.run(request, pk)
    form = SheetForm(Book.of(session), frame.data(request), request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return frame.page(request, session, "gradebook", "grader/gradebook/import", form)
    found, status = form.found, 200
    if "confirm" in request.POST:
        try:
            if form.cleaned_data["token"] == found.token and found.changes:
                written = decide(
                    session, [one.decision for one in found.changes], request.user, form.cleaned_data["reason"]
                )
                messages.success(
                    request,
                    f"{counted('score', len(written))} set. Students who had seen another one are told by e-mail.",
                )
                return redirect("gradebook", pk)
        except Stale:
            form = SheetForm(Book.of(session), request.POST)
            form.is_valid()
        messages.error(request, CHANGED_MEANWHILE)
        found, status = form.found, CONFLICT
    return frame.page(
        request, session, "gradebook", "grader/gradebook/preview", form, status=status, found=found, text=form.text
    )
