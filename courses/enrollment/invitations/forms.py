"""Whom staff invite, and to what."""

from typing import Any

from django import forms

from courses.catalog.models import Instructor
from courses.enrollment.invitations.models import Invitation
from courses.people.models import User
from courses.sessions.models import Session


class InvitationForm(forms.Form):
    """An address, a role, and the sessions that come with it."""

    email = forms.EmailField(label="E-mail address", max_length=254)
    role = forms.ChoiceField(choices=Invitation.Role.choices)
    instructor = forms.ModelChoiceField(
        Instructor.objects.none(),
        label="Profile",
        required=False,
        empty_label="A new one with the person’s name",
        help_text="Of instructors: the public profile that is theirs then. Those that belong to nobody yet.",
    )
    sessions = forms.ModelMultipleChoiceField(
        Session.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Instructors may do without.",
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["instructor"].queryset = Instructor.objects.filter(user=None)  # type: ignore[attr-defined]
        upcoming = Session.objects.upcoming().filter(canceled_at=None).select_related("course")
        self.fields["sessions"].queryset = upcoming  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("role") == Invitation.Role.ASSISTANT:
            given["instructor"] = None
            if not given.get("sessions") and "sessions" not in self.errors:
                self.add_error("sessions", "Choose the sessions in which they assist.")
        return given

    def send(self, actor: User) -> Invitation:
        return Invitation.objects.invite(actor=actor, **self.cleaned_data)


class AssistantForm(forms.Form):
    """The address of an assistant."""

    email = forms.EmailField(
        label="E-mail address", max_length=254, help_text="Who has an account assists at once; others are invited."
    )


class InstructorForm(forms.Form):
    """An instructor to assign."""

    instructor = forms.ModelChoiceField(Instructor.objects.none(), empty_label="Choose an instructor")

    def __init__(self, session: Session, data: Any = None) -> None:
        super().__init__(data)
        others = Instructor.objects.exclude(sessions=session)
        self.fields["instructor"].queryset = others  # type: ignore[attr-defined]
