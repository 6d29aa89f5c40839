"""Invitations to teach or to assist, by e-mail; whoever accepts is tied to the profile and the sessions."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from courses.catalog.models import Instructor
from courses.enrollment.access import Person, is_admin, sessions_run_by
from courses.enrollment.orders.models import new_token
from courses.people import mail
from courses.people.audit import record
from courses.people.mail import Kind
from courses.people.models import User
from courses.sessions.models import Session

VALID_FOR = datetime.timedelta(days=14)


def expiry() -> datetime.datetime:
    return timezone.now() + VALID_FOR


class NotAccepted(Exception):
    """The invitation cannot be accepted by this person; the message says why and what to do."""


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unanswered(self) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn; they may have run out."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def managed_by(self, person: Person) -> "InvitationQuerySet":
        """Those that the person may send again or withdraw: one's own to assist in what one runs; all for admins."""
        if is_admin(person):
            return self.all()
        if not isinstance(person, User):
            return self.none()
        own = self.filter(role=Invitation.Role.ASSISTANT, invited_by=person)
        return own.filter(sessions__in=sessions_run_by(person)).distinct()

    @transaction.atomic
    def invite(
        self,
        email: str,
        role: str,
        actor: User,
        *,
        sessions: Iterable[Session] = (),
        instructor: Instructor | None = None,
    ) -> "Invitation":
        """Send an invitation to this address.

        Where one of the actor's for the same role and profile waits for an answer there, it is sent once more, for
        these sessions too.
        """
        email = email.lower()
        same = self.unanswered().filter(email=email, role=role, instructor=instructor, invited_by=actor)
        invitation = same.first() or self.create(email=email, role=role, instructor=instructor, invited_by=actor)
        sessions = list(sessions)
        invitation.sessions.add(*sessions)
        invitation.renew()
        note(actor, f"invited {email} as {invitation.get_role_display().lower()}", sessions)
        return invitation


class Invitation(models.Model):
    """An address that was invited to a role; the link in the mail is good once, and for two weeks."""

    class Role(models.TextChoices):
        INSTRUCTOR = "instructor", "Instructor"
        ASSISTANT = "assistant", "Assistant"

    class State(models.TextChoices):
        OPEN = "open", "Not answered yet"
        EXPIRED = "expired", "Ran out"
        ACCEPTED = "accepted", "Accepted"
        WITHDRAWN = "withdrawn", "Withdrawn"

    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Role.choices)
    instructor = models.ForeignKey(
        Instructor, models.CASCADE, null=True, blank=True, help_text="the public profile that is theirs then"
    )
    sessions = models.ManyToManyField(Session, blank=True, related_name="staff_invitations")
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(default=expiry, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.CheckConstraint(
                name="invitation_accepted_or_withdrawn",
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display().lower()}"

    def get_absolute_url(self) -> str:
        return reverse("invitation", args=[self.token])

    @property
    def state(self) -> State:
        if self.accepted_at is not None:
            return self.State.ACCEPTED
        if self.withdrawn_at is not None:
            return self.State.WITHDRAWN
        return self.State.EXPIRED if self.expires_at <= timezone.now() else self.State.OPEN

    def renew(self) -> None:
        """Have the link be good for two weeks from now, and send it."""
        self.expires_at = expiry()
        self.save(update_fields=["expires_at"])
        mail.write(self.email, Kind.SEAT, "invitation", invitation=self, sessions=list(self.sessions.all()))

    @transaction.atomic
    def resend(self, actor: User) -> None:
        """Send the link once more."""
        self.renew()
        note(actor, f"invited {self.email} once more as {self.get_role_display().lower()}", self.sessions.all())

    @transaction.atomic
    def withdraw(self, actor: User) -> bool:
        """Make the link good for nothing; False where it was answered meanwhile."""
        waiting = Invitation.objects.unanswered().filter(pk=self.pk)
        if not waiting.update(withdrawn_at=timezone.now()):
            return False
        note(actor, f"withdrew the invitation of {self.email}", self.sessions.all())
        return True

    @transaction.atomic
    def accept(self, user: User) -> None:
        """Give the person the role. Raises NotAccepted."""
        waiting = Invitation.objects.unanswered().filter(pk=self.pk, expires_at__gt=timezone.now())
        if not waiting.update(accepted_by=user, accepted_at=timezone.now()):
            raise NotAccepted("This invitation is no longer open. Load the page again.")
        sessions = list(self.sessions.all())
        if self.role == self.Role.INSTRUCTOR:
            profile = self._profile_of(user)
            profile.sessions.add(*sessions)
        else:
            user.assisted_sessions.add(*sessions)
        note(user, f"accepted the invitation as {self.get_role_display().lower()}", sessions)

    def _profile_of(self, user: User) -> Instructor:
        """The profile that is to be the person's: the one of the invitation, their own, or a new one."""
        own = Instructor.objects.filter(user=user).first()
        if own is not None and self.instructor not in (None, own):
            raise NotAccepted(
                f"You have a profile as {own} already, and this invitation is for {self.instructor}. "
                f"Ask {self.invited_by} to invite you without a profile, or accept with another account."
            )
        if own is not None:
            return own
        if self.instructor is None:
            return Instructor.objects.create(slug=_free_slug(str(user)), name=str(user), user=user)
        if not Instructor.objects.filter(pk=self.instructor.pk, user__isnull=True).update(user=user):
            raise NotAccepted(
                f"The profile of {self.instructor} belongs to somebody else meanwhile. "
                f"Ask {self.invited_by} to invite you to another one."
            )
        return Instructor.objects.get(pk=self.instructor.pk)


def note(actor: User, what: str, sessions: Iterable[Session]) -> None:
    """Keep it with each of these sessions, or with none where there are none."""
    for session in [*sessions] or [None]:  # type: ignore[list-item]
        record(actor, what, session)


def _free_slug(name: str) -> str:
    """A slug for a new profile that no other has."""
    stem = slugify(name.partition("@")[0])[:40] or "instructor"
    taken = set(Instructor.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(
        slug for number in range(1, len(taken) + 2) if (slug := stem + f"-{number}" * (number > 1)) not in taken
    )
