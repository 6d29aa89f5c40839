"""Forms of a session's recordings."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator, URLValidator
from django.db.models import QuerySet

from courses.catalog.models import Lecture
from courses.classroom.meetings.models import Meeting
from courses.classroom.recordings import captions
from courses.classroom.recordings.clock import clock, seconds_of
from courses.classroom.recordings.models import Recording
from courses.classroom.recordings.parts import Chapter
from courses.sessions.models import Session, day

LARGEST_CAPTIONS = 2 * 2**20
BLANK_ROWS = 3


def web_address(**values: Any) -> forms.URLField:
    """Where a recording lies elsewhere: http and https only, since it becomes a link."""
    return forms.URLField(
        max_length=500, required=False, assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"], message="Give an address that begins with https://.")],
        **values,
    )  # fmt: skip


class MeetingField(forms.ModelChoiceField):
    """A meeting, by its name and day."""

    def label_from_instance(self, meeting: Meeting) -> str:
        return f"{meeting}, {day(meeting.date)}" if meeting.title or meeting.places else str(meeting)


class NewRecordingForm(forms.Form):
    """A recording of a meeting: a title, and a link where the video lies elsewhere."""

    meeting = MeetingField(Meeting.objects.none(), empty_label=None)
    title = forms.CharField(max_length=200, required=False, help_text="Empty: named by its meeting.")
    external_url = web_address(
        label="Link", help_text="Only where the video lies elsewhere. A file is uploaded in the next step."
    )

    def __init__(self, session: Session, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = session.meetings.begun().named()  # type: ignore[attr-defined]


class RecordingForm(forms.Form):
    """What a recording is called, and where it lies if not here."""

    title = forms.CharField(max_length=200, required=False, help_text="Empty: named by its meeting.")
    external_url = web_address(label="Link", help_text="Only where the video lies elsewhere, not here.")

    def __init__(self, recording: Recording, *args: Any, **kwargs: Any) -> None:
        self.recording = recording
        kwargs["initial"] = {"title": recording.title, "external_url": recording.external_url}
        super().__init__(*args, **kwargs)
        if not recording.takes_link:
            del self.fields["external_url"]

    def clean_external_url(self) -> str:
        link: str = self.cleaned_data["external_url"]
        if (why := self.recording.link_refusal(link)) is not None:
            raise forms.ValidationError(why)
        return link


class ClockField(forms.CharField):
    """A place in a recording, such as 1:02:03; its value is in seconds."""

    def prepare_value(self, value: Any) -> Any:
        return clock(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return seconds_of(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class ChapterForm(forms.Form):
    """One row: where it begins, what it is about. An empty row is none."""

    seconds = ClockField(label="From", required=False, max_length=12)
    title = forms.CharField(max_length=200, required=False)
    lecture = forms.ModelChoiceField(Lecture.objects.none(), required=False, empty_label="–")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if "seconds" in self.errors:
            return values
        filled = bool(values.get("title") or values.get("lecture"))
        if filled and values.get("seconds") is None:
            self.add_error("seconds", "Say where the chapter begins, such as 12:34.")
        elif not filled and values.get("seconds") is not None:
            self.add_error("title", "Give the chapter a title, or a lecture. To remove it, empty the whole row.")
        return values

    def chapter(self) -> Chapter | None:
        values = self.cleaned_data
        if values.get("seconds") is None:
            return None
        title = values["title"] or values["lecture"].title
        return Chapter(seconds=values["seconds"], title=title, lecture=values["lecture"])


class Chapters(forms.BaseFormSet):
    """All rows; two chapters do not begin at the same second."""

    def clean(self) -> None:
        seen: set[int] = set()
        for form in self.forms:
            seconds = getattr(form, "cleaned_data", {}).get("seconds")
            if seconds in seen:
                form.add_error("seconds", f"Another chapter begins at {clock(seconds)}, too.")
            if seconds is not None:
                seen.add(seconds)

    def chapters(self) -> list[Chapter]:
        return [chapter for form in self.forms if (chapter := form.chapter()) is not None]


def chapters_form(recording: Recording, data: Any = None) -> Chapters:
    """The recording's chapters as rows, with a few blank ones below."""
    rows = forms.formset_factory(ChapterForm, formset=Chapters, extra=BLANK_ROWS, max_num=500, absolute_max=500)
    initial = [
        {"seconds": chapter.seconds, "title": chapter.title, "lecture": chapter.lecture_id}
        for chapter in recording.chapters.all()
    ]
    formset: Chapters = rows(data, initial=initial, prefix="chapters")  # type: ignore[assignment]
    # Asked once, not once a row.
    lectures = lectures_of(recording)
    choices = [("", "–"), *((lecture.pk, lecture.title) for lecture in lectures)]
    for form in formset.forms:
        form.fields["lecture"].queryset = lectures
        form.fields["lecture"].choices = choices
    return formset


def lectures_of(recording: Recording) -> QuerySet[Lecture]:
    """What a chapter can be about: the lectures of the course, in the order of its outline."""
    places = recording.session.course.places.order_by("section__position", "position")
    return Lecture.objects.filter(places__in=places).order_by("places__section__position", "places__position")


class CaptionForm(forms.Form):
    """Captions in one language, as a file or as text."""

    LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,6})?$"
    language = forms.CharField(
        max_length=10, initial="en", help_text="A code such as en, de or pt-BR.",
        validators=[RegexValidator(LANGUAGE, "Write a code such as en, de or pt-BR.")],
    )  # fmt: skip
    file = forms.FileField(required=False, label="WebVTT file", widget=forms.FileInput(attrs={"accept": ".vtt"}))
    text = forms.CharField(
        required=False,
        strip=False,
        label="Or the text itself",
        widget=forms.Textarea(attrs={"rows": 8, "class": "code"}),
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        field = "file" if values.get("file") else "text"
        try:
            values["text"] = captions.check(self._given(values))
        except captions.CaptionError as error:
            self.add_error(field, str(error))
        return values

    def _given(self, values: dict[str, Any]) -> str:
        """Raises CaptionError."""
        file = values.get("file")
        if file is None:
            if not values.get("text", "").strip():
                raise captions.CaptionError("Choose a WebVTT file, or paste its text.")
            return str(values["text"])
        if file.size > LARGEST_CAPTIONS:
            raise captions.CaptionError("The file has more than 2 MB: captions are text alone.")
        try:
            return str(file.read().decode())
        except UnicodeDecodeError as error:
            raise captions.CaptionError("The file is not in UTF-8. Save it as UTF-8 and choose it again.") from error
