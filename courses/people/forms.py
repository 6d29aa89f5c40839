"""What people say about themselves."""

import zoneinfo

from django import forms

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
