"""What is written in a thread, and what staff look for among threads."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from courses.enrollment.access import Person, sessions_to_ask_about
from courses.people.models import User
from courses.sessions.models import Session
from courses.support.files import ALLOWED, ALLOWED_WORDS, MOST_FILES, Checked, FileRefused, check_size, checked
from courses.support.models import Ticket

# Sessions by which a list is filtered, the latest ones.
MOST_SESSIONS = 100


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files that go with a message, each looked into."""

    def __init__(self) -> None:
        super().__init__(
            label="Files",
            required=False,
            help_text=f"At most {MOST_FILES}, up to 5 MiB each: {ALLOWED_WORDS}.",
            widget=FilesInput({"accept": ",".join(ALLOWED)}),
        )

    def clean(self, data: Any, initial: Any = None) -> list[Checked]:
        return checked_all([file for file in data or [] if file])


def checked_all(files: list[UploadedFile]) -> list[Checked]:
    """Uploaded files as they go with a message. Raises ValidationError, with a sentence for each that does not."""
    if len(files) > MOST_FILES:
        raise ValidationError(f"{len(files)} files are too many. Attach at most {MOST_FILES}, and choose them again.")
    good, wrong = [], []
    for file in files:
        name = file.name or "file"
        try:
            check_size(name, file.size or 0)
            good.append(checked(name, file.read()))
        except FileRefused as refused:
            wrong.append(str(refused))
    if wrong and len(good):
        wrong.append("Choose the others again, too.")
    if wrong:
        raise ValidationError(wrong)
    return good


class MessageForm(forms.Form):
    """A question or an answer."""

    text = forms.CharField(
        label="Your message",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Markdown: *emphasis*, lists with -, code between ```, formulas in $…$.",
        error_messages={"required": "Write what you would like to know or to say."},
    )
    files = FilesField()  # type: ignore[assignment]


class AnswerForm(MessageForm):
    """What staff write: to who asks, or a note. A visitor could open no file."""

    internal = forms.BooleanField(label="Only a note for staff: who asks does not see it", required=False)

    def __init__(self, ticket: Ticket, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        if ticket.asker_id is None:
            del self.fields["files"]


class QuestionForm(MessageForm):
    """A new question of a person."""

    subject = forms.CharField(max_length=200, error_messages={"required": "Say in a few words what it is about."})
    session = forms.ModelChoiceField(
        Session.objects.none(),
        label="Session that it concerns",
        required=False,
        empty_label="None in particular",
        help_text="Its instructors answer.",
    )
    field_order = ["subject", "session", "text", "files"]

    def __init__(self, asker: User, data: Any = None, files: Any = None, **options: Any) -> None:
        super().__init__(data, files, **options)
        field: Any = self.fields["session"]
        sessions = list(concerning(sessions_to_ask_about(asker), field))
        if not sessions:
            del self.fields["session"]
        elif len(sessions) == 1:
            field.initial = sessions[0]


class AboutForm(MessageForm):
    """A question about something that a person learns in one of these sessions; in which, where they are several."""

    session = forms.ModelChoiceField(
        Session.objects.none(),
        label="In which session",
        empty_label=None,
        widget=forms.RadioSelect,
        help_text="Its instructors answer.",
        error_messages={"required": "Choose the session whose instructors you ask."},
    )
    field_order = ["session", "text", "files"]

    def __init__(self, sessions: QuerySet[Session], data: Any = None, files: Any = None, **options: Any) -> None:
        super().__init__(data, files, **options)
        self.sessions = list(concerning(sessions, self.fields["session"]))
        if len(self.sessions) < 2:
            del self.fields["session"]

    @property
    def chosen(self) -> Session | None:
        """The one that was chosen, or the only one; None where there is none."""
        return self.cleaned_data.get("session") or next(iter(self.sessions), None)


def concerning(sessions: QuerySet[Session], field: Any) -> QuerySet[Session]:
    """Have the field offer these sessions, by their full names."""
    field.queryset = sessions.select_related("course").order_by("-starts_on", "pk")
    field.label_from_instance = lambda session: session.full_name
    return field.queryset


class AssignForm(forms.Form):
    """Who answers a question."""

    assignee = forms.ModelChoiceField(
        User.objects.none(), label="Who answers", required=False, empty_label="Anybody",
        error_messages={"invalid_choice": "Choose somebody of its session's staff."},
    )  # fmt: skip

    def __init__(self, ticket: Ticket, data: Any = None) -> None:
        super().__init__(data, initial={"assignee": ticket.assignee_id})
        field: Any = self.fields["assignee"]
        field.queryset = ticket.may_be_assigned_to()


class TicketFilter(django_filters.FilterSet):
    """Questions by whose turn it is, who answers them, session, and words."""

    status = django_filters.ChoiceFilter(choices=Ticket.Status.choices, label="Status", empty_label="Any")
    whose = django_filters.ChoiceFilter(
        method="by_assignee",
        label="Who answers",
        empty_label="Anybody",
        choices=[("me", "I"), ("nobody", "Nobody yet")],
    )
    session = django_filters.ChoiceFilter("session", label="Session", empty_label="All")
    q = django_filters.CharFilter(method="by_words", label="Words")

    class Meta:
        model = Ticket
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[Ticket], person: Person) -> None:
        super().__init__(data, queryset)
        self.person = person
        some = Session.objects.filter(pk__in=queryset.values("session")).select_related("course")
        self.filters["session"].extra["choices"] = [
            (session.pk, session.full_name) for session in some.order_by("-starts_on", "pk")[:MOST_SESSIONS]
        ]

    def by_assignee(self, tickets: QuerySet[Ticket], name: str, whose: str) -> QuerySet[Ticket]:
        return tickets.filter(assignee=self.person.pk if whose == "me" else None)

    def by_words(self, tickets: Any, name: str, words: str) -> QuerySet[Ticket]:
        return tickets.containing(words, self.person)
