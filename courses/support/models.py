"""Questions and their answers, one thread each: people's about what they learn, visitors' before they enroll."""

import datetime
from collections.abc import Container, Iterable
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince

from courses.catalog.models import Course
from courses.enrollment.access import (
    Person,
    admins,
    is_admin,
    sessions_staffed_by,
    staff_of,
    staff_of_session,
    students_of,
)
from courses.keys import key_of
from courses.people.audit import record
from courses.people.models import User
from courses.sessions.models import Session
from courses.support import threads
from courses.support.attachments import Attachment
from courses.support.files import Checked
from courses.support.messages import Message

# What one person may write within an hour as the one who asks; who answers may write as much as they like.
MESSAGES_AN_HOUR = 30
# The same text again within this time is a button that was pressed twice.
TWICE = datetime.timedelta(minutes=2)


class TicketRefused(Exception):
    """What is asked of a question cannot be had as things stand; the message says why and what to do."""


def _staffed(person: User) -> Q:
    """Of a session that the person teaches or assists in, or, where none is named, of a student of theirs."""
    return Q(session__in=sessions_staffed_by(person)) | Q(session=None, asker__in=students_of(person))


class TicketQuerySet(models.QuerySet["Ticket"]):
    def answerable_by(self, person: Person) -> "TicketQuerySet":
        """Those that the person answers as staff: of their sessions and students, all for admins; never one's own."""
        if not isinstance(person, User):
            return self.none()
        others = self.exclude(asker=person)
        return others if is_admin(person) else others.filter(_staffed(person))

    def visible_to(self, person: Person) -> "TicketQuerySet":
        """One's own, be their session long over, and those that one answers."""
        if is_admin(person):
            return self.all()
        if not isinstance(person, User):
            return self.none()
        return self.filter(Q(asker=person) | _staffed(person))

    def waiting_first(self) -> "TicketQuerySet":
        """Who has waited longest for an answer, then what was spoken of last."""
        return self.order_by(F("waiting_since").asc(nulls_last=True), "-last_at", "-pk")

    def containing(self, words: str, person: Person) -> "TicketQuerySet":
        """Those in which each word occurs: in the subject, in what the person may read of it, or in who asks."""
        found = self
        for word in words.split()[:10]:
            said = Message.objects.visible_to(person).filter(text__icontains=word).values("ticket")
            found = found.filter(
                Q(subject__icontains=word) | Q(pk=key_of(word.lstrip("#"))) | Q(pk__in=said)
                | Q(asker__name__icontains=word) | Q(asker__email__icontains=word)
                | Q(name__icontains=word) | Q(address__icontains=word)
            )  # fmt: skip
        return found


