"""Who has more time for an assignment: granting, changing and taking back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from courses.enrollment import frame
from courses.keys import key_of
from courses.people.models import User
from grader.assignments.assignment import Assignment
from grader.assignments.extension import Extension
from grader.assignments.forms import ExtensionForm
from grader.assignments.views import run, staffed


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def extensions(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has an extension; POST grants one to several students, or changes theirs. ?student= fills in one's own."""
    assert isinstance(request.user, User)
    assignment = run(request, pk) if request.method == "POST" else staffed(request, pk)
    form = ExtensionForm(frame.data(request), assignment=assignment, initial=_filled(request, assignment))
    if request.method == "POST" and form.is_valid():
        students = list(form.cleaned_data["students"])
        Extension.objects.grant(
            assignment, request.user, students, form.cleaned_data["due_at"], form.cleaned_data["reason"]
        )
        who = str(students[0]) if len(students) == 1 else f"{len(students)} students"
        messages.success(request, f"“{assignment}” is due later for {who}. They are written to.")
        return redirect("extensions", assignment.pk)
    return frame.page(
        request, assignment.session, "assignments", "grader/assignments/extensions", form,
        assignment=assignment, extensions=assignment.extensions.select_related("student", "granted_by", "assignment"),
    )  # fmt: skip


def _filled(request: HttpRequest, assignment: Assignment) -> dict[str, Any]:
    """The extension of ?student=, to be changed."""
    held = assignment.extensions.filter(student=key_of(request.GET.get("student", ""))).first()
    return {"students": [held.student_id], "due_at": held.due_at, "reason": held.reason} if held else {}


@login_required
@require_POST
@frame.post_in_one
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The assignment is due for the student as for all others."""
    assert isinstance(request.user, User)
    found = Extension.objects.run_by(request.user).select_related("assignment__exercise", "student")
    extension = get_object_or_404(found.select_related("assignment__session__course"), pk=pk)
    extension.assignment.session.lock()
    extension.take_back(request.user)
    messages.success(request, f"The extension of {extension.student} is taken back. They are written to.")
    return redirect("extensions", extension.assignment_id)
