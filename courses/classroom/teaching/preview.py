"""A session as a student of it sees it, now or at another moment, for its staff. Nothing can be done there."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.classroom.moments import MomentField
from courses.classroom.outline import outline_of
from courses.classroom.showing import shown_of
from courses.enrollment import frame
from courses.enrollment.access import StudentOf
from courses.sessions.models import Session
from courses.templatetags.dates import city_of


class MomentForm(forms.Form):
    """Which moment to look at; now, where it is empty."""

    def __init__(self, session: Session, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["at"] = MomentField(
            session.time_zone, required=False, label=f"What students see at ({city_of(session.time_zone)})"
        )


@login_required
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the session's page and its course's outline show a student who has a settled seat in it and in no other.

    ?at= names a moment, on the session's clocks. What is planned is as it is planned now.
    """
    session = frame.staffed(request, pk)
    form = MomentForm(session, request.GET)
    chosen = form.cleaned_data["at"] if form.is_valid() else None
    student = StudentOf(session, chosen or timezone.now())
    return frame.page(
        request, session, "preview", "courses/teaching/preview", form,
        student=student, chosen=chosen, course=session.course, outline=outline_of(session.course, student),
        **shown_of(session, student),
    )  # fmt: skip
