"""Writing an announcement."""

from django import forms

from courses.classroom.announcements.models import Announcement


class AnnouncementForm(forms.ModelForm):
    """Title and text."""

    text = forms.CharField(
        max_length=20_000,
        widget=forms.Textarea({"rows": 8}),
        help_text="Markdown: *emphasis*, lists with -, formulas in $…$.",
    )

    class Meta:
        model = Announcement
        fields = ["title", "text"]
