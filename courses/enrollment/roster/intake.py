"""Pages on which staff add people to a session: one by e-mail, or many from a CSV file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from courses.enrollment.refusals import EnrollmentRefused
from courses.enrollment.roster.admission import admit, admit_all, candidates
from courses.enrollment.roster.forms import PersonForm, SheetForm
from courses.enrollment.roster.views import session_run
from courses.people.models import User


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Enroll one person by e-mail address."""
    assert isinstance(request.user, User)
    session = session_run(request, pk)
    form = PersonForm(request.POST or None, may_waive=request.user.is_admin)
    if request.method == "POST" and form.is_valid():
        try:
            enrollment = admit(session=session, actor=request.user, **form.cleaned_data)
        except EnrollmentRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{enrollment.user} is enrolled, and told by e-mail.")
            return redirect("roster", pk)
    context = {"session": session, "tab": "roster", "runs": True, "form": form}
    return render(request, "courses/roster/add.html", context, status=400 if request.method == "POST" else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Enroll the people of a CSV file: choose it, see what becomes of each row, confirm.

    Nothing is kept between the steps: the page carries the file's text, and it is checked anew.
    """
    assert isinstance(request.user, User)
    session = session_run(request, pk)
    sent = request.method == "POST"
    form = SheetForm(request.POST or None, request.FILES or None, may_waive=request.user.is_admin)
    context = {"session": session, "tab": "roster", "runs": True, "form": form}
    if not sent or not form.is_valid():
        return render(request, "courses/roster/import.html", context, status=400 if sent else 200)
    found = candidates(form.rows, session)
    if "confirm" not in request.POST:
        admitted = sum(candidate.is_admitted for candidate in found)
        form.initial = {"sheet": form.text}
        context |= {"candidates": found, "admitted": admitted, "text": form.text}
        return render(request, "courses/roster/preview.html", context)
    number, refusals = admit_all(found, session, request.user, waive=form.cleaned_data.get("waive", False))
    messages.success(request, f"{number} people are enrolled, and told by e-mail.")
    for refusal in refusals:
        messages.error(request, refusal)
    return redirect("roster", pk)
