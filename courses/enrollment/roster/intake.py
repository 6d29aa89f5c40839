"""Pages on which staff add people to a session: one by e-mail, or many from a CSV file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from courses.enrollment import frame
from courses.enrollment.refusals import EnrollmentRefused
from courses.enrollment.roster.admission import admit, admit_all, candidates
from courses.enrollment.roster.forms import PersonForm, SheetForm
from courses.people.models import User, people_in_words


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Enroll one person by e-mail address."""
    assert isinstance(request.user, User)
    session = frame.run(request, pk)
    form = PersonForm(frame.data(request), may_waive=request.user.is_admin)
    if request.method == "POST" and form.is_valid():
        try:
            enrollment = admit(session=session, actor=request.user, **form.cleaned_data)
        except EnrollmentRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{enrollment.user} is enrolled, and told by e-mail.")
            return redirect("roster", pk)
    return frame.page(request, session, "roster", "courses/roster/add", form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Enroll the people of a CSV file: choose it, see what becomes of each row, confirm.

    Nothing is kept between the steps: the page carries the file's text, and it is checked anew.
    """
    assert isinstance(request.user, User)
    session = frame.run(request, pk)
    form = SheetForm(frame.data(request), request.FILES or None, may_waive=request.user.is_admin)
    if request.method != "POST" or not form.is_valid():
        return frame.page(request, session, "roster", "courses/roster/import", form)
    found = candidates(form.rows, session)
    if "confirm" not in request.POST:
        admitted = sum(candidate.is_admitted for candidate in found)
        form.initial = {"sheet": form.text}
        return frame.page(
            request,
            session,
            "roster",
            "courses/roster/preview",
            form,
            candidates=found,
            admitted=admitted,
            text=form.text,
        )
    number, refusals = admit_all(found, session, request.user, waive=form.cleaned_data.get("waive", False))
    messages.success(request, f"Enrolled, and told by e-mail: {people_in_words(number)}.")
    for refusal in refusals:
        messages.error(request, refusal)
    return redirect("roster", pk)
