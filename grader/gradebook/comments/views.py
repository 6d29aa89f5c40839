"""Commenting on lines of a student's code. All of it takes place on the submission's page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from courses.people.models import User
from grader.gradebook import page
from grader.gradebook.comments.forms import CommentForm, RewordForm
from grader.gradebook.comments.models import LineComment, session_to_speak_in


@login_required
@require_POST
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a comment beside a line."""
    assert isinstance(request.user, User)
    submission = get_object_or_404(page.visible_to(request.user), pk=pk)
    if session_to_speak_in(request.user, submission) is None:
        raise Http404
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            said = LineComment.objects.say(submission, request.user, **form.cleaned_data)
            return redirect(said)
        except ValidationError as refused:
            form.add_error(None, refused)
    return page.shown(request, submission, writing=form)


@login_required
@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Reword one's own comment."""
    comment = _own(request, pk)
    form = RewordForm(request.POST)
    if not form.is_valid():
        submission = get_object_or_404(page.visible_to(request.user), pk=comment.submission_id)
        return page.shown(request, submission, changing=(comment.pk, form))
    comment.reword(form.cleaned_data["text"])
    return redirect(comment)


@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own comment back."""
    comment = _own(request, pk)
    address = f"{comment.submission.get_absolute_url()}#line-{comment.line}"
    comment.take_back()
    messages.success(request, "The comment is deleted.")
    return redirect(address)


def _own(request: HttpRequest, pk: int) -> LineComment:
    """A comment that the person may change. Raises Http404."""
    own = LineComment.objects.written_by(request.user)
    return get_object_or_404(
        own.select_related("submission__exercise", "submission__student", "author", "session"), pk=pk
    )
