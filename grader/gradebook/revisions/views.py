"""The checks of an assignment: how students did, and other full marks for one, looked at before they are saved."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from courses.enrollment import frame
from courses.people.models import User
from grader.gradebook.revisions.checks import Comparison, checks_of, compared
from grader.gradebook.revisions.deciding import RevisedMeanwhile, RevisionRefused, after, revise, seen_of
from grader.gradebook.revisions.forms import BACK, RevisionsForm
from grader.gradebook.rubric.views import TAB, assignment_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def checks(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    """All checks with what was earned. POST compares all scores before and after; with `sure` it saves."""
    assert isinstance(request.user, User)
    session = frame.locked(request, pk) if request.method == "POST" else frame.staffed(request, pk)
    shown = assignment_in(session, assignment)
    form = RevisionsForm(checks_of(shown), frame.data(request))
    comparison: Comparison | None = None
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            points = after(shown, form.changes)
            if "sure" in request.POST:
                revise(shown, request.user, points, form.cleaned_data["reason"], request.POST.get("seen", ""))
                messages.success(
                    request, "It is saved, and holds for everybody. Students whose posted score changed are told."
                )
                return redirect("checks", session.pk, shown.pk)
            comparison = compared(shown, points)
            if "back" in request.POST:
                form = RevisionsForm(form.checks)
        except RevisionRefused as refused:
            form.add_error(None, str(refused))
        except RevisedMeanwhile as meanwhile:
            messages.error(request, str(meanwhile))
            status = 409
    return frame.page(
        request, session, TAB, "grader/gradebook/checks", form, status=status,
        assignment=shown, comparison=comparison, seen=seen_of(shown), back=request.POST.get("back"), BACK=BACK,
    )  # fmt: skip
