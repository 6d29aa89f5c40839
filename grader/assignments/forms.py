"""Assigning exercises, editing assignments, granting extensions. Moments are those of the session's clocks."""

import datetime
import zoneinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from courses.classroom.moments import MomentField
from courses.classroom.progress import path
from courses.classroom.teaching.duplicating import shifted
from courses.enrollment.access import members_of
from courses.sessions.models import Session
from courses.templatetags.dates import city_of, moment_in
from grader.assignments.assignment import Assignment
from grader.assignments.extension import Extension, refuse_due
from grader.assignments.models import Exercise

WEEK = datetime.timedelta(days=7)


class RuleForm(forms.ModelForm):
    """When an assignment opens and is due, what it weighs, and what lateness costs."""

    class Meta:
        model = Assignment
        fields = [
            "opens_at", "due_at", "weight", "attempts", "counted", "grace_days", "late_percent", "late_days", "hidden",
        ]  # fmt: skip
        labels = {
            "attempts": "Attempts that count", "counted": "Which of them is the score",
            "grace_days": "Days of grace", "late_percent": "Percent that each further day late takes",
            "late_days": "Days after which late work does not count", "hidden": "Hide scores until they are posted",
        }  # fmt: skip
        help_texts = {
            "weight": "Its share of the total, beside the others. 0 is practice: it is scored and never counts.",
            "attempts": "The first ones. Empty: all.",
            "grace_days": "So many days late cost nothing.",
            "late_percent": "Of the marks earned, as soon as the day has begun.",
            "late_days": "Days of grace are among them. 0: late work never counts.",
            "hidden": "Students see what the examiner says of their code all the same.",
        }  # fmt: skip

    def __init__(self, data: QueryDict | None, instance: Assignment) -> None:
        super().__init__(data, instance=instance)
        zone = instance.session.time_zone
        clocks = f"On the clocks in {city_of(zone)}, the session's time zone."
        self.fields["opens_at"] = MomentField(
            zone, label="Opens", required=False, help_text=f"{clocks} Empty: with its lecture."
        )
        self.fields["due_at"] = MomentField(
            zone, later=True, label="Due", required=False, help_text=f"{clocks} Empty: as long as work is taken."
        )
        self.fields["hidden"].label_suffix = ""

    def clean_opens_at(self) -> datetime.datetime | None:
        return self._as_it_was("opens_at")

    def clean_due_at(self) -> datetime.datetime | None:
        return self._as_it_was("due_at")

    def _as_it_was(self, name: str) -> datetime.datetime | None:
        """To the second, where nobody has changed what the field tells to the minute."""
        typed = self.instance.pk is None or name in self.changed_data
        at: datetime.datetime | None = self.cleaned_data[name] if typed else self.initial[name]
        return at


class AssignmentForm(RuleForm):
    """An assignment that is there. `version` is the one that the page showed."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, instance: Assignment) -> None:
        super().__init__(data, instance)
        self.initial["version"] = instance.version

    def conflicts(self) -> list[tuple[str, str, str]]:
        """Of each field that differs from what others made of it: its label, theirs, and what was typed here."""
        names = [name for name in self.changed_data if name in self.cleaned_data and name != "version"]
        labels = [str(self[name].label) for name in names]
        pairs = [(self._told(name, self.initial[name]), self._told(name, self.cleaned_data[name])) for name in names]
        return [(label, theirs, typed) for label, (theirs, typed) in zip(labels, pairs, strict=True)]

    def _told(self, name: str, value: Any) -> str:
        if isinstance(value, datetime.datetime):
            return moment_in(value, self.instance.session.time_zone)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if name == "counted":
            return Assignment.Counted(value).label
        return "empty" if value is None else str(value)


class ExercisesField(forms.ModelMultipleChoiceField):
    """Exercises of the session's course that were never assigned in it, in the order in which to take its lectures."""

    def __init__(self, session: Session) -> None:
        self.places = {place.lecture_id: (number, place) for number, place in enumerate(path(session.course))}
        left = Exercise.objects.filter(current=True, lecture__in=self.places).exclude(assignments__session=session)
        super().__init__(
            left.defer("statement", "starter", "hints"), label="Exercises", widget=forms.CheckboxSelectMultiple
        )
        ordered = self.in_order(self.queryset)
        self.choices = [(exercise.pk, self.label_from_instance(exercise)) for exercise in ordered]

    def in_order(self, exercises: Any) -> list[Exercise]:
        return sorted(exercises, key=lambda one: (self.places[one.lecture_id][0], one.difficulty, one.slug))

    def label_from_instance(self, obj: Exercise) -> str:
        return f"{self.places[obj.lecture_id][1]}: {obj.title}"


class AddForm(RuleForm):
    """Several exercises with one rule, due at once or one after another."""

    every = forms.IntegerField(
        label="Days from one due date to the next", min_value=0, max_value=90, initial=0, required=False,
        help_text="In the order of their lectures; when they open moves along. 0: all are due at once.",
    )  # fmt: skip

    field_order = ["exercises", "opens_at", "due_at", "every"]

    def __init__(self, data: QueryDict | None, session: Session) -> None:
        super().__init__(data, Assignment(session=session))
        self.session = session
        self.initial["due_at"] = f"{session.today + WEEK}T23:59"
        self.exercises = ExercisesField(session)
        self.fields["exercises"] = self.exercises
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Leaves in `assignments` what is to be assigned."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.assignments: list[Assignment] = []
        if self.errors:
            return cleaned
        columns = {name: cleaned[name] for name in self.Meta.fields}
        for number, exercise in enumerate(self.exercises.in_order(cleaned["exercises"])):
            days = datetime.timedelta(days=number * (cleaned["every"] or 0))
            moments = {name: self.later(cleaned[name], days) for name in ("opens_at", "due_at")}
            self.assignments.append(Assignment(session=self.session, exercise=exercise, **columns | moments))
        if cleaned["every"] and cleaned["due_at"] is None:
            self.add_error("due_at", "Say when the first one is due.")
        for assignment in self.assignments[1:]:
            try:
                assignment.clean()
            except ValidationError as wrong:
                self.add_error("every", f"“{assignment}”: {' '.join(wrong.messages)}")
                break
        return cleaned

    def later(self, at: datetime.datetime | None, days: datetime.timedelta) -> datetime.datetime | None:
        """So many days later by the session's clocks."""
        return shifted(at.astimezone(zoneinfo.ZoneInfo(self.session.time_zone)), days)[0] if at and days else at


class ExtensionForm(forms.ModelForm):
    """A later due date for one student or for several."""

    class Meta:
        model = Extension
        fields = ["reason"]
        help_texts = {"reason": "For staff alone. The students are written to, without it."}

    field_order = ["students", "due_at", "reason"]

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assignment = assignment
        zone = assignment.session.time_zone
        self.fields["students"] = forms.ModelMultipleChoiceField(
            members_of(assignment.session).order_by("name", "email"), widget=forms.CheckboxSelectMultiple
        )
        self.fields["due_at"] = MomentField(
            zone, later=True, label="Due for them", help_text=f"On the clocks in {city_of(zone)}."
        )
        self.order_fields(self.field_order)

    def clean_due_at(self) -> datetime.datetime:
        """Refused where it gives nobody more time."""
        at: datetime.datetime = self.cleaned_data["due_at"]
        refuse_due(self.assignment, at)
        return at
