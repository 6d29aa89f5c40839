"""A CSV file of scores that is chosen, looked at, and confirmed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from courses.sheets import Unreadable, text_of
from grader.gradebook.book import Book
from grader.gradebook.exchange.sheet import LARGEST_BYTES, Sheet, read
from grader.gradebook.models import Override


class SheetForm(forms.Form):
    """The file; on the way to being confirmed its text, and `token`, the mark of the changes that were looked at."""

    file = forms.FileField(
        label="CSV file",
        required=False,
        help_text="One that was downloaded here, with scores edited in it.",
        widget=forms.FileInput({"accept": ".csv,text/csv,text/plain"}),
    )
    sheet = forms.CharField(
        required=False, strip=False, max_length=LARGEST_BYTES, widget=forms.Textarea({"hidden": True})
    )
    token = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        required=False,
        max_length=Override._meta.get_field("reason").max_length,
        help_text="Students whose scores change read it.",
    )

    def __init__(self, book: Book, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.book, self.text, self.found = book, "", Sheet()

    def clean(self) -> dict[str, Any]:
        """Read the file or, where none comes, the text that was carried along."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return given
        file = given.get("file")
        try:
            self.text = text_of(file.read(LARGEST_BYTES + 1), LARGEST_BYTES) if file else given["sheet"]
            if not self.text.strip():
                raise ValidationError("Choose a CSV file.")
            self.found = read(self.text, self.book)
        except Unreadable as unreadable:
            raise ValidationError(str(unreadable)) from unreadable
        return given
