"""What other pages show of office hours that a person has booked."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from courses.people.models import User
from courses.sessions.models import Session
from courses.support.hours.models import OfficeHour, OfficeHourQuerySet

# So many are listed on the home page.
A_FEW = 3


def next_of_session(request: HttpRequest, session: Session) -> SafeString:
    """On the session's page, the next one in it."""
    assert isinstance(request.user, User)
    hour = booked_by(request.user).filter(session=session).first()
    return render_to_string("courses/hours/next.html", {"hour": hour, "session": session})


def next_of_person(request: HttpRequest, person: User) -> SafeString:
    """On the person's home page, the next ones."""
    return render_to_string("courses/hours/home.html", {"hours": booked_by(person)[:A_FEW]})


def booked_by(person: User) -> OfficeHourQuerySet:
    """Those to come that the person has booked."""
    hours = OfficeHour.objects.to_come().filter(bookings__student=person, bookings__canceled_at__isnull=True)
    return hours.select_related("host", "session__course")
