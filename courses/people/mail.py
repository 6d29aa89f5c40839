"""Mail that leaves: written in the transaction that gives reason for it, sent by a worker afterwards.

A mail server that is down loses nothing: what waits is tried again, less and less often. Each mail is one
template, in Markdown: its text is sent as text and, rendered, as HTML. Its first line is the subject. What people
typed, such as a name, goes into a template as `{{ name|literal }}`, so that it is no Markdown there.
"""

import re
import string
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from courses import bell, markdown
from courses.outbox import Outgoing, OutgoingQuerySet
from courses.people.kinds import ON_REQUEST, OPTIONAL, Kind
from courses.people.models import User

DELIVER = "courses.people.tasks.deliver"


MUTE_SALT = "courses.people.mail.mute"
# Stands before each character that is to be just itself: a backslash in Markdown, nothing in text. Nobody types it.
LITERAL = "\ue000"
PUNCTUATION = re.compile(f"([{re.escape(string.punctuation)}])")


def literal(value: object) -> str:
    """What people typed, on one line, for a template in Markdown: no character of it means anything."""
    return PUNCTUATION.sub(LITERAL + r"\1", " ".join(str(value).replace(LITERAL, "").split()))


def choices_of(person: User) -> list[Kind]:
    """The kinds of mail that the person may do without or ask for."""
    return OPTIONAL + (ON_REQUEST if person.is_admin or hasattr(person, "instructor") else [])


def wants(person: User, kind: Kind) -> bool:
    """Whether the person gets mail of this kind."""
    if kind in ON_REQUEST:
        return person.is_active and kind in person.asked_for and kind in choices_of(person)
    return person.is_active and (kind not in OPTIONAL or kind not in person.muted)


def mute_address(person: User, kind: str) -> str:
    """The path at which this person, and nobody else, turns this kind off without signing in."""
    return reverse("mute_mail", args=[signing.Signer(salt=MUTE_SALT).sign_object([person.pk, kind])])


def muted_by(token: str) -> tuple[User, Kind] | None:
    """Whom and what an address of `mute_address` is about; None where it is none of ours."""
    try:
        pk, kind = signing.Signer(salt=MUTE_SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=pk, is_active=True).first()
    return None if person is None else (person, Kind(kind))


class Mail(Outgoing):
    """A mail to one address, with what became of it."""

    address = models.EmailField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="mail")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    headers = models.JSONField(default=dict, blank=True, help_text="further headers, name: value")
    written_at = models.DateTimeField(default=timezone.now)

    objects = OutgoingQuerySet["Mail"].as_manager()

    class Meta:
        verbose_name_plural = "mail"
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(name="mail_due", fields=["due_at"], condition=models.Q(sent_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.address}"


def write(
    to: User | str, kind: Kind, template: str, *, headers: Mapping[str, str] | None = None, **context: Any
) -> Mail | None:
    """Write a mail from courses/mail/TEMPLATE.md; None where the person does not want this kind.

    to : a person, or an address where nobody signs in yet.
    headers : further ones; they go before those that each mail has.
    context : what the template names, beside `person`, `site` (the address of the site, without a slash at its end).
    Dates in it are in the person's time zone, in UTC for an address.
    """
    person = to if isinstance(to, User) else None
    if person is not None and not wants(person, kind):
        return None
    values = {"person": person, "site": settings.SITE_URL, **context}
    with timezone.override(person.time_zone if person is not None else "UTC"):
        source = render_to_string(f"courses/mail/{template}.md", values).strip()
    subject, _, text = source.replace(LITERAL, "").partition("\n")
    subject, text = " ".join(subject.split())[:300], text.strip()
    preferences = (
        settings.SITE_URL + reverse("mail_preferences") if person is not None and kind in OPTIONAL + ON_REQUEST else ""
    )
    body = markdown.render(source.partition("\n")[2].replace(LITERAL, "\\"))
    html = render_to_string("courses/mail/layout.html", {"text": body, "subject": subject, "preferences": preferences})
    if preferences:
        text += f"\n\n--\nWhich mail you get: {preferences}"
    mail = Mail.objects.create(
        address=to.email if isinstance(to, User) else to,
        person=person,
        kind=kind,
        subject=subject,
        text=text + "\n",
        html=html,
        headers={name: " ".join(value.split()) for name, value in (headers or {}).items()},
    )
    _ring_once_committed()
    return mail


def _ring_once_committed() -> None:
    """Ring once, however many mails one transaction writes: a broker that is down takes its time to say so."""
    if not any(entry[1] is _ring for entry in transaction.get_connection().run_on_commit):
        transaction.on_commit(_ring)


def _ring() -> None:
    bell.ring(DELIVER, queue="school")
