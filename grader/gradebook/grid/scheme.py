"""Setting how a session's totals are made."""

from django import forms

from courses.people.audit import record
from courses.people.models import User
from grader.gradebook.models import Scheme

MOST_DROPPED = 100


class SchemeForm(forms.ModelForm):
    """How many of each student's lowest scores do not count."""

    class Meta:
        model = Scheme
        fields = ["drop_lowest"]
        labels = {"drop_lowest": "Scores to drop"}
        help_texts = {
            "drop_lowest": "So many of each student’s lowest scores do not count; one always stays. 0: all count."
        }

    def clean_drop_lowest(self) -> int:
        number: int = self.cleaned_data["drop_lowest"]
        if number > MOST_DROPPED:
            raise forms.ValidationError(f"At most {MOST_DROPPED} can be dropped.")
        return number

    def keep(self, actor: User) -> None:
        """Save it, and note what it was. Call it in a transaction."""
        before = self.initial["drop_lowest"]
        scheme = self.save()
        if before != scheme.drop_lowest:
            values = {"drop_lowest": (before, scheme.drop_lowest)}
            record(actor, "changed how many of the lowest scores are dropped", scheme.session, values)
