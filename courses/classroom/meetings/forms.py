"""Planning meetings: days and times of day as the clocks of the session's time zone show them."""

import datetime
import itertools
import zoneinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from courses.catalog.models import Lecture
from courses.classroom.meetings.models import Meeting, wall_time
from courses.classroom.meetings.series import days
from courses.sessions.models import Session, day
from courses.templatetags.dates import city_of

# Which of both is meant in the hour that is shown twice; "" where nobody was asked yet.
READINGS = {"": None, "first": False, "second": True}
WEEKDAYS = list(enumerate(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]))


class TimesForm(forms.Form):
    """Start and end as times of day. Which of both is asked only where the clocks show a time twice."""

    start = forms.TimeField(widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    end = forms.TimeField(widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    start_reading = forms.ChoiceField(
        label="Which of both starts", required=False, choices=[(key, key) for key in READINGS], widget=forms.HiddenInput
    )
    end_reading = forms.ChoiceField(
        label="Which of both ends", required=False, choices=[(key, key) for key in READINGS], widget=forms.HiddenInput
    )

    room = forms.CharField(max_length=200, required=False)
    join_url = forms.URLField(
        label="Join link",
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=Meeting._meta.get_field("join_url").validators,
        help_text="WebEx, GoToMeeting, or any other. Only people of this session are led to it.",
        error_messages={"invalid": "Write a web address, such as https://example.com/room."},
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        for name in ("start", "end"):
            self.fields[name].help_text = f"In {city_of(session.time_zone)}, the session's time zone."

    def is_within(self, name: str, date: datetime.date, advice: str = "Choose another day.") -> bool:
        """Whether the session takes place on this day; False, with an error at the field, where it does not."""
        within = self.session.starts_on <= date <= self.session.ends_on
        if not within:
            from_to = f"{day(self.session.starts_on)} to {day(self.session.ends_on)}"
            self.add_error(name, f"The session runs from {from_to}, and {day(date)} is outside of it. {advice}")
        return within

    def moment_of(self, name: str, date: datetime.date) -> datetime.datetime | None:
        """The moment of `start` or `end` on this day; None, with an error at the field, where there is none."""
        time = self.cleaned_data.get(name)
        if time is None:
            return None
        try:
            return wall_time(date, time, self.session.time_zone)
        except ValidationError as refused:
            if refused.code == "repeated":
                self.ask_which(name, date, time)
                later = READINGS[self.cleaned_data.get(f"{name}_reading", "")]
                if later is not None:
                    return wall_time(date, time, self.session.time_zone, later=later)
            self.add_error(name, refused)
            return None

    def ask_which(self, name: str, date: datetime.date, time: datetime.time) -> None:
        """Show the choice between both hours of this time."""
        local = datetime.datetime.combine(date, time, zoneinfo.ZoneInfo(self.session.time_zone))
        names = [f"{local:%Z}", f"{local.replace(fold=1):%Z}"]
        self.fields[f"{name}_reading"].widget = forms.Select(
            choices=[
                ("", "Choose one"),
                ("first", f"The first, {names[0]}, before the clocks are put back"),
                ("second", f"The second, {names[1]}, after the clocks are put back"),
            ]
        )

    def take(self, meeting: Meeting, date: datetime.date) -> bool:
        """Put the meeting on this day; False, with errors at the fields, where it cannot be."""
        starts_at, ends_at = self.moment_of("start", date), self.moment_of("end", date)
        if starts_at is None or ends_at is None:
            return False
        meeting.starts_at, meeting.ends_at = starts_at, ends_at
        try:
            meeting.check_times()
        except ValidationError as wrong:
            self.refuse(wrong)
            return False
        return True

    def refuse(self, wrong: ValidationError) -> None:
        """Show what is wrong with a meeting's times beside the field that can mend it."""
        if not hasattr(wrong, "error_dict"):
            self.add_error(None, wrong)
            return
        for column, errors in wrong.error_dict.items():
            self.add_error({"starts_at": "start", "ends_at": "end"}[column], errors)


class MeetingForm(TimesForm, forms.ModelForm):
    """One meeting."""

    date = forms.DateField(label="Day", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    class Meta:
        model = Meeting
        fields = ["title", "room", "join_url", "lectures"]
        help_texts = {"title": "Empty: the meeting is called by its lectures."}

    field_order = ["date", "start", "start_reading", "end", "end_reading", "title", "room", "join_url", "lectures"]

    def __init__(self, *args: Any, session: Session, instance: Meeting, **kwargs: Any) -> None:
        initial = written(instance) | kwargs.pop("initial", {}) if instance.pk else kwargs.pop("initial", {})
        super().__init__(*args, session=session, instance=instance, initial=initial, **kwargs)
        self.fields["date"].widget.attrs |= {"min": str(session.starts_on), "max": str(session.ends_on)}
        self.fields["lectures"] = LecturesField(session)
        for name in ("start", "end"):
            if f"{name}_reading" in initial:
                self.ask_which(name, initial["date"], initial[name])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (date := cleaned.get("date")) is not None and self.is_within("date", date):
            self.take(self.instance, date)
        return cleaned


class SeriesForm(TimesForm):
    """Meetings on the same weekdays."""

    first_date = forms.DateField(label="First day", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    number = forms.IntegerField(label="How many meetings", min_value=1, max_value=100, initial=10)
    weekdays = forms.TypedMultipleChoiceField(
        label="On which weekdays",
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None: each week on the weekday of the first day.",
    )
    lectures_each = forms.IntegerField(
        label="Lectures a meeting",
        min_value=0,
        max_value=20,
        initial=0,
        required=False,
        help_text="So many each, in the course's order, from the first that no meeting covers. 0: name them later.",
    )

    field_order = [
        "first_date",
        "number",
        "weekdays",
        "start",
        "start_reading",
        "end",
        "end_reading",
        "room",
        "join_url",
    ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.meetings: list[Meeting] = []
        if {"first_date", "number", "weekdays"} <= set(cleaned) and self.is_within("first_date", cleaned["first_date"]):
            for date in itertools.islice(days(cleaned["first_date"], cleaned["weekdays"]), cleaned["number"]):
                if not self.fits(date):
                    break
        return cleaned

    def fits(self, date: datetime.date) -> bool:
        """Add a meeting on this day; False, with errors at the fields, where it cannot be."""
        if not self.is_within("number", date, f"At most {len(self.meetings)} fit."):
            return False
        room, join_url = self.cleaned_data.get("room", ""), self.cleaned_data.get("join_url", "")
        meeting = Meeting(session=self.session, room=room, join_url=join_url)
        self.meetings.append(meeting)
        return self.take(meeting, date)


class LecturesField(forms.ModelMultipleChoiceField):
    """The lectures of a session's course, in the outline's order and with its numbers."""

    def __init__(self, session: Session) -> None:
        self.numbers = {place.lecture_id: str(place) for place in session.course.places.outline()}
        ordered = session.course.lectures.order_by("places__section__position", "places__position")
        super().__init__(
            ordered.filter(places__course=session.course).only("slug", "title").distinct(),
            label="Lectures that it covers",
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def label_from_instance(self, obj: Lecture) -> str:
        return self.numbers.get(obj.pk, obj.title)


def written(meeting: Meeting) -> dict[str, Any]:
    """The fields that a meeting's times are written in, as they are now."""
    local = {"start": meeting.starts_at.astimezone(meeting.zone), "end": meeting.ends_at.astimezone(meeting.zone)}
    twice = {name: at for name, at in local.items() if at.utcoffset() != at.replace(fold=1 - at.fold).utcoffset()}
    readings = {f"{name}_reading": "second" if at.fold else "first" for name, at in twice.items()}
    return {"date": local["start"].date(), **{name: at.time() for name, at in local.items()}, **readings}
