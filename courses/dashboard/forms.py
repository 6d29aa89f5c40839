"""What the figures of the school are asked for by: a range, and a course, a modality or a place."""

from typing import Any

from django import forms

from courses.catalog.models import Course
from courses.dashboard.ranges import RangeForm
from courses.keys import key_of
from courses.sessions.models import Session


class SchoolForm(RangeForm):
    """A range, and of which sessions."""

    course = forms.ModelChoiceField(Course.objects.order_by("title"), required=False, empty_label="All courses")
    modality = forms.ChoiceField(required=False, choices=[("", "All"), *Session.Modality.choices])
    place = forms.ChoiceField(required=False)

    def __init__(self, query: Any) -> None:
        super().__init__(query)
        places = Session.objects.exclude(place="").order_by("place").values_list("place", flat=True).distinct()
        self.fields["place"].choices = [("", "All places"), *((place, place) for place in places)]  # type: ignore[attr-defined]

    @property
    def where(self) -> dict[str, Any]:
        """Of which sessions, as lookups of a row that has a session."""
        asked = self.cleaned_data
        found = {"session__course": asked["course"] and asked["course"].pk}
        found |= {f"session__{name}": asked[name] for name in ("modality", "place")}
        return {lookup: value for lookup, value in found.items() if value}


class RowsForm(SchoolForm):
    """Of a session, too: for lists of the rows behind a number."""

    session = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, query: Any) -> None:
        super().__init__(query)
        # Rows are compared with nothing.
        del self.fields["compare"]

    @property
    def chosen_session(self) -> Session | None:
        """The one that is asked for; None where none is, or there is none of this key."""
        key = key_of(self.cleaned_data["session"])
        return Session.objects.filter(pk=key).select_related("course").first() if key else None

    @property
    def where(self) -> dict[str, Any]:
        session = self.cleaned_data["session"]
        return super().where | ({"session": key_of(session)} if session else {})


class EnrollmentRowsForm(RowsForm):
    """Who enrolled, or who withdrew, in these days."""

    what = forms.ChoiceField(
        label="Who", required=False, choices=[("", "Enrolled"), ("withdrawn", "No longer enrolled")]
    )


class PaymentRowsForm(RowsForm):
    """Payments and refunds of these days."""

    kind = forms.ChoiceField(
        label="What",
        required=False,
        choices=[("", "Payments and refunds"), ("payment", "Payments"), ("refund", "Refunds")],
    )
    currency = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)
