"""What staff tell everybody of a session, on its page and by e-mail."""

import datetime

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from courses.enrollment.access import Person, members_of, now_for, sessions_joined_by
from courses.people.audit import differences, record
from courses.people.mail import Kind, write
from courses.people.models import User
from courses.sessions.models import Session

# The same text again within this time is a button that was pressed twice.
TWICE = datetime.timedelta(minutes=5)


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def visible_to(self, person: Person) -> "AnnouncementQuerySet":
        """Those of sessions that the person belongs to, those with a seat that is not yet paid too."""
        return self.filter(session__in=sessions_joined_by(person), posted_at__lte=now_for(person))

    @transaction.atomic
    def post(self, session: Session, author: User, title: str, text: str) -> "Announcement":
        """Put it on the session's page and write to every member, once: posting it again at once gives the same."""
        session.lock()
        since = timezone.now() - TWICE
        same = self.filter(session=session, author=author, title=title, text=text, posted_at__gt=since).first()
        if same is not None:
            return same
        announcement = self.create(session=session, author=author, title=title, text=text)
        record(author, f"announced “{title}”", session)
        for person in members_of(session):
            write(person, Kind.ANNOUNCEMENT, "announcement", announcement=announcement, session=session)
        return announcement


class Announcement(models.Model):
    """A text for all who belong to the session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="announcements")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField(help_text="Markdown")
    posted_at = models.DateTimeField(default=timezone.now)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["-posted_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.session.get_absolute_url()}#announcement-{self.pk}"

    @transaction.atomic
    def keep(self, actor: User) -> None:
        """Save what was edited, and note it. Nobody is written to again."""
        changed = differences(Announcement.objects.get(pk=self.pk), self)
        if changed:
            self.save(update_fields=list(changed))
            record(actor, f"changed the announcement “{self}”", self.session, changed)

    @transaction.atomic
    def take_down(self, actor: User) -> None:
        """Delete it; the audit trail keeps what it said."""
        values = {"title": (self.title, None), "text": (self.text, None)}
        record(actor, f"deleted the announcement “{self}”", self.session, values)
        self.delete()
