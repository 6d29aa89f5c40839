"""What the figures of grading are asked for by."""

from typing import Any

from django import forms

from courses.dashboard.ranges import RangeForm
from grader.assignments.models import Exercise
from grader.dashboard.risk import RISKS
from grader.exercises import FLAVORS
from grader.results import Outcome

OUTCOMES = {
    Outcome.OK: "Ran to its end",
    Outcome.ERROR: "Did not load",
    Outcome.TIME_LIMIT: "Took too long",
    Outcome.MEMORY_LIMIT: "Took too much memory",
    Outcome.OUTPUT_LIMIT: "Printed too much",
    Outcome.PROTOCOL_ERROR: "Gave back what cannot be read",
}


class GradingForm(RangeForm):
    """A range, and which exercises."""

    flavor = forms.ChoiceField(required=False, choices=[("", "All"), *((flavor, flavor) for flavor in FLAVORS)])
    exercise = forms.ModelChoiceField(
        Exercise.objects.order_by("title").only("slug", "title"),
        to_field_name="slug",
        required=False,
        empty_label="All exercises",
    )

    @property
    def where(self) -> dict[str, Any]:
        """Which exercises, as lookups of what has one."""
        asked = self.cleaned_data
        found = {"exercise": asked["exercise"] and asked["exercise"].pk, "exercise__flavor": asked["flavor"]}
        return {lookup: value for lookup, value in found.items() if value}


HANDED_IN = [("", "Handed in"), ("failed", "Failed by our fault"), ("waiting", "Unsettled now")]
GRADED = [("graded", "Graded"), ("regraded", "Graded again")]


class WorkForm(GradingForm):
    """The submissions, or the gradings, behind a number."""

    what = forms.ChoiceField(required=False, choices=[HANDED_IN[0], *GRADED, *HANDED_IN[1:]])
    outcome = forms.ChoiceField(required=False, choices=[("", "Any outcome"), *OUTCOMES.items()])

    def __init__(self, query: Any) -> None:
        super().__init__(query)
        # Rows are compared with nothing.
        del self.fields["compare"]


class HandedInForm(WorkForm):
    """Submissions alone."""

    what = forms.ChoiceField(required=False, choices=HANDED_IN)


class GradedForm(WorkForm):
    """Gradings alone; first ones, where nothing is said."""

    what = forms.ChoiceField(required=False, choices=GRADED)


class RiskForm(forms.Form):
    """Which of the students at risk."""

    reason = forms.ChoiceField(
        required=False, choices=[("", "Any reason"), *((risk.code, risk.label) for risk in RISKS.values())]
    )
