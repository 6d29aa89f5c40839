"""When the lectures of a session open: each with the seat, or on a date that those who teach it set."""

import datetime
import zoneinfo
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import models, transaction

from courses.catalog.models import Lecture
from courses.people.audit import record
from courses.people.models import User
from courses.sessions.models import Session, day

# By lecture: when it opens, None with the seat.
Dates = Mapping[Lecture, datetime.datetime | None]


class LectureReleaseQuerySet(models.QuerySet["LectureRelease"]):
    def later_than(self, at: datetime.datetime) -> "LectureReleaseQuerySet":
        """Those of lectures that are not open yet at this moment."""
        return self.filter(opens_at__gt=at)

    @transaction.atomic
    def put(self, session: Session, actor: User, dates: Dates) -> None:
        """Have these lectures of the session open at these moments; the others stay as they are.

        Call it with the session locked. Raises ValidationError for a moment outside of the session's days.
        """
        for moment in filter(None, dates.values()):
            check_within(session, moment)
        before = {release.lecture_id: release for release in self.filter(session=session, lecture__in=dates)}
        changed: dict[str, tuple[datetime.datetime | None, datetime.datetime | None]] = {}
        for lecture, opens_at in dates.items():
            release = before.get(lecture.pk)
            was = release.opens_at if release else None
            if was == opens_at:
                continue
            changed[str(lecture)] = (was, opens_at)
            if opens_at is not None:
                self.update_or_create(session=session, lecture=lecture, defaults={"opens_at": opens_at})
            elif release is not None:
                release.delete()
        if changed:
            which = f"“{next(iter(changed))}” opens" if len(changed) == 1 else f"{len(changed)} lectures open"
            record(actor, f"changed when {which}", session, changed)


class LectureRelease(models.Model):
    """When a lecture of a session opens. Without such a row it opens with the seat."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="releases")
    lecture = models.ForeignKey(Lecture, models.CASCADE, related_name="releases")
    opens_at = models.DateTimeField()

    objects = LectureReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["opens_at", "pk"]
        constraints = [models.UniqueConstraint(name="release_once_a_session", fields=["session", "lecture"])]

    def __str__(self) -> str:
        return f"{self.lecture} in {self.session}"


def check_within(session: Session, opens_at: datetime.datetime) -> None:
    """Refuse a moment on which the session does not take place. Raises ValidationError."""
    date = opens_at.astimezone(zoneinfo.ZoneInfo(session.time_zone)).date()
    if not session.starts_on <= date <= session.ends_on:
        from_to = f"{day(session.starts_on)} to {day(session.ends_on)}"
        said = f"The session runs from {from_to}, and {day(date)} is outside of it. Choose another day, or none."
        raise ValidationError(said)
