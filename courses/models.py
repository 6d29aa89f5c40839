"""The school's tables, gathered from the slices."""

from courses.catalog.models import Course, Faq, Instructor, Lecture, Section, SectionLecture
from courses.classroom.announcements.models import Announcement
from courses.classroom.calendar.models import CalendarFeed
from courses.classroom.meetings.models import Attendance, Meeting
from courses.classroom.models import Reading
from courses.classroom.recordings.models import Recording, Viewing
from courses.classroom.recordings.parts import Caption, Chapter
from courses.classroom.recordings.uploads import Upload
from courses.dashboard.models import (
    EnrollmentDay,
    EnrollmentMonth,
    RevenueDay,
    RevenueMonth,
    RolledDay,
    WeeklyReport,
)
from courses.enrollment.invitations.models import Invitation
from courses.enrollment.models import Enrollment
from courses.enrollment.orders.ledger import Posting, Transaction
from courses.enrollment.orders.models import Order, SeatInvitation, Voucher
from courses.enrollment.orders.payouts import Payout
from courses.enrollment.waiting.models import WaitingEntry
from courses.people.audit import Change
from courses.people.mail import Mail
from courses.people.models import User
from courses.sessions.models import Session
from courses.sessions.releases import LectureRelease
from courses.support.attachments import Attachment
from courses.support.hours.bookings import Booking
from courses.support.hours.models import OfficeHour
from courses.support.inbound.models import Received
from courses.support.messages import Message
from courses.support.models import Ticket

__all__ = [
    "Announcement",
    "Attachment",
    "Attendance",
    "Booking",
    "CalendarFeed",
    "Caption",
    "Change",
    "Chapter",
    "Course",
    "Enrollment",
    "EnrollmentDay",
    "EnrollmentMonth",
    "Faq",
    "Instructor",
    "Invitation",
    "Lecture",
    "LectureRelease",
    "Mail",
    "Meeting",
    "Message",
    "OfficeHour",
    "Order",
    "Payout",
    "Posting",
    "Reading",
    "Received",
    "Recording",
    "RevenueDay",
    "RevenueMonth",
    "RolledDay",
    "SeatInvitation",
    "Section",
    "SectionLecture",
    "Session",
    "Ticket",
    "Transaction",
    "Upload",
    "User",
    "Viewing",
    "Voucher",
    "WaitingEntry",
    "WeeklyReport",
]
