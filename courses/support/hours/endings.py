"""Whoever leaves a session comes to none of its office hours any more."""

from django.utils import timezone

from courses.enrollment.models import Enrollment
from courses.support.hours.bookings import Booking


def end_bookings(enrollment: Enrollment) -> None:
    """End what the person has booked of the session's office hours to come; the hosts are told."""
    booked = Booking.objects.live().filter(
        student=enrollment.user_id, hour__session=enrollment.session_id, hour__starts_at__gt=timezone.now()
    )
    for booking in booked.select_related("hour__host", "hour__session__course", "student"):
        booking.end()
        booking.hour.tell([booking.hour.host], "hours_canceled", booking=booking, by=None, reason="")
