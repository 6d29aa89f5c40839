"""Writing a rubric, and marking by it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms

from grader.assignments.assignment import Assignment
from grader.gradebook.rubric.marking import Given, seen_of
from grader.gradebook.rubric.models import Criterion, Mark, plain

LONGEST = 4_000


class CriterionForm(forms.ModelForm):
    """A criterion: what is looked at, for how many points, and what earns how many of them."""

    points = forms.DecimalField(min_value=Decimal("0.01"), max_digits=8, decimal_places=2)
    description = forms.CharField(
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        help_text="Markdown: what earns how many points. Students read it with their marks.",
    )

    class Meta:
        model = Criterion
        fields = ["title", "points", "description"]


class CopyForm(forms.Form):
    """Another assignment whose criteria are taken over."""

    source = forms.ModelChoiceField(Assignment.objects.none(), label="Copy the criteria of")

    def __init__(self, sources: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]
        self.fields["source"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one} ({one.session})"
        )


class Row(NamedTuple):
    """A criterion on the marking page: its fields, the mark that is kept, what was seen of it.

    lost : whether somebody else gave another mark while this one was typed.
    """

    criterion: Criterion
    points: forms.BoundField
    comment: forms.BoundField
    kept: Mark | None
    seen: str
    lost: bool


class MarkingForm(forms.Form):
    """Points and a comment for each criterion; without points there is no mark."""

    def __init__(self, criteria: Sequence[Criterion], marks: Mapping[int, Mark], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria, self.marks = criteria, marks
        self.lost: Mapping[int, Mark | None] = {}
        for criterion in criteria:
            kept = marks.get(criterion.pk)
            self.fields[f"points-{criterion.pk}"] = forms.DecimalField(
                label=f"Points for {criterion}",
                required=False,
                min_value=0,
                max_value=criterion.points,
                max_digits=8,
                decimal_places=2,
                initial=plain(kept.points) if kept else None,
                error_messages={"max_value": f"At most {plain(criterion.points)} points."},
                widget=forms.NumberInput({"step": "any"}),
            )
            self.fields[f"comment-{criterion.pk}"] = forms.CharField(
                label=f"Comment on {criterion}",
                required=False,
                max_length=LONGEST,
                initial=kept.comment if kept else "",
                widget=forms.Textarea({"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        """Refuses a comment without points."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for criterion in self.criteria:
            name = f"points-{criterion.pk}"
            if name in cleaned and cleaned[name] is None and cleaned.get(f"comment-{criterion.pk}"):
                self.add_error(name, "Give points as well, 0 if need be, so that the comment is kept.")
        return cleaned

    @property
    def given(self) -> dict[Criterion, Given]:
        """What was typed, once it is valid."""
        return {
            one: Given(
                self.cleaned_data[f"points-{one.pk}"], self.cleaned_data[f"comment-{one.pk}"], self._seen(one)
            )
            for one in self.criteria
        }  # fmt: skip

    @property
    def rows(self) -> list[Row]:
        """After a conflict a page has seen what others gave: sent again, what is typed takes its place."""
        return [
            Row(
                one, self[f"points-{one.pk}"], self[f"comment-{one.pk}"], self.marks.get(one.pk),
                seen_of(self.marks.get(one.pk)) if self.lost or not self.is_bound else self._seen(one),
                one.pk in self.lost,
            )
            for one in self.criteria
        ]  # fmt: skip

    def _seen(self, criterion: Criterion) -> str:
        return str(self.data.get(f"seen-{criterion.pk}", ""))
