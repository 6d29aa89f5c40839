"""What is written in a thread."""

from django import forms


class MessageForm(forms.Form):
    """A question or an answer."""

    text = forms.CharField(
        label="Your message",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write what you would like to know or to say."},
    )
