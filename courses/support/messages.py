"""What is said in a thread, and notes beside it."""

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from courses.enrollment.access import Person
from courses.people.models import User

if TYPE_CHECKING:
    from courses.support.models import Ticket

HOUR = datetime.timedelta(hours=1)


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, person: Person) -> "MessageQuerySet":
        """What the person may read: who asks reads no notes, whoever they are otherwise."""
        tickets: type[Ticket] = self.model._meta.get_field("ticket").related_model  # type: ignore[assignment]
        mine = Q(internal=True, ticket__asker=person) if isinstance(person, User) else Q(internal=True)
        return self.filter(ticket__in=tickets.objects.visible_to(person)).exclude(mine)

    def said_lately(self, author: User) -> int:
        """How many the person wrote within the last hour."""
        return self.filter(author=author, sent_at__gt=timezone.now() - HOUR).count()


class Message(models.Model):
    """What somebody says in a thread, or notes for the other staff."""

    ticket = models.ForeignKey("courses.Ticket", models.CASCADE, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+",
        help_text="empty for the visitor who asks",
    )  # fmt: skip
    text = models.TextField(help_text="Markdown")
    internal = models.BooleanField(default=False, help_text="a note that only staff see")
    message_id = models.CharField(max_length=250, blank=True, editable=False, help_text="of the mail that it came by")
    sent_at = models.DateTimeField(default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        indexes = [models.Index(name="message_author_sent", fields=["author", "sent_at"])]

    def __str__(self) -> str:
        return f"{self.who}, {self.sent_at:%Y-%m-%d %H:%M}"

    @property
    def who(self) -> str:
        """Who says it, by name."""
        return str(self.author) if self.author is not None else self.ticket.who

    @property
    def by_asker(self) -> bool:
        return self.author_id is None or self.author_id == self.ticket.asker_id

    @property
    def by_mail(self) -> bool:
        return bool(self.message_id)
