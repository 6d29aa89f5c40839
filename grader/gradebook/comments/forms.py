"""Writing a comment on a line."""

from django import forms

from grader.gradebook.comments.models import LONGEST


class CommentForm(forms.Form):
    """A line of the file, counted from 1, and what to say of it."""

    line = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Comment",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        help_text="Markdown: `code`, *emphasis*, formulas in $…$.",
    )


class RewordForm(CommentForm):
    """Another text for a comment; its line stays."""

    line = None  # type: ignore[assignment]
