"""A score that staff type."""

from decimal import Decimal
from typing import Any

from django import forms

from grader.gradebook.cells.typed import number, points_of
from grader.gradebook.models import Override


class OverrideForm(forms.Form):
    """Points of full marks, or percent; nothing takes back what staff decided before.

    seen : the key of the latest override that whoever types has seen.
    """

    points = forms.CharField(
        label="Score", required=False, max_length=40, widget=forms.TextInput({"inputmode": "text"})
    )
    reason = forms.CharField(
        required=False,
        max_length=Override._meta.get_field("reason").max_length,
        help_text="The student reads it.",
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, full: float, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.full = full
        self.fields[
            "points"
        ].help_text = f"Points of {number(full)}, such as {number(full * 0.85)}, or percent, such as 85 %."

    def clean_points(self) -> Decimal | None:
        return points_of(self.cleaned_data["points"], self.full)
