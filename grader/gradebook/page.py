"""The page of a submission, with what people say of it, and the list of one's own."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses.enrollment.access import Person
from courses.keys import key_of
from courses.people.models import User
from grader.assignments.models import Exercise
from grader.gradebook.comments.beside import code_of
from grader.gradebook.comments.forms import CommentForm, RewordForm
from grader.gradebook.comments.models import LineComment
from grader.gradebook.standing import standings_of
from grader.submissions import views
from grader.submissions.models import Submission


def visible_to(person: Person) -> QuerySet[Submission]:
    """Submissions whose page the person may see."""
    return views.visible_to(person)


@login_required
@require_safe
def my_submissions(request: HttpRequest) -> HttpResponse:
    """One's own submissions, newest first, with how many comments there are on each."""
    assert isinstance(request.user, User)
    own = views.own_submissions(request.user)
    said = LineComment.objects.posted().filter(submission__in=[one.pk for one in own])
    numbers = said.number_by_submission()
    for one in own:
        one.comments_shown = numbers.get(one.pk, 0)
    return render(request, "grader/my_submissions.html", {"submissions": own})


@login_required
@require_safe
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """The live status, then the report, the code and what was said of it; only the part that changes where it polls.

    ?comment=12 opens a form at this line, ?edit= one in place of a comment of one's own.
    """
    found = get_object_or_404(visible_to(request.user), pk=pk)
    if request.headers.get("HX-Request"):
        return views.live(request, found)
    writing = CommentForm(initial={"line": request.GET["comment"]}) if "comment" in request.GET else None
    changing = None
    if edited := LineComment.objects.written_by(request.user).filter(pk=key_of(request.GET.get("edit", ""))).first():
        changing = edited.pk, RewordForm(initial={"text": edited.text})
    return shown(request, found, writing=writing, changing=changing)


def shown(
    request: HttpRequest, found: Submission, *, writing: CommentForm | None = None,
    changing: tuple[int, BaseForm] | None = None,
) -> HttpResponse:  # fmt: skip
    """The page, with a form to comment on a line or to change a comment; refused, its status is 400."""
    assert isinstance(request.user, User)
    context = views.status_of(found, request.user)
    code = code_of(found, request.user, context.get("error_line"))
    if writing is not None and code.may_comment:
        code.write(writing)
    if changing is not None:
        code.change(*changing)
    forms = [form for form in (writing, changing[1] if changing else None) if form]
    context |= {
        "code": code,
        "earlier": views.earlier_results(found),
        "may_submit_again": found.student == request.user
        and Exercise.objects.open_to(request.user).filter(pk=found.exercise_id).exists(),
        "standings": standings_of(found, request.user, context["report"]),
    }
    return render(request, "grader/submission.html", context, status=400 if any(one.errors for one in forms) else 200)
