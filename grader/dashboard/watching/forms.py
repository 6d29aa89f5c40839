"""Putting a student on the watch list, and writing about them."""

from typing import Any

from django import forms

from courses.enrollment.access import members_of
from courses.people.models import User
from courses.sessions.models import Session

LONGEST_NOTE = 2000


class WatchForm(forms.Form):
    """One of the session's students."""

    student = forms.ModelChoiceField(
        User.objects.none(), label="Student", empty_label="Choose a student",
        error_messages={"invalid_choice": "This is no student of the session. Choose one of the list."},
    )  # fmt: skip

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["student"].queryset = members_of(session).order_by("name", "email")  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """What staff want to remember."""

    text = forms.CharField(
        label="Note", max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write the note first."},
    )  # fmt: skip
