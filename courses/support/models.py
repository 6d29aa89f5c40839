"""Questions and their answers, one thread each."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from courses.enrollment.access import Person, is_admin, staff_of, students_of
from courses.people import mail
from courses.people.models import User


class TicketQuerySet(models.QuerySet["Ticket"]):
    def visible_to(self, person: Person) -> "TicketQuerySet":
        """One's own, and those of students in sessions that one runs or assists in."""
        if is_admin(person):
            return self.all()
        if not isinstance(person, User):
            return self.none()
        return self.filter(Q(asker=person) | Q(asker__in=students_of(person)))


class TicketManager(models.Manager.from_queryset(TicketQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def ask(self, asker: User, text: str, **about: str) -> "Ticket":
        """A new question; whoever teaches the asker is told of it. `about`: subject, about_url, attachment."""
        ticket: Ticket = self.create(asker=asker, **about)
        ticket.say(asker, text)
        return ticket


class Ticket(models.Model):
    """A question: who asks, about what, and what was attached to it then."""

    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tickets")
    subject = models.CharField(max_length=200)
    about_url = models.CharField(max_length=300, blank=True, help_text="the page that it is about")
    attachment = models.TextField(blank=True, help_text="Markdown: what the page said when the question was asked")
    asked_at = models.DateTimeField(default=timezone.now)

    objects = TicketManager()

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("ticket", args=[self.pk])

    @property
    def last(self) -> "Message":
        """What was said last."""
        return list(self.messages.all())[-1]

    @transaction.atomic
    def say(self, author: User, text: str) -> "Message":
        """Add to the thread; the other side is told by e-mail."""
        message = self.messages.create(author=author, text=text)
        to = staff_of(self.asker) if author == self.asker else User.objects.filter(pk=self.asker_id)
        for person in to:
            mail.write(person, mail.Kind.QUESTION, "question", ticket=self, author=author, text=text)
        return message


class Message(models.Model):
    """What somebody says in a thread."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.TextField(help_text="Markdown")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return f"{self.author}, {self.sent_at:%Y-%m-%d %H:%M}"
