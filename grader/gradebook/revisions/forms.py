"""Other full marks for checks."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django import forms

from grader.gradebook.revisions.checks import CheckRow
from grader.gradebook.rubric.models import plain

BACK = "A change to a check was taken back"


class Row(NamedTuple):
    """A check on the page, with its field."""

    check: CheckRow
    field: forms.BoundField


class RevisionsForm(forms.Form):
    """The full marks of each check, 0 where it is not to count, and why. A check that is not sent stays as it is."""

    reason = forms.CharField(max_length=500, help_text="Students read it.")

    def __init__(self, checks: Sequence[CheckRow], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.checks = checks
        for number, check in enumerate(checks):
            self.fields[f"points {check.name}"] = forms.DecimalField(
                label=f"New full marks of “{check.name}”",
                required=False,
                min_value=0,
                max_digits=8,
                decimal_places=2,
                initial=None if check.now is None else plain(check.now),
                widget=forms.NumberInput({"step": "any", "id": f"check-{number}"}),
            )

    @property
    def rows(self) -> list[Row]:
        return [Row(check, self[f"points {check.name}"]) for check in self.checks]

    @property
    def changes(self) -> dict[str, Decimal | None]:
        """What is to change, once it is valid; None: the check's own full marks again."""
        back = self.data.get("back")
        if back is not None:
            return {str(back): None}
        given = {check.name: self.cleaned_data[f"points {check.name}"] for check in self.checks}
        return {check.name: given[check.name] for check in self.checks if given[check.name] not in (None, check.now)}
