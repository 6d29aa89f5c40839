"""Each person's private calendar: the meetings of their sessions, for any program that reads iCalendar."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from courses.classroom.meetings.models import Meeting, MeetingQuerySet
from courses.enrollment.access import sessions_of
from courses.enrollment.models import Enrollment
from courses.enrollment.orders.models import new_token
from courses.people.models import User
from courses.sessions.models import Session


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def of(self, person: User) -> "CalendarFeed":
        """The person's calendar, made where there is none yet."""
        return self.get_or_create(person=person)[0]

    def live(self) -> "CalendarFeedQuerySet":
        """Those of people who may sign in."""
        return self.filter(person__is_active=True)


class CalendarFeed(models.Model):
    """The secret address of a person's calendar. A new token makes the old address worthless."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Calendar of {self.person}"

    def reset(self) -> None:
        """Give it a new address; the old one leads nowhere from now on."""
        self.token, self.made_at = new_token(), timezone.now()
        self.save(update_fields=["token", "made_at"])

    def meetings(self) -> MeetingQuerySet:
        """All meetings of the person's sessions, and of those that were canceled under them."""
        canceled = Session.objects.filter(
            enrollments__user=self.person, enrollments__ending=Enrollment.Ending.CANCELED
        )  # fmt: skip
        return Meeting.objects.filter(Q(session__in=sessions_of(self.person)) | Q(session__in=canceled))