class TicketManager(models.Manager.from_queryset(TicketQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def ask(self, asker: User, text: str, *, files: Iterable[Checked] = (), came: str = "", **about: Any) -> "Ticket":
        """A new question; whoever answers it is told. Asked again at once, it is the same one. Raises TicketRefused.

        about : subject, session, about_url, attachment. came : the Message-ID of the mail that it came by.
        """
        User.objects.select_for_update(no_key=True).get(pk=asker.pk)
        lately = self.filter(asker=asker, subject=about["subject"], asked_at__gt=timezone.now() - TWICE)
        if (same := lately.filter(messages__text=text).first()) is not None:
            return same
        ticket: Ticket = self.create(asker=asker, **about)
        ticket.say(asker, text, files=files, came=came)
        return ticket

    @transaction.atomic
    def inquire(
        self, address: str, name: str, text: str, *, files: Iterable[Checked] = (), came: str = "", **about: Any
    ) -> "Ticket":
        """A question of somebody without an account, answered by admins by e-mail. `about`: subject, course."""
        ticket: Ticket = self.create(address=address.lower(), name=name, **about)
        ticket.say(None, text, files=files, came=came)
        return ticket


class Ticket(models.Model):
    """A question: who asks, about what, whose turn it is, and what was attached to it when it was asked."""

    class Status(models.TextChoices):
        OPEN = "open", "Waits for an answer"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed"

    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="tickets",
        help_text="empty for a visitor, who has an address instead",
    )  # fmt: skip
    address = models.EmailField(blank=True)
    name = models.CharField(max_length=150, blank=True)
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="tickets")
    course = models.ForeignKey(Course, models.SET_NULL, null=True, blank=True, related_name="+")
    subject = models.CharField(max_length=200)
    about_url = models.CharField(max_length=300, blank=True, help_text="the page that it is about")
    attachment = models.TextField(blank=True, help_text="Markdown: what the page said when the question was asked")
    asked_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    waiting_since = models.DateTimeField(null=True, blank=True, default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now, help_text="when something was said last")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="assigned_tickets"
    )

    objects = TicketManager()

    class Meta:
        verbose_name = "question"
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                name="ticket_of_person_or_address",
                condition=Q(asker__isnull=False, address="") | (Q(asker__isnull=True) & ~Q(address="")),
            ),
            models.CheckConstraint(
                name="ticket_waits_while_open",
                condition=Q(status="open", waiting_since__isnull=False)
                | (~Q(status="open") & Q(waiting_since__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(name="ticket_waiting", fields=["waiting_since"], condition=Q(status="open")),
            models.Index(name="ticket_last", fields=["-last_at"]),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("ticket", args=[self.pk])

    @property
    def who(self) -> str:
        """Who asks, by name."""
        return str(self.asker) if self.asker is not None else self.name or self.address

    @property
    def wait(self) -> str:
        """For how long it has waited for an answer, “3 hours”; empty where it does not wait."""
        if self.waiting_since is None:
            return ""
        lately = timezone.now() - self.waiting_since < datetime.timedelta(minutes=1)
        return "a moment" if lately else timesince(self.waiting_since, depth=1)

    def staff(self) -> models.QuerySet[User]:
        """Who answers: the staff of its session, or else of the asker's; admins for visitors, and where nobody does."""
        if self.session is not None:
            answering = staff_of_session(self.session)
        else:
            answering = staff_of(self.asker) if self.asker is not None else admins()
        answering = answering.exclude(tickets=self)
        return answering if answering.exists() else admins().exclude(tickets=self)

    def may_be_assigned_to(self) -> models.QuerySet[User]:
        """Its staff, and admins."""
        chosen = Q(pk__in=self.staff().values("pk")) | Q(pk__in=admins().values("pk"))
        return User.objects.filter(chosen).exclude(tickets=self).order_by("name", "email")

    def lock(self) -> None:
        """Read the row anew, and keep others from changing it until the transaction ends."""
        rows = Ticket.objects.select_for_update(of=("self",), no_key=True)
        self.refresh_from_db(from_queryset=rows.select_related("asker", "assignee", "session__course"))

    @transaction.atomic
    def say(
        self, author: User | None, text: str, *, internal: bool = False, files: Iterable[Checked] = (), came: str = ""
    ) -> "Message":
        """Add to the thread; the other side is told by e-mail, of a note nobody. Raises TicketRefused.

        author : None for the visitor who asks. came : the Message-ID of the mail that it came by.
        """
        self.lock()
        asks = author is None or author.pk == self.asker_id
        if asks and internal:
            raise TicketRefused("Notes are for those who answer. Send it as a message.")
        lately = self.messages.filter(author=author, internal=internal, text=text, sent_at__gt=timezone.now() - TWICE)
        if (same := lately.first()) is not None:
            return same
        if asks and author is not None and Message.objects.said_lately(author) >= MESSAGES_AN_HOUR:
            raise TicketRefused(f"You have written {MESSAGES_AN_HOUR} messages within an hour. Go on in a while.")
        message = self.messages.create(author=author, text=text, internal=internal, message_id=came)
        Attachment.objects.keep(message, files)
        if not internal:
            self._turn(self.Status.OPEN if asks else self.Status.ANSWERED)
            threads.tell(self, message)
        return message

    def _turn(self, status: Status) -> None:
        self.status, self.last_at = status, timezone.now()
        self.waiting_since = (self.waiting_since or self.last_at) if status == self.Status.OPEN else None
        self.save(update_fields=["status", "last_at", "waiting_since"])

    @transaction.atomic
    def assign(self, actor: User, to: User | None) -> None:
        """Say who answers it, or that anybody may; who is asked to is told. Raises TicketRefused."""
        self.lock()
        if to is not None and not self.may_be_assigned_to().filter(pk=to.pk).exists():
            raise TicketRefused(f"{to} does not answer this question. Choose somebody of its session's staff.")
        before, self.assignee = self.assignee, to
        if before == to:
            return
        self.save(update_fields=["assignee"])
        what = f"assigned question #{self.pk} to {to}" if to else f"assigned question #{self.pk} to nobody"
        record(actor, what, self.session, {"assignee": (before, to)})
        if to is not None and to != actor:
            threads.write(self, to, "question_assigned", author=actor)

    @transaction.atomic
    def close(self, actor: User) -> None:
        """Nothing more is to be said; writing opens it again. Raises TicketRefused."""
        self._change(actor, "closed", self.Status.CLOSED, {self.Status.OPEN, self.Status.ANSWERED})

    @transaction.atomic
    def reopen(self, actor: User) -> None:
        """It waits for an answer after all. Raises TicketRefused."""
        self._change(actor, "reopened", self.Status.OPEN, {self.Status.CLOSED})

    def _change(self, actor: User, done: str, status: Status, allowed: Container[str]) -> None:
        self.lock()
        before = self.status
        if before not in allowed:
            raise TicketRefused(f"This question is {self.get_status_display().lower()}: it cannot be {done}.")
        self._turn(status)
        record(actor, f"{done} question #{self.pk}", self.session, {"status": (before, status.value)})
