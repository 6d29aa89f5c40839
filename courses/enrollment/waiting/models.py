"""The waiting list of a session: who waits, in which order, and to whom a free seat is offered until when."""

import datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from courses.enrollment.refusals import EnrollmentRefused, SessionClosed, SessionFull
from courses.people import audit, mail
from courses.people.models import User
from courses.sessions.models import Session


class WaitingQuerySet(models.QuerySet["WaitingEntry"]):
    def open(self) -> "WaitingQuerySet":
        """Those who wait, or to whom a seat is offered."""
        return self.filter(ended_at__isnull=True)

    def queued(self) -> "WaitingQuerySet":
        """Those who wait and to whom no seat is offered."""
        return self.open().filter(offered_at__isnull=True)

    def offered(self) -> "WaitingQuerySet":
        return self.open().filter(offered_at__isnull=False)

    def run_out(self) -> "WaitingQuerySet":
        """Those whose offer has run out and still keeps the seat."""
        return self.offered().filter(offer_until__lte=timezone.now())

    @transaction.atomic
    def join(self, user: User, session: Session) -> "WaitingEntry":
        """Put the user at the end of the list; who waits already keeps their place. Raises SessionClosed."""
        session.lock()
        if not session.takes_enrollments:
            raise SessionClosed("This session takes nobody new. Choose another one of the course.")
        entry = self.open().filter(user=user, session=session).first()
        if entry is not None and not entry.has_run_out:
            return entry
        if entry is not None:
            entry.end(WaitingEntry.Outcome.LAPSED)
        entry = self.create(user=user, session=session)
        self.offer_free_seats(session)
        entry.refresh_from_db()
        return entry

    @transaction.atomic
    def offer_free_seats(self, session: Session) -> int:
        """Offer the seats that are free to the next who wait; how many were offered."""
        session.lock()
        if not session.takes_enrollments or session.seats_left <= 0:
            return 0
        entries = self.queued().filter(session=session, user__is_active=True).select_related("user")
        return sum(entry.offer(session) for entry in entries[: session.seats_left])

    @transaction.atomic
    def put(self, entry: "WaitingEntry", place: int) -> None:
        """Move a person to this place among those who wait, counted from 1; staff's order holds from then on."""
        entry.session.lock()
        queue = list(self.queued().filter(session=entry.session))
        if entry not in queue:
            return
        queue.remove(entry)
        queue.insert(max(min(place - 1, len(queue)), 0), entry)
        for rank, other in enumerate(queue, 1):
            other.rank = rank
        WaitingEntry.objects.bulk_update(queue, ["rank"])


class WaitingEntry(models.Model):
    """A person who waits for a seat. While a seat is offered to them, it counts as taken."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", "Took the seat"
        DECLINED = "declined", "Declined"
        LAPSED = "lapsed", "Let the offer run out"
        LEFT = "left", "Left the list"
        CANCELED = "canceled", "The session was canceled"

    session = models.ForeignKey(Session, models.PROTECT, related_name="waiting")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="waiting")
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    rank = models.PositiveIntegerField(null=True, blank=True, help_text="as staff put them; others come after, by time")
    offered_at = models.DateTimeField(null=True, blank=True, editable=False)
    offer_until = models.DateTimeField(null=True, blank=True, editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = WaitingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "waiting entries"
        ordering = [F("rank").asc(nulls_last=True), "joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="waits_once_a_session", fields=["session", "user"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="waiting_ends_with_an_outcome",
                condition=Q(ended_at__isnull=True, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
            ),
        ]
        indexes = [models.Index(name="offer_open", fields=["offer_until"], condition=Q(ended_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.user} for {self.session}"

    @property
    def place(self) -> int:
        """Among those who wait, counted from 1; 0 where a seat is offered or the waiting is over."""
        queue = list(WaitingEntry.objects.queued().filter(session=self.session_id).values_list("pk", flat=True))
        return queue.index(self.pk) + 1 if self.pk in queue else 0

    @property
    def is_offered(self) -> bool:
        """A seat is kept for the person now."""
        return self.ended_at is None and self.offered_at is not None and not self.has_run_out

    @property
    def has_run_out(self) -> bool:
        return self.offer_until is not None and self.offer_until <= timezone.now()

    def offer(self, session: Session) -> bool:
        """Take a free seat of this session, which is theirs and locked, for the person. False where none is free."""
        if not session.take_seats():
            return False
        self.offered_at = timezone.now()
        self.offer_until = self.offered_at + datetime.timedelta(hours=session.offer_hours)
        self.save(update_fields=["offered_at", "offer_until"])
        mail.write(self.user, mail.Kind.SEAT, "seat_offered", entry=self, session=session)
        return True

    @transaction.atomic
    def end(self, outcome: str, *, keep_seat: bool = False) -> bool:
        """End the waiting; a seat that was offered goes to the next, unless it is kept. False where it was over."""
        self.session.lock()
        self.outcome, self.ended_at = outcome, timezone.now()
        waiting = WaitingEntry.objects.open().filter(pk=self.pk)
        was_offered = waiting.filter(offered_at__isnull=False).exists()
        if not waiting.update(outcome=outcome, ended_at=self.ended_at):
            return False
        if was_offered and not keep_seat:
            self.session.release_seats()
            WaitingEntry.objects.offer_free_seats(self.session)
        return True

    @transaction.atomic
    def leave(self) -> bool:
        """The person no longer waits, or does not want the seat that is offered."""
        return self.end(self.Outcome.DECLINED if self.offered_at else self.Outcome.LEFT)

    @transaction.atomic
    def lapse(self) -> None:
        """Where the offer has run out, give the seat to the next and tell the person. Twice does it once."""
        self.session.lock()
        if WaitingEntry.objects.run_out().filter(pk=self.pk).exists():
            self.end(self.Outcome.LAPSED)
            mail.write(self.user, mail.Kind.SEAT, "offer_lapsed", entry=self, session=self.session)

    @transaction.atomic
    def put(self, actor: User, place: int) -> None:
        """Staff move the person to this place, counted from 1. Raises EnrollmentRefused where they have none."""
        before = self._place_locked()
        WaitingEntry.objects.put(self, place)
        what = f"moved {self.user} on the waiting list from place {before} to {self.place}"
        audit.record(actor, what, self.session)

    @transaction.atomic
    def offer_by(self, actor: User) -> None:
        """Staff offer the person a free seat, whoever waits before them. Raises EnrollmentRefused, or SessionFull."""
        self._place_locked()
        if not self.offer(self.session):
            raise SessionFull("No seat is free. Offer more seats first, or move them to the first place.")
        audit.record(actor, f"offered a seat to {self.user}", self.session)

    @transaction.atomic
    def take_off(self, actor: User) -> bool:
        """Staff take the person off the list, or the offer back, and tell them. False where it was over."""
        self.session.lock()
        self.refresh_from_db(fields=["offered_at"])
        if not self.leave():
            return False
        audit.record(actor, f"took {self.user} off the waiting list", self.session)
        mail.write(self.user, mail.Kind.SEAT, "waiting_removed", session=self.session)
        return True

    def _place_locked(self) -> int:
        """The person's place, with the session kept from others. Raises EnrollmentRefused."""
        self.session.lock()
        if not (place := self.place):
            raise EnrollmentRefused(f"{self.user} is offered a seat already, or waits no more.")
        return place
