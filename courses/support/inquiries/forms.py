"""What a visitor asks an advisor."""

from typing import Any

from django import forms

from courses.catalog.models import Course


class InquiryForm(forms.Form):
    """Name, address and question; one field is for programs that fill in everything, and is hidden from people."""

    name = forms.CharField(max_length=150, required=False, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="The answer comes there, and nothing else.",
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    course = forms.ModelChoiceField(
        Course.objects.published(),
        label="Course",
        required=False,
        to_field_name="slug",
        empty_label="None in particular",
    )
    text = forms.CharField(
        label="Your question",
        max_length=5_000,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": "Write what you would like to know."},
    )
    website = forms.CharField(
        label="Leave this empty", required=False, widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"})
    )

    @property
    def is_of_a_program(self) -> bool:
        """Whether the field that no person sees was filled in."""
        return bool(self.cleaned_data["website"])

    @property
    def about(self) -> dict[str, Any]:
        """The question as `Ticket.objects.inquire` takes it."""
        given = self.cleaned_data
        return {"address": given["email"], "name": given["name"], "text": given["text"], **topic(given["course"])}


def topic(course: Course | None) -> dict[str, Any]:
    """What an inquiry about a course is called."""
    return {"course": course, "subject": f"Inquiry about {course}"[:200] if course else "Inquiry"}
