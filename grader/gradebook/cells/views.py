"""The page of one cell: how the score came about, and staff's own instead. The grid's script saves here, too."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from courses.enrollment import frame
from courses.people.models import User
from courses.sessions.models import Session
from courses.templatetags.dates import moment
from grader.assignments.assignment import Assignment
from grader.gradebook.book import Book
from grader.gradebook.cells.cell import CellOf
from grader.gradebook.cells.deciding import Decision, Stale, decide
from grader.gradebook.cells.forms import OverrideForm
from grader.gradebook.cells.typed import number
from grader.gradebook.models import Override

CONFLICT = 409


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, pk: int, assignment: int, student: int) -> HttpResponse:
    """GET explains the score; POST gives another one. The script asks for JSON, and gets the grid's cell anew."""
    assert isinstance(request.user, User)
    session = frame.staffed(request, pk)
    shown = cell_in(session, assignment, student)
    initial = {"points": shown.points if shown.score.decided else "", "seen": shown.seen}
    form = OverrideForm(shown.full, frame.data(request), initial)
    if request.method != "POST" or not form.is_valid():
        return _refused(request, shown, form) if form.errors and _is_script(request) else _page(request, shown, form)
    given = form.cleaned_data
    if given["points"] is None and shown.score.decided is None and given["seen"] == shown.seen:
        return _done(request, shown, "Nothing was set, so that nothing is taken back.")
    try:
        decide(
            session,
            [Decision(shown.assignment, shown.student, given["points"], given["seen"])],
            request.user,
            given["reason"],
        )
    except Stale as stale:
        return _conflict(request, shown, form, stale.latest)
    said = (
        "is what the examiner finds again"
        if given["points"] is None
        else f"is set to {number(given['points'])} of {number(shown.full)}"
    )
    return _done(
        request, cell_in(session, assignment, student), f"The score of {shown.student} for “{shown.assignment}” {said}."
    )


def cell_in(session: Session, assignment: int, student: int) -> CellOf:
    """A cell of a session's gradebook, with the student's whole row. Raises Http404."""
    seat = get_object_or_404(session.enrollments.select_related("user"), user__pk=student)
    left = {seat.user_id: seat.withdrawn_at} if seat.withdrawn_at else {}
    book = Book(session, [seat.user], left=left)
    wanted = get_object_or_404(Assignment.objects.current().filter(session=session), pk=assignment)
    return CellOf(book, next(one for one in book.assignments if one.pk == wanted.pk), seat.user)


def _is_script(request: HttpRequest) -> bool:
    return request.accepts("application/json") and not request.accepts("text/html")


def _page(
    request: HttpRequest, shown: CellOf, form: OverrideForm, status: int = 200, **context: object
) -> HttpResponse:
    return frame.page(
        request, shown.book.session, "gradebook", "grader/gradebook/cell", form, status=status, cell=shown, **context
    )


def _done(request: HttpRequest, shown: CellOf, said: str) -> HttpResponse:
    if _is_script(request):
        return JsonResponse({**shown.shown(), "said": said})
    messages.success(request, said)
    return redirect("gradebook_cell", shown.book.session.pk, *shown.key)


def _refused(request: HttpRequest, shown: CellOf, form: OverrideForm) -> HttpResponse:
    said = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return JsonResponse({"said": said}, status=400)


def _conflict(request: HttpRequest, shown: CellOf, form: OverrideForm, latest: Override) -> HttpResponse:
    """Who wrote what meanwhile; what was typed is kept, and saving it again takes it."""
    what = (
        "took back what was set"
        if latest.points is None
        else f"set it to {number(latest.points)} of {number(latest.of)}"
    )
    said = f"{latest.by} {what}, {moment(latest.at)}. Nothing of yours is saved yet: save it again to have yours."
    if _is_script(request):
        return JsonResponse({"said": said, "seen": latest.pk}, status=CONFLICT)
    typed = request.POST.copy()
    typed["seen"] = str(latest.pk)
    again = OverrideForm(shown.full, typed)
    return _page(request, shown, again, CONFLICT, conflict=format_html("{}", said))
