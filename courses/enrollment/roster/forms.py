"""What staff ask of a roster, and write to its people."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from courses.enrollment.roster.members import SORTS, Roster
from courses.enrollment.roster.sheets import LONGEST_NAME, Row, rows_of
from courses.sheets import LARGEST_BYTES, Unreadable, text_of


class RosterFilter(forms.Form):
    """Which people a roster shows; what is no choice of it counts as not chosen."""

    q = forms.CharField(label="Name or e-mail", required=False, max_length=100)
    standing = forms.ChoiceField(label="Who", required=False)
    sort = forms.ChoiceField(
        required=False, choices=[(minus + key, key) for key in SORTS for minus in ("", "-")], widget=forms.HiddenInput
    )

    def __init__(self, roster: Roster, data: Any) -> None:
        super().__init__(data)
        self.fields["standing"].choices = [  # type: ignore[attr-defined]
            (standing.value, f"{standing.label} ({number})") for standing, number in roster.counts().items()
        ]
        self.is_valid()

    @property
    def chosen(self) -> dict[str, str]:
        """`standing`, `words` and `sort`, as Roster.rows takes them."""
        given = self.cleaned_data
        return {
            "standing": given.get("standing") or "seated",
            "words": given.get("q") or "",
            "sort": given.get("sort") or "name",
        }


class LetterForm(forms.Form):
    """A letter to some people of a session."""

    subject = forms.CharField(max_length=200)
    text = forms.CharField(
        max_length=10_000, widget=forms.Textarea({"rows": 10}), help_text="Markdown: *emphasis*, lists, links, $σ(z)$."
    )


class PersonForm(forms.Form):
    """A person to enroll."""

    email = forms.EmailField(label="E-mail address", max_length=254)
    name = forms.CharField(
        max_length=LONGEST_NAME, required=False, help_text="For a new account; who has one keeps their name."
    )
    waive = forms.BooleanField(label="They owe nothing", required=False)

    def __init__(self, data: Any = None, *, may_waive: bool) -> None:
        super().__init__(data)
        if not may_waive:
            del self.fields["waive"]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class SheetForm(forms.Form):
    """A list of people as a CSV file; on the way to being confirmed, its text."""

    file = forms.FileField(
        label="CSV file",
        required=False,
        help_text="A first row with the columns email and name, then one person a row; UTF-8.",
        widget=forms.FileInput({"accept": ".csv,text/csv,text/plain"}),
    )
    sheet = forms.CharField(
        required=False, strip=False, max_length=LARGEST_BYTES, widget=forms.Textarea({"hidden": True})
    )
    waive = forms.BooleanField(label="They owe nothing", required=False)

    def __init__(self, data: Any = None, files: Any = None, *, may_waive: bool) -> None:
        super().__init__(data, files)
        self.rows: list[Row] = []
        self.text = ""
        if not may_waive:
            del self.fields["waive"]

    def clean(self) -> dict[str, Any]:
        """Read the file or, where none comes, the text that was carried along."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return given
        file = given.get("file")
        try:
            self.text = text_of(file.read(LARGEST_BYTES + 1)) if file else given["sheet"]
            if not self.text.strip():
                raise ValidationError("Choose a CSV file.")
            self.rows = rows_of(self.text)
        except Unreadable as unreadable:
            raise ValidationError(str(unreadable)) from unreadable
        return given
