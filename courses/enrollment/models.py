"""Who belongs to which session."""

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from courses.people.models import User
from courses.sessions.models import Session


class EnrollmentRefused(Exception):
    """A person cannot enroll; the message says why and what to do."""


class SessionFull(EnrollmentRefused):
    """No seat is left."""


class SessionClosed(EnrollmentRefused):
    """The session is over or not published."""


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    def active(self) -> "EnrollmentQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    @transaction.atomic
    def enroll(self, user: User, session: Session) -> "Enrollment":
        """Give the user a seat in the session; enrolling twice gives the same enrollment.

        Someone who withdrew comes back to the same enrollment, if a seat is left.
        Raises SessionClosed or SessionFull.
        """
        enrollment = self.select_for_update().filter(user=user, session=session).first()
        if enrollment is not None and enrollment.is_active:
            return enrollment
        if not session.published or not session.course.published or session.is_over:
            raise SessionClosed("This session no longer takes enrollments. Choose another one of the course.")
        if not session.take_seat():
            raise SessionFull("This session is full. Choose another one of the course.")
        if enrollment is None:
            try:
                with transaction.atomic():
                    return self.create(user=user, session=session)
            except IntegrityError:  # the same person was quicker in another tab
                session.release_seat()
                return self.get(user=user, session=session)
        enrollment.withdrawn_at = None
        enrollment.save(update_fields=["withdrawn_at"])
        return enrollment


class Enrollment(models.Model):
    """A person's place in a session. Withdrawing keeps the row, and with it the person's own work."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrollments")
    session = models.ForeignKey(Session, models.PROTECT, related_name="enrollments")
    enrolled_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        ordering = ["-enrolled_at"]
        constraints = [models.UniqueConstraint(fields=["user", "session"], name="enrolled_once_a_session")]

    def __str__(self) -> str:
        return f"{self.user} in {self.session}"

    @property
    def is_active(self) -> bool:
        return self.withdrawn_at is None

    @transaction.atomic
    def withdraw(self) -> None:
        """Give the seat back. Withdrawing twice gives it back once."""
        withdrawn = Enrollment.objects.filter(pk=self.pk, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())
        if withdrawn:
            self.session.release_seat()
        self.refresh_from_db(fields=["withdrawn_at"])
