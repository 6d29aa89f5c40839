"""Asking to have a score looked at again, and answering."""

from django import forms

from grader.gradebook.requests.models import LONGEST


class AskForm(forms.Form):
    """Why the score should be another one."""

    text = forms.CharField(
        label="What should be looked at again, and why",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5}),
        help_text="Name the check or the criterion, and say what speaks for your solution.",
    )


class AnswerForm(forms.Form):
    """What the student is told."""

    answer = forms.CharField(label="Your answer", max_length=LONGEST, widget=forms.Textarea({"rows": 3}))
