"""Opening, moving and booking office hours."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from courses.classroom.moments import MomentField
from courses.people.models import User
from courses.sessions.models import Session
from courses.support.hours.models import OfficeHour
from courses.templatetags.dates import city_of


class WhereForm(forms.ModelForm):
    """When a slot begins, and where: in a room, by a link, or both."""

    join_url = forms.URLField(
        label="Join link",
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=OfficeHour._meta.get_field("join_url").validators,
        help_text="Only who has booked is shown it. A room does as well.",
        error_messages={"invalid": "Write a web address, such as https://example.com/room."},
    )

    class Meta:
        model = OfficeHour
        fields = ["room", "join_url", "capacity"]
        help_texts = {"capacity": "How many students can come to the same one."}

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        self.fields["starts_at"] = MomentField(
            session.time_zone,
            label="Begins",
            help_text=f"In {city_of(session.time_zone)}, the session's time zone.",
            initial=self.instance.starts_at,
        )
        self.order_fields(["starts_at", "minutes", "number", "room", "join_url", "capacity"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not (cleaned.get("room") or cleaned.get("join_url") or {"room", "join_url"} & set(self.errors)):
            self.add_error("room", "Say where it is: a room, or a join link.")
        return cleaned

    def refuse(self, wrong: ValidationError) -> None:
        """Show what is wrong with the slot beside the field that can mend it."""
        self.add_error(None, wrong)


class OpenForm(WhereForm):
    """Slots in a row, each as long as the others."""

    minutes = forms.IntegerField(label="Minutes each", min_value=5, max_value=480, initial=20)
    number = forms.IntegerField(label="How many in a row", min_value=1, max_value=24, initial=3)

    def first(self, host: User) -> OfficeHour:
        """The first of them; the others follow one right after another."""
        hour: OfficeHour = self.instance
        hour.session, hour.host, hour.starts_at = self.session, host, self.cleaned_data["starts_at"]
        hour.ends_at = hour.starts_at + datetime.timedelta(minutes=self.cleaned_data["minutes"])
        return hour


class MoveForm(WhereForm):
    """Another time for a slot, which stays as long as it is, or another place."""

    def moved(self) -> OfficeHour:
        """The slot as it is to be."""
        hour: OfficeHour = self.instance
        length = hour.length
        hour.starts_at = self.cleaned_data["starts_at"]
        hour.ends_at = hour.starts_at + length
        return hour


class BookingForm(forms.Form):
    """Which slot, and what about."""

    hour = forms.ModelChoiceField(
        OfficeHour.objects.none(),
        error_messages={"required": "Choose a time.", "invalid_choice": "Choose one of the times."},
    )
    about = forms.CharField(
        label="What is it about?",
        max_length=300,
        help_text="A line, so that it can be prepared: an exercise, a lecture, a question.",
        error_messages={"required": "Say in a line what it is about."},
    )

    def __init__(self, session: Session, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whatever was free when the page was drawn can be asked for, and is refused with the reason.
        self.fields["hour"].queryset = OfficeHour.objects.filter(session=session)  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why an office hour does not take place."""

    reason = forms.CharField(label="Reason, for who has booked it", max_length=300, required=False)
