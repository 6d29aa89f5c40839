"""What people say about themselves."""

import zoneinfo
from typing import Any

from django import forms

from courses.people.mail import choices_of, wants
from courses.people.models import User


class ProfileForm(forms.ModelForm):
    """Name and time zone."""

    class Meta:
        model = User
        fields = ["name", "time_zone"]
        labels = {"name": "Name", "time_zone": "Time zone"}
        help_texts = {"name": "As instructors and pages call you.", "time_zone": "In which you read dates."}
        widgets = {"time_zone": forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"})}

    def time_zones(self) -> list[str]:
        return sorted(zoneinfo.available_timezones())


class MailForm(forms.Form):
    """Which kinds of mail a person wants, of those that they may do without or ask for."""

    wanted = forms.MultipleChoiceField(
        label="Send me",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, person: User, data: Any = None) -> None:
        kinds = choices_of(person)
        super().__init__(data, initial={"wanted": [kind for kind in kinds if wants(person, kind)]})
        self.fields["wanted"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.person = person

    def save(self) -> None:
        self.person.want(self.cleaned_data["wanted"], of=[kind.value for kind in choices_of(self.person)])
