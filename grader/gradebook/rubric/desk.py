"""The page on which staff mark one student's work: the code, the examiner's report, and the rubric beside them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from courses.enrollment import frame
from courses.enrollment.access import members_of
from courses.keys import key_of
from courses.people.models import User
from grader.assignments.assignment import Assignment
from grader.gradebook.book import Book
from grader.gradebook.comments.beside import code_of
from grader.gradebook.rubric.forms import MarkingForm
from grader.gradebook.rubric.marking import MarkedMeanwhile, MarkRefused, Round, mark, marks_of
from grader.gradebook.rubric.views import TAB, assignment_in
from grader.gradebook.scores import Score
from grader.submissions.models import Submission
from grader.submissions.views import status_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, pk: int, assignment: int, student: int) -> HttpResponse:
    """Mark a student's work. What somebody else marked meanwhile answers 409, with what was typed."""
    assert isinstance(request.user, User)
    session = frame.staffed(request, pk)
    shown = assignment_in(session, assignment)
    person = get_object_or_404(members_of(session), pk=student)
    form = MarkingForm(list(shown.criteria.all()), marks_of(shown, person), frame.data(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            mark(shown, person, request.user, form.given)
            return _on(request, shown, person)
        except MarkRefused as refused:
            form.add_error(None, str(refused))
        except MarkedMeanwhile as meanwhile:
            form.marks, form.lost, status = marks_of(shown, person), meanwhile.kept, 409
            messages.error(request, f"{meanwhile} Look at what is kept beside each, then save again to have yours.")
    everybody = Round.of(shown)
    score = Book(session, [person], only={shown.pk}).score(shown, person)
    work, others = _work(request, shown, person, score)
    report = status_of(work, request.user) if work else {}
    return frame.page(
        request, session, TAB, "grader/gradebook/mark", form, status=status,
        assignment=shown, student=person, round=everybody, place=_place(everybody, person), score=score,
        before=everybody.neighbor(person, -1), after=everybody.neighbor(person, 1), work=work, others=others,
        code=code_of(work, request.user, report.get("error_line")) if work else None, **report,
    )  # fmt: skip


def _on(request: HttpRequest, assignment: Assignment, student: User) -> HttpResponse:
    """After saving: to whom the button says."""
    messages.success(request, f"The marks of {student} are saved.")
    following = Round.of(assignment).next_unmarked(student) if "next" in request.POST else student
    if following is None:
        messages.success(request, "Everybody is marked.")
    return redirect("mark", assignment.session_id, assignment.pk, (following or student).pk)


def _place(everybody: Round, student: User) -> int:
    """The student's place among all, from 1."""
    return [one.pk for one in everybody.students].index(student.pk) + 1


def _work(
    request: HttpRequest, assignment: Assignment, student: User, score: Score
) -> tuple[Submission | None, list[Submission]]:
    """The submission that is looked at, the one that counts unless another is asked for; and all there are."""
    handed_in = Submission.objects.filter(student=student, exercise=assignment.exercise_id)
    found = handed_in.exclude(status=Submission.Status.CANCELED).select_related(
        "exercise__lecture", "student", "result", "replaced_by", "regrade_asked_by"
    )
    everything = list(found)
    by_key = {one.pk: one for one in everything}
    wanted = key_of(request.GET.get("submission", "")) or (score.attempt.submission if score.attempt else 0)
    return by_key.get(wanted) or next(iter(everything), None), everything
