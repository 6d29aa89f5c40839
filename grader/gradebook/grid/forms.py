"""What staff ask of the grid."""

from typing import Any

from django import forms

from grader.gradebook.grid.rows import Sign


class GridFilter(forms.Form):
    """Whom the grid shows, and in which order; what is no choice of it counts as not chosen."""

    q = forms.CharField(label="Name or e-mail", required=False, max_length=100)
    sign = forms.ChoiceField(
        label="With a score that is", required=False, choices=[("", "any"), *((one.value, one.label) for one in Sign)]
    )
    left = forms.BooleanField(label="Also who left", required=False)
    sort = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.is_valid()

    def chosen(self, name: str) -> Any:
        """What was asked for, if it is a choice."""
        return self.cleaned_data.get(name) or ""
