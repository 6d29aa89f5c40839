"""Making, editing, duplicating and canceling sessions."""

import datetime
import zoneinfo
from typing import Any

from django import forms

from courses.enrollment.access import courses_for
from courses.people.models import User
from courses.sessions.models import Session, validate_day
from courses.templatetags.dates import city_of


def date_input(**attributes: str) -> forms.DateInput:
    return forms.DateInput({"type": "date", **attributes}, format="%Y-%m-%d")


class SessionForm(forms.ModelForm):
    """A session's facts. Admins name the instructors too; everybody else teaches what they make."""

    class Meta:
        model = Session
        fields = [
            "course", "modality", "place", "time_zone", "starts_on", "ends_on", "submissions_close_on", "seats",
            "price", "currency", "hold_hours", "offer_hours", "refund_full_days", "refund_late_percent", "instructors",
        ]  # fmt: skip
        labels = {
            "modality": "How it is held", "starts_on": "First day", "ends_on": "Last day",
            "submissions_close_on": "Work is taken until", "hold_hours": "Hours that an unpaid seat is kept",
            "offer_hours": "Hours that a free seat is offered to who waits",
            "refund_full_days": "Days before the first one with a full refund",
            "refund_late_percent": "Percent paid back later",
        }  # fmt: skip
        help_texts = {
            "place": "A city or an address. Empty where it is online.",
            "time_zone": "Days and times of the session are in it. Meetings stay at their moments when it changes.",
            "submissions_close_on": "Empty: always.",
            "currency": "Three letters, such as USD.",
            "hold_hours": "From the order on. Then the seat goes to whoever waits.",
            "offer_hours": "Then the next in line is asked.",
            "refund_full_days": "Who withdraws so many days before, or earlier, gets everything back.",
            "refund_late_percent": "For who withdraws after that, before the first day. From then on nothing.",
        }
        widgets = {
            "starts_on": date_input(), "ends_on": date_input(), "submissions_close_on": date_input(),
            "time_zone": forms.TextInput({"list": "time-zones", "autocomplete": "off"}),
            "instructors": forms.CheckboxSelectMultiple,
        }  # fmt: skip

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["course"]
            self.fields["seats"].widget.attrs["min"] = self.instance.seats_taken
        else:
            self.fields["course"].queryset = courses_for(actor)  # type: ignore[attr-defined]
            self.fields["time_zone"].initial = actor.time_zone
        if not actor.is_admin:
            del self.fields["instructors"]

    def time_zones(self) -> list[str]:
        return sorted(zoneinfo.available_timezones())

    def clean_currency(self) -> str:
        """In capitals, as money is written."""
        currency: str = self.cleaned_data["currency"]
        return currency.upper()


class DuplicateForm(forms.Form):
    """On which day the new session begins."""

    starts_on = forms.DateField(label="First day of the new session", widget=date_input(), validators=[validate_day])

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        weeks = (session.ends_on - session.starts_on).days // 7 + 1
        day, city = self.fields["starts_on"], city_of(session.time_zone)
        day.initial = session.starts_on + datetime.timedelta(weeks=weeks)
        day.help_text = f"All days move with it; times of day stay as the clocks in {city} show them."


class CancelForm(forms.Form):
    """Why a session does not take place; people are told."""

    reason = forms.CharField(
        label="Reason",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Everybody concerned reads it.",
        error_messages={"required": "Say why: everybody who is enrolled or waits will read it."},
    )
