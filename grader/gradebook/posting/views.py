"""The page on which scores are posted: which are hidden, what students will see, and doing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from courses.enrollment import frame
from courses.keys import key_of
from courses.people.models import User
from grader.gradebook.book import Book
from grader.gradebook.posting.posting import hide, post
from grader.gradebook.posting.preview import Preview

NOTHING = "Tick the assignments that you mean."


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    """GET with assignments ticked shows what students will see; POST posts or hides them."""
    assert isinstance(request.user, User)
    session = frame.run(request, pk)
    asked = request.POST if request.method == "POST" else request.GET
    chosen = {key_of(text) for text in asked.getlist("assignment")}
    if request.method == "POST":
        return _done(request, pk, chosen)
    book = Book.of(session)
    ticked = {one.pk for one in book.assignments if one.pk in chosen}
    refusal = NOTHING if "show" in asked and not ticked else ""
    return frame.page(
        request, session, "gradebook", "grader/gradebook/post", status=400 if refusal else 200, refusal=refusal,
        assignments=book.assignments, ticked=ticked, preview=Preview(book, ticked) if ticked else None,
    )  # fmt: skip


def _done(request: HttpRequest, pk: int, chosen: set[int]) -> HttpResponse:
    assert isinstance(request.user, User)
    session = frame.run(request, pk)
    if not chosen:
        messages.error(request, NOTHING)
    elif request.POST.get("do") == "hide":
        done = hide(session, chosen, request.user)
        names = ", ".join(map(str, done))
        messages.success(request, f"Hidden from students: {names}." if done else "They are hidden already.")
    else:
        done = post(session, chosen, request.user)
        names = ", ".join(map(str, done))
        messages.success(
            request, f"Posted: {names}. Students are told by e-mail." if done else "Students see these scores already."
        )
    return redirect("gradebook_post", pk)
