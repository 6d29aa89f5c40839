"""Every address with every role, on real objects: what a person may not see answers 404.

The tables were written by hand from who may do what. 200 and 201: done; 302: done, and led on; login: led to
sign in; 401: the same for programs; 404: not there for this person; 405: not this way.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from courses.classroom.recordings.media import link_to
from courses.enrollment.orders.company import invite, order_for_company
from courses.enrollment.orders.payments import receive
from courses.models import (
    Announcement,
    Attachment,
    Attendance,
    CalendarFeed,
    Caption,
    Course,
    Enrollment,
    Instructor,
    Invitation,
    Lecture,
    LectureRelease,
    Meeting,
    OfficeHour,
    Order,
    Recording,
    Section,
    SectionLecture,
    Session,
    Ticket,
    Upload,
    User,
    WaitingEntry,
)
from courses.people.mail import mute_address
from courses.support.files import checked
from grader import health
from grader.exercises import load
from grader.models import (
    Assignment,
    CheckRevision,
    Criterion,
    Exercise,
    Extension,
    LineComment,
    Mark,
    Override,
    RegradeRequest,
    Submission,
    Watch,
)

ROLES = ("visitor", "student", "other", "assistant", "instructor", "stranger", "admin")
EVERYONE = "200 200 200 200 200 200 200"
SIGNED_IN = "login 200 200 200 200 200 200"
NOT_THIS_WAY = "405 405 405 405 405 405 405"
ADMINS = "404 404 404 404 404 404 200"
# A student of this course, another one of another course, the session's assistant and instructor, another session's.
PAGES = {
    # No worker runs here, which everybody may know.
    ("health", "GET"): "503 503 503 503 503 503 503",
    ("health", "POST"): NOT_THIS_WAY,
    ("home", "GET"): EVERYONE,
    ("home", "POST"): NOT_THIS_WAY,
    ("profile", "GET"): SIGNED_IN,
    ("profile", "POST"): "login 400 400 400 400 400 400",
    ("mail_preferences", "GET"): SIGNED_IN,
    ("mail_preferences", "POST"): "login 302 302 302 302 302 302",
    # The address itself, out of a mail, is the proof.
    ("mute_mail", "GET"): EVERYONE,
    ("mute_mail", "POST"): EVERYONE,
    ("roster", "GET"): "login 404 404 200 200 404 200",
    ("roster", "POST"): "login 405 405 405 405 405 405",
    ("roster_export", "GET"): "login 404 404 200 200 404 200",
    ("roster_export", "POST"): "login 405 405 405 405 405 405",
    ("roster_write", "GET"): "login 404 404 404 200 404 200",
    ("roster_write", "POST"): "login 404 404 404 302 404 302",
    ("roster_move", "GET"): "login 404 404 404 200 404 200",
    ("roster_move", "POST"): "login 404 404 404 400 404 400",
    ("roster_add", "GET"): "login 404 404 404 200 404 200",
    ("roster_add", "POST"): "login 404 404 404 302 404 400",
    ("roster_import", "GET"): "login 404 404 404 200 404 200",
    ("roster_import", "POST"): "login 404 404 404 200 404 200",
    ("roster_withdraw", "GET"): "login 404 404 404 200 404 200",
    # Whoever comes first withdraws the student.
    ("roster_withdraw", "POST"): "login 404 404 404 302 404 404",
    ("session_history", "GET"): "login 404 404 404 200 404 200",
    ("session_history", "POST"): "login 405 405 405 405 405 405",
    ("history", "GET"): "login 404 404 404 404 404 200",
    ("history", "POST"): "login 405 405 405 405 405 405",
    ("invitations", "GET"): "login 404 404 404 404 404 200",
    ("invitations", "POST"): "login 404 404 404 404 404 302",
    ("invitation_resend", "GET"): "login 405 405 405 405 405 405",
    ("invitation_resend", "POST"): "login 404 404 404 404 404 302",
    ("invitation_withdraw", "GET"): "login 405 405 405 405 405 405",
    ("invitation_withdraw", "POST"): "login 404 404 404 404 404 302",
    ("invitation", "GET"): EVERYONE,
    # Good for whoever has the link, and for one.
    ("invitation", "POST"): "login 302 410 410 410 410 410",
    ("session_staff", "GET"): "login 404 404 404 200 404 200",
    ("session_staff", "POST"): "login 404 404 404 302 404 302",
    ("staff_remove", "GET"): "login 405 405 405 405 405 405",
    ("staff_remove", "POST"): "login 404 404 404 302 404 404",
    ("staff_assign", "GET"): "login 405 405 405 405 405 405",
    ("staff_assign", "POST"): "login 404 404 404 404 404 302",
    ("staff_unassign", "GET"): "login 405 405 405 405 405 405",
    ("staff_unassign", "POST"): "login 404 404 404 404 404 302",
    ("course", "GET"): EVERYONE,
    ("course", "POST"): NOT_THIS_WAY,
    ("course unpublished", "GET"): "404 404 404 404 404 404 200",
    ("session", "GET"): EVERYONE,
    ("session", "POST"): NOT_THIS_WAY,
    ("session unpublished", "GET"): "404 404 404 404 200 404 200",
    ("enroll", "GET"): "login 405 405 405 405 405 405",
    ("enroll", "POST"): "login 302 302 302 302 302 302",
    ("enroll unpublished", "POST"): "login 404 404 404 302 404 302",
    ("withdraw", "GET"): "login 405 405 405 405 405 405",
    ("withdraw", "POST"): "login 302 404 404 404 404 404",
    ("transfer", "GET"): "login 405 405 405 405 405 405",
    # The session has begun: nobody moves by themselves any more.
    ("transfer", "POST"): "login 404 404 404 404 404 404",
    ("accept_seat", "GET"): "login 405 405 405 405 405 405",
    ("accept_seat", "POST"): "login 302 404 404 404 404 404",
    ("leave_waiting", "GET"): "login 405 405 405 405 405 405",
    ("leave_waiting", "POST"): "login 302 404 404 404 404 404",
    ("waiting_list", "GET"): "login 404 404 404 200 404 200",
    ("waiting_list", "POST"): "login 404 404 404 302 404 302",
    ("company_order", "GET"): SIGNED_IN,
    ("company_order", "POST"): "login 400 400 400 400 400 400",
    ("orders", "GET"): SIGNED_IN,
    ("orders", "POST"): "login 405 405 405 405 405 405",
    ("order", "GET"): "login 200 404 404 404 404 200",
    ("order", "POST"): "login 405 405 405 405 405 405",
    ("pay", "GET"): "login 405 405 405 405 405 405",
    ("pay", "POST"): "login 302 404 404 404 404 404",
    ("billing", "GET"): "login 405 405 405 405 405 405",
    ("billing", "POST"): "login 302 404 404 404 404 404",
    ("invite_to_seats", "GET"): "login 405 405 405 405 405 405",
    ("invite_to_seats", "POST"): "login 302 404 404 404 404 404",
    ("take_seat_back", "GET"): "login 405 405 405 405 405 405",
    ("take_seat_back", "POST"): "login 302 404 404 404 404 404",
    ("give_seats_back", "GET"): "login 405 405 405 405 405 405",
    ("give_seats_back", "POST"): "login 302 404 404 404 404 404",
    ("receipt", "GET"): "login 200 404 404 404 404 200",
    ("receipt", "POST"): "login 405 405 405 405 405 405",
    # Whoever has the link; the student has a seat already, and after the other one it is taken.
    ("seat_invitation", "GET"): EVERYONE,
    ("seat_invitation", "POST"): "login 400 302 400 400 400 400",
    ("test_gateway", "GET"): "login 200 404 404 404 404 404",
    ("test_gateway", "POST"): "login 302 404 404 404 404 404",
    ("payment_notification", "GET"): NOT_THIS_WAY,
    # Nobody's but the provider's, who signs it.
    ("payment_notification", "POST"): "400 400 400 400 400 400 400",
    ("money", "GET"): ADMINS,
    ("money", "POST"): NOT_THIS_WAY,
    ("unpaid_csv", "GET"): ADMINS,
    ("unpaid_csv", "POST"): NOT_THIS_WAY,
    **{
        (name, "GET"): ADMINS
        for name in ("dashboard_grading", "dashboard_submissions", "dashboard_students", "dashboard_at_risk")
    },
    **{
        (name, "POST"): NOT_THIS_WAY
        for name in ("dashboard_grading", "dashboard_submissions", "dashboard_students", "dashboard_at_risk")
    },
    ("teaching_figures", "GET"): "login 404 404 200 200 200 200",
    ("teaching_figures", "POST"): "login 405 405 405 405 405 405",
    ("session_figures", "GET"): "login 404 404 200 200 404 200",
    ("session_figures", "POST"): "login 405 405 405 405 405 405",
    ("watch_list", "GET"): "login 404 404 200 200 404 200",
    ("watch_list", "POST"): "login 404 404 302 302 404 302",
    ("watch_note", "GET"): "login 405 405 405 405 405 405",
    ("watch_note", "POST"): "login 404 404 302 302 404 302",
    ("watch_end", "GET"): "login 405 405 405 405 405 405",
    # Whoever comes first takes the student off the list.
    ("watch_end", "POST"): "login 404 404 302 404 404 404",
    **{(name, "GET"): ADMINS for name in ("dashboard", "dashboard_enrollments", "dashboard_payments")},
    **{(name, "POST"): NOT_THIS_WAY for name in ("dashboard", "dashboard_enrollments", "dashboard_payments")},
    ("order_books", "GET"): ADMINS,
    ("order_books", "POST"): NOT_THIS_WAY,
    **{(deed, "GET"): NOT_THIS_WAY for deed in ("book_payment", "book_refund", "keep_seats", "waive_money")},
    **{
        (deed, "POST"): "404 404 404 404 404 404 302"
        for deed in ("book_payment", "book_refund", "keep_seats", "waive_money")
    },
    ("lecture", "GET"): "404 200 404 200 200 200 200",
    ("lecture", "POST"): NOT_THIS_WAY,
    ("lecture sample", "GET"): EVERYONE,
    ("figure", "GET"): "404 200 404 200 200 200 200",
    ("figure sample", "GET"): EVERYONE,
    ("figure", "POST"): NOT_THIS_WAY,
    ("read", "GET"): "login 405 405 405 405 405 405",
    ("read", "POST"): "login 302 404 302 302 302 302",
    ("read sample", "POST"): "login 302 302 302 302 302 302",
    ("laboratories", "GET"): EVERYONE,
    ("laboratories", "POST"): NOT_THIS_WAY,
    ("laboratory", "GET"): "404 200 404 200 200 200 200",
    ("laboratory sample", "GET"): EVERYONE,
    ("laboratory", "POST"): NOT_THIS_WAY,
    ("tickets", "GET"): SIGNED_IN,
    ("tickets", "POST"): "login 405 405 405 405 405 405",
    ("ticket", "GET"): "login 200 404 200 200 404 200",
    ("ticket", "POST"): "login 302 404 302 302 404 302",
    ("question_new", "GET"): SIGNED_IN,
    ("question_new", "POST"): "login 302 302 302 302 302 302",
    ("question_assign", "GET"): "login 405 405 405 405 405 405",
    ("question_assign", "POST"): "login 404 404 302 302 404 302",
    ("question_close", "GET"): "login 405 405 405 405 405 405",
    ("question_close", "POST"): "login 404 404 302 302 404 302",
    ("question_reopen", "GET"): "login 405 405 405 405 405 405",
    ("question_reopen", "POST"): "login 404 404 302 302 404 302",
    ("question_file", "GET"): "login 200 404 200 200 404 200",
    ("question_file", "POST"): "login 405 405 405 405 405 405",
    # Who has signed in asks as themselves.
    ("inquiry_new", "GET"): "200 302 302 302 302 302 302",
    ("inquiry_new", "POST"): "302 302 302 302 302 302 302",
    ("ask_about_exercise", "GET"): "login 200 404 200 200 200 200",
    ("ask_about_exercise", "POST"): "login 302 404 302 302 302 302",
    ("ask_about_submission", "GET"): "login 200 404 404 404 404 404",
    ("ask_about_submission", "POST"): "login 302 404 404 404 404 404",
    ("exercise", "GET"): "login 200 404 200 200 200 200",
    ("exercise", "POST"): "login 302 404 302 302 302 302",
    ("exercise sample", "GET"): EVERYONE,
    # Whoever has no session that takes work is told so.
    ("exercise sample", "POST"): "login 302 400 302 302 302 302",
    ("run", "GET"): "login 404 404 404 404 404 404",
    ("run", "POST"): "login 200 404 200 200 200 200",
    ("run sample", "GET"): "404 404 404 404 404 404 404",
    ("run sample", "POST"): EVERYONE,
    ("my_submissions", "GET"): SIGNED_IN,
    ("my_submissions", "POST"): "login 405 405 405 405 405 405",
    ("submission", "GET"): "login 200 404 200 200 404 200",
    ("submission", "POST"): "login 405 405 405 405 405 405",
    ("cancel", "GET"): "login 405 405 405 405 405 405",
    ("cancel", "POST"): "login 302 404 404 404 404 404",
    ("teaching", "GET"): "login 404 404 200 200 200 200",
    ("teaching", "POST"): "login 405 405 405 405 405 405",
    ("session_new", "GET"): "login 404 404 404 200 200 200",
    ("session_new", "POST"): "login 404 404 404 400 400 400",
    ("session_overview", "GET"): "login 404 404 200 200 404 200",
    ("session_overview", "POST"): "login 405 405 405 405 405 405",
    ("session_state", "GET"): "login 405 405 405 405 405 405",
    ("session_state", "POST"): "login 404 404 404 302 404 302",
    ("session_edit", "GET"): "login 404 404 404 200 404 200",
    ("session_edit", "POST"): "login 404 404 404 400 404 400",
    ("session_duplicate", "GET"): "login 404 404 404 200 404 200",
    ("session_duplicate", "POST"): "login 404 404 404 400 404 400",
    ("session_cancel", "GET"): "login 404 404 404 200 404 200",
    ("session_cancel", "POST"): "login 404 404 404 400 404 400",
    ("timetable", "GET"): "login 404 404 200 200 404 200",
    ("timetable", "POST"): "login 405 405 405 405 405 405",
    ("meeting_new", "GET"): "login 404 404 404 200 404 200",
    ("meeting_new", "POST"): "login 404 404 404 400 404 400",
    ("meeting_series", "GET"): "login 404 404 404 200 404 200",
    ("meeting_series", "POST"): "login 404 404 404 400 404 400",
    ("meeting_edit", "GET"): "login 404 404 404 200 404 200",
    ("meeting_edit", "POST"): "login 404 404 404 400 404 400",
    ("meeting_cancel", "GET"): "login 405 405 405 405 405 405",
    # What the instructor has canceled is not there any more for the admin to cancel.
    ("meeting_cancel", "POST"): "login 404 404 404 302 404 404",
    ("attendance", "GET"): "login 404 404 200 200 404 200",
    ("attendance", "POST"): "login 405 405 405 405 405 405",
    ("attendance_csv", "GET"): "login 404 404 200 200 404 200",
    ("attendance_csv", "POST"): "login 405 405 405 405 405 405",
    ("meeting_attendance", "GET"): "login 404 404 200 200 404 200",
    ("meeting_attendance", "POST"): "login 404 404 404 302 404 302",
    ("join", "GET"): "login 302 404 302 302 404 302",
    ("join", "POST"): "login 405 405 405 405 405 405",
    ("announcements", "GET"): "login 404 404 200 200 404 200",
    ("announcements", "POST"): "login 404 404 404 400 404 400",
    ("announcement_edit", "GET"): "login 404 404 404 200 404 200",
    ("announcement_edit", "POST"): "login 404 404 404 400 404 400",
    ("announcement_delete", "GET"): "login 405 405 405 405 405 405",
    ("announcement_delete", "POST"): "login 404 404 404 302 404 404",
    ("calendar", "GET"): SIGNED_IN,
    ("calendar", "POST"): "login 302 302 302 302 302 302",
    # The address is the secret.
    ("calendar_feed", "GET"): EVERYONE,
    ("calendar_feed", "POST"): NOT_THIS_WAY,
    ("session_calendar", "GET"): EVERYONE,
    ("session_calendar unpublished", "GET"): "404 404 404 404 200 404 200",
    ("session_calendar", "POST"): NOT_THIS_WAY,
    ("session_lectures", "GET"): "login 404 404 200 200 404 200",
    ("session_lectures", "POST"): "login 404 404 404 302 404 302",
    ("session_preview", "GET"): "login 404 404 200 200 404 200",
    ("session_preview", "POST"): "login 405 405 405 405 405 405",
    ("office_hours", "GET"): "login 200 404 200 200 404 200",
    # Staff see what students see, and do not book.
    ("office_hours", "POST"): "login 302 404 404 404 404 404",
    ("booking_cancel", "GET"): "login 405 405 405 405 405 405",
    ("booking_cancel", "POST"): "login 302 404 404 404 404 404",
    ("session_hours", "GET"): "login 404 404 200 200 404 200",
    ("session_hours", "POST"): "login 404 404 400 400 404 400",
    # An assistant changes their own, and this one is the instructor's.
    ("hour_edit", "GET"): "login 404 404 404 200 404 200",
    ("hour_edit", "POST"): "login 404 404 404 400 404 400",
    ("hour_cancel", "GET"): "login 405 405 405 405 405 405",
    ("hour_cancel", "POST"): "login 404 404 404 302 404 404",
    ("recordings", "GET"): "login 404 404 200 200 404 200",
    ("recordings", "POST"): "login 404 404 404 400 404 400",
    ("recording_edit", "GET"): "login 404 404 200 200 404 200",
    ("recording_edit", "POST"): "login 404 404 404 400 404 400",
    ("recording_upload", "GET"): "login 405 405 405 405 405 405",
    ("recording_upload", "POST"): "login 404 404 404 400 404 400",
    ("recording_give_up", "GET"): "login 405 405 405 405 405 405",
    ("recording_give_up", "POST"): "login 404 404 404 302 404 302",
    ("recording_captions", "GET"): "login 405 405 405 405 405 405",
    ("recording_captions", "POST"): "login 404 404 404 400 404 400",
    ("recording_publish", "GET"): "login 405 405 405 405 405 405",
    ("recording_publish", "POST"): "login 404 404 404 302 404 302",
    ("recording_delete", "GET"): "login 405 405 405 405 405 405",
    # A published one stays; what the instructor has deleted is not there any more for the admin.
    ("recording_delete", "POST"): "login 404 404 404 400 404 400",
    ("recording_delete draft", "POST"): "login 404 404 404 302 404 404",
    ("recording", "GET"): "login 200 404 200 200 404 200",
    ("recording draft", "GET"): "login 404 404 200 200 404 200",
    ("recording", "POST"): "login 405 405 405 405 405 405",
    ("recording_link", "GET"): "login 200 404 200 200 404 200",
    ("recording_link", "POST"): "login 405 405 405 405 405 405",
    ("recording_position", "GET"): "login 405 405 405 405 405 405",
    ("recording_position", "POST"): "login 204 404 204 204 404 204",
    ("recording_position draft", "POST"): "login 404 404 204 204 404 204",
    ("recording_captions_file", "GET"): "login 200 404 200 200 404 200",
    ("recording_captions_file", "POST"): "login 405 405 405 405 405 405",
    **{(f"comment_{do}", "GET"): "login 405 405 405 405 405 405" for do in ("new", "edit", "delete")},
    ("comment_new", "POST"): "login 404 404 302 302 404 302",
    # The instructor's own.
    ("comment_edit", "POST"): "login 404 404 404 302 404 404",
    ("comment_delete", "POST"): "login 404 404 404 302 404 404",
    ("rubric", "GET"): "login 404 404 200 200 404 200",
    ("rubric", "POST"): "login 404 404 404 302 404 302",
    ("marks", "GET"): "login 404 404 302 302 404 302",
    ("marks", "POST"): "login 405 405 405 405 405 405",
    ("mark", "GET"): "login 404 404 200 200 404 200",
    # The mark that is there was not seen.
    ("mark", "POST"): "login 404 404 409 409 404 409",
    ("gradebook", "GET"): "login 404 404 200 200 404 200",
    ("gradebook", "POST"): "login 405 405 405 405 405 405",
    ("gradebook_cell", "GET"): "login 404 404 200 200 404 200",
    # Whoever comes first sets the score; the others have not seen that.
    ("gradebook_cell", "POST"): "login 404 404 302 409 404 409",
    ("gradebook_student", "GET"): "login 404 404 200 200 404 200",
    ("gradebook_student", "POST"): "login 405 405 405 405 405 405",
    ("gradebook_statistics", "GET"): "login 404 404 200 200 404 200",
    ("gradebook_statistics", "POST"): "login 405 405 405 405 405 405",
    ("gradebook_export", "GET"): "login 404 404 200 200 404 200",
    ("gradebook_export", "POST"): "login 405 405 405 405 405 405",
    ("gradebook_import", "GET"): "login 404 404 404 200 404 200",
    ("gradebook_import", "POST"): "login 404 404 404 400 404 400",
    ("gradebook_post", "GET"): "login 404 404 404 200 404 200",
    ("gradebook_post", "POST"): "login 404 404 404 302 404 302",
    ("gradebook_total", "GET"): "login 404 404 404 200 404 200",
    ("gradebook_total", "POST"): "login 404 404 404 302 404 302",
    ("my_grades", "GET"): SIGNED_IN,
    ("my_grades", "POST"): "login 405 405 405 405 405 405",
    ("my_session_grades", "GET"): "login 200 404 404 404 404 404",
    ("my_session_grades", "POST"): "login 405 405 405 405 405 405",
    ("criterion_edit", "GET"): "login 404 404 404 200 404 200",
    ("criterion_edit", "POST"): "login 404 404 404 400 404 400",
    ("criterion_move", "GET"): "login 405 405 405 405 405 405",
    ("criterion_move", "POST"): "login 404 404 404 302 404 302",
    ("criterion_delete", "GET"): "login 404 404 404 200 404 200",
    # It has a mark: first it is asked.
    ("criterion_delete", "POST"): "login 404 404 404 200 404 200",
    ("checks", "GET"): "login 404 404 200 200 404 200",
    ("checks", "POST"): "login 404 404 404 400 404 400",
    ("regrade_ask", "GET"): "login 200 404 404 404 404 404",
    # One waits already.
    ("regrade_ask", "POST"): "login 409 404 404 404 404 404",
    ("regrade_withdraw", "GET"): "login 405 405 405 405 405 405",
    ("regrade_withdraw", "POST"): "login 302 404 404 404 404 404",
    ("regrade_requests", "GET"): "login 404 404 200 200 404 200",
    ("regrade_requests", "POST"): "login 405 405 405 405 405 405",
    ("regrade_answer", "GET"): "login 405 405 405 405 405 405",
    # What the instructor has answered is answered.
    ("regrade_answer", "POST"): "login 404 404 404 302 404 409",
    # The student's own link, in everybody's hands.
    ("media", "GET"): "404 200 404 404 404 404 404",
    ("media", "POST"): NOT_THIS_WAY,
    ("assignments", "GET"): "login 404 404 200 200 404 200",
    ("assignments", "POST"): "login 405 405 405 405 405 405",
    ("assignments_add", "GET"): "login 404 404 404 200 404 200",
    ("assignments_add", "POST"): "login 404 404 404 400 404 400",
    ("assignment_edit", "GET"): "login 404 404 404 200 404 200",
    ("assignment_edit", "POST"): "login 404 404 404 400 404 400",
    ("assignment_take_out", "GET"): "login 404 404 404 200 404 200",
    # Whoever comes first takes it out, puts it back, takes the extension back.
    ("assignment_take_out", "POST"): "login 404 404 404 302 404 404",
    ("assignment_put_back", "GET"): "login 405 405 405 405 405 405",
    ("assignment_put_back", "POST"): "login 404 404 404 302 404 404",
    ("extensions", "GET"): "login 404 404 200 200 404 200",
    ("extensions", "POST"): "login 404 404 404 400 404 400",
    ("extension_take_back", "GET"): "login 405 405 405 405 405 405",
    ("extension_take_back", "POST"): "login 404 404 404 302 404 404",
}
API = {
    ("api-course-list", "GET"): EVERYONE,
    ("api-course-list", "POST"): NOT_THIS_WAY,
    ("api-course-detail", "GET"): EVERYONE,
    ("api-course-detail", "DELETE"): NOT_THIS_WAY,
    ("api-course-detail unpublished", "GET"): "404 404 404 404 404 404 200",
    ("api-session-list", "GET"): EVERYONE,
    ("api-session-list", "POST"): "401 403 403 403 400 400 400",
    ("api-session-detail", "GET"): EVERYONE,
    ("api-session-detail", "PATCH"): "401 404 404 404 200 404 200",
    ("api-session-detail", "DELETE"): "401 405 405 405 405 405 405",
    ("api-session-detail unpublished", "GET"): "404 404 404 404 200 404 200",
    ("api-session-publish", "GET"): NOT_THIS_WAY,
    ("api-session-publish", "POST"): "401 404 404 404 409 404 409",
    ("api-session-take-back", "GET"): NOT_THIS_WAY,
    ("api-session-take-back", "POST"): "401 404 404 404 409 404 409",
    ("api-session-close", "GET"): NOT_THIS_WAY,
    ("api-session-close", "POST"): "401 404 404 404 200 404 409",
    ("api-session-reopen", "GET"): NOT_THIS_WAY,
    ("api-session-reopen", "POST"): "401 404 404 404 409 404 409",
    ("api-session-duplicate", "GET"): NOT_THIS_WAY,
    ("api-session-duplicate", "POST"): "401 404 404 404 400 404 400",
    ("api-session-cancel", "GET"): NOT_THIS_WAY,
    ("api-session-cancel", "POST"): "401 404 404 404 400 404 400",
    ("api-meeting-list", "GET"): EVERYONE,
    ("api-meeting-list", "POST"): "401 400 400 400 400 400 400",
    ("api-meeting-detail", "GET"): EVERYONE,
    ("api-meeting-detail", "PATCH"): "401 404 404 404 200 404 200",
    ("api-meeting-detail", "DELETE"): "401 405 405 405 405 405 405",
    ("api-meeting-cancel", "GET"): NOT_THIS_WAY,
    ("api-meeting-cancel", "POST"): "401 404 404 404 200 404 409",
    ("api-attendance-list", "GET"): "401 200 200 200 200 200 200",
    ("api-attendance-list", "POST"): "401 400 400 400 400 400 400",
    ("api-attendance-detail", "GET"): "401 200 404 200 200 404 200",
    ("api-attendance-detail", "PATCH"): "401 405 405 405 405 405 405",
    ("api-announcement-list", "GET"): "401 200 200 200 200 200 200",
    ("api-announcement-list", "POST"): "401 400 400 400 400 400 400",
    ("api-announcement-detail", "GET"): "401 200 404 200 200 404 200",
    ("api-announcement-detail", "PATCH"): "401 404 404 404 200 404 200",
    ("api-announcement-detail", "DELETE"): "401 404 404 404 204 404 404",
    ("api-lecture-list", "GET"): EVERYONE,
    ("api-lecture-list", "POST"): NOT_THIS_WAY,
    ("api-lecture-detail", "GET"): "404 200 404 200 200 200 200",
    ("api-lecture-detail", "PUT"): NOT_THIS_WAY,
    ("api-enrollment-list", "GET"): "401 200 200 200 200 200 200",
    ("api-enrollment-list", "POST"): "401 201 201 201 201 201 201",
    ("api-enrollment-list unpublished", "POST"): "401 400 400 400 409 400 409",
    ("api-enrollment-detail", "GET"): "401 200 404 404 404 404 404",
    ("api-enrollment-detail", "DELETE"): "401 204 404 404 404 404 404",
    ("api-enrollment-move", "GET"): "401 405 405 405 405 405 405",
    # The session has begun: nobody moves by themselves any more.
    ("api-enrollment-move", "POST"): "401 400 404 404 404 404 404",
    ("api-member-list", "GET"): "401 404 404 200 200 404 200",
    # Whom the instructor has enrolled is enrolled for the admin.
    ("api-member-list", "POST"): "401 404 404 404 201 404 409",
    ("api-member-withdraw", "GET"): "401 405 405 405 405 405 405",
    ("api-member-withdraw", "POST"): "401 404 404 404 200 404 404",
    ("api-member-move", "GET"): "401 405 405 405 405 405 405",
    ("api-member-move", "POST"): "401 404 404 404 400 404 400",
    ("api-queue-list", "GET"): "401 404 404 404 200 404 200",
    ("api-queue-list", "POST"): "401 405 405 405 405 405 405",
    ("api-queue-place", "GET"): "401 405 405 405 405 405 405",
    ("api-queue-place", "POST"): "401 404 404 404 200 404 200",
    ("api-queue-offer", "GET"): "401 405 405 405 405 405 405",
    ("api-queue-offer", "POST"): "401 404 404 404 200 404 409",
    ("api-queue-remove", "GET"): "401 405 405 405 405 405 405",
    ("api-queue-remove", "POST"): "401 404 404 404 204 404 404",
    ("api-invitation-list", "GET"): "401 404 404 404 404 404 200",
    ("api-invitation-list", "POST"): "401 404 404 404 404 404 201",
    ("api-invitation-detail", "GET"): "401 404 404 404 404 404 200",
    ("api-invitation-detail", "DELETE"): "401 404 404 404 404 404 204",
    ("api-invitation-resend", "GET"): "401 404 404 404 404 404 405",
    ("api-invitation-resend", "POST"): "401 404 404 404 404 404 200",
    **{
        (f"api-dashboard-{of}", method): answers
        for of in ("grading", "students", "enrollments", "payments", "submissions", "results", "at-risk")
        for method, answers in (("GET", "401 404 404 404 404 404 200"), ("POST", "401 405 405 405 405 405 405"))
    },
    ("api-session-figures", "GET"): "401 404 404 200 200 404 200",
    ("api-session-figures", "POST"): "401 405 405 405 405 405 405",
    ("api-session-misconceptions", "GET"): "401 404 404 200 200 404 200",
    ("api-session-misconceptions", "POST"): "401 405 405 405 405 405 405",
    ("api-teaching-figures", "GET"): "401 404 404 200 200 200 200",
    ("api-teaching-figures", "POST"): "401 405 405 405 405 405 405",
    ("api-watch-list", "GET"): "401 404 404 200 200 404 200",
    ("api-watch-list", "POST"): "401 404 404 201 201 404 201",
    ("api-watch-detail", "GET"): "401 405 405 405 405 405 405",
    ("api-watch-detail", "DELETE"): "401 404 404 204 404 404 404",
    ("api-watch-notes", "GET"): "401 405 405 405 405 405 405",
    ("api-watch-notes", "POST"): "401 404 404 201 201 404 201",
    ("api-dashboard", "GET"): "401 404 404 404 404 404 200",
    ("api-dashboard", "POST"): "401 405 405 405 405 405 405",
    ("api-mail", "GET"): "401 200 200 200 200 200 200",
    ("api-mail", "PUT"): "401 200 200 200 200 200 200",
    ("api-waiting-list", "GET"): "401 200 200 200 200 200 200",
    # Who has a seat does not wait for one.
    ("api-waiting-list", "POST"): "401 409 201 201 201 201 201",
    ("api-waiting-detail", "GET"): "401 200 404 404 404 404 404",
    ("api-waiting-detail", "DELETE"): "401 204 404 404 404 404 404",
    ("api-waiting-accept", "GET"): "401 405 405 405 405 405 405",
    ("api-waiting-accept", "POST"): "401 200 404 404 404 404 404",
    ("api-order-list", "GET"): "401 200 200 200 200 200 200",
    ("api-order-list", "POST"): "401 201 201 201 201 201 201",
    ("api-order-list unpublished", "POST"): "401 400 400 400 409 400 409",
    ("api-order-detail", "GET"): "401 200 404 404 404 404 404",
    ("api-order-detail", "DELETE"): "401 405 405 405 405 405 405",
    ("api-order-invite", "GET"): "401 405 405 405 405 405 405",
    ("api-order-invite", "POST"): "401 200 404 404 404 404 404",
    ("api-order-take-back", "GET"): "401 405 405 405 405 405 405",
    ("api-order-take-back", "POST"): "401 200 404 404 404 404 404",
    ("api-order-give-back", "GET"): "401 405 405 405 405 405 405",
    ("api-order-give-back", "POST"): "401 200 404 404 404 404 404",
    ("api-question-list", "GET"): "401 200 200 200 200 200 200",
    ("api-question-list", "POST"): "401 201 201 201 201 201 201",
    ("api-question-detail", "GET"): "401 200 404 200 200 404 200",
    ("api-question-detail", "DELETE"): "401 405 405 405 405 405 405",
    ("api-question-messages", "GET"): "401 405 405 405 405 405 405",
    ("api-question-messages", "POST"): "401 201 404 201 201 404 201",
    ("api-question-assign", "GET"): "401 405 405 405 405 405 405",
    ("api-question-assign", "POST"): "401 404 404 200 200 404 200",
    ("api-question-assignees", "GET"): "401 404 404 200 200 404 200",
    ("api-question-assignees", "POST"): "401 405 405 405 405 405 405",
    ("api-question-close", "GET"): "401 405 405 405 405 405 405",
    # What the assistant has closed is closed.
    ("api-question-close", "POST"): "401 404 404 200 409 404 409",
    ("api-question-reopen", "GET"): "401 405 405 405 405 405 405",
    ("api-question-reopen", "POST"): "401 404 404 409 409 404 409",
    ("api-question-file", "GET"): "401 200 404 200 200 404 200",
    ("api-question-file", "POST"): "401 405 405 405 405 405 405",
    ("api-faq-list", "GET"): EVERYONE,
    ("api-faq-list", "POST"): NOT_THIS_WAY,
    ("api-inquiry-list", "GET"): NOT_THIS_WAY,
    ("api-inquiry-list", "POST"): "202 202 202 202 202 202 202",
    ("api-exercise-list", "GET"): "401 200 200 200 200 200 200",
    ("api-exercise-list", "POST"): "401 405 405 405 405 405 405",
    ("api-exercise-detail", "GET"): "401 200 404 200 200 200 200",
    ("api-exercise-detail", "DELETE"): "401 405 405 405 405 405 405",
    ("api-exercise-ask", "GET"): "401 405 405 405 405 405 405",
    # Of a session that one learns it in, or teaches.
    ("api-exercise-ask", "POST"): "401 201 404 201 201 400 400",
    ("api-submission-ask", "GET"): "401 405 405 405 405 405 405",
    ("api-submission-ask", "POST"): "401 201 404 404 404 404 404",
    ("api-turnout", "GET"): "401 404 404 200 200 404 200",
    ("api-turnout", "POST"): "401 405 405 405 405 405 405",
    ("api-submission-list", "GET"): "401 200 200 200 200 200 200",
    ("api-submission-list", "POST"): "401 201 400 201 201 201 201",
    ("api-submission-detail", "GET"): "401 200 404 200 200 404 200",
    ("api-submission-cancel", "GET"): "401 405 405 405 405 405 405",
    ("api-submission-cancel", "POST"): "401 200 404 404 404 404 404",
    ("api-submission-detail", "DELETE"): "401 405 405 405 405 405 405",
    ("api-assignment-list", "GET"): "401 200 200 200 200 200 200",
    ("api-assignment-list", "POST"): "401 400 400 400 400 400 400",
    ("api-assignment-detail", "GET"): "401 200 404 200 200 404 200",
    ("api-assignment-detail", "PATCH"): "401 404 404 404 400 404 400",
    ("api-assignment-detail", "DELETE"): "401 404 404 404 204 404 409",
    ("api-assignment-put-back", "GET"): "401 405 405 405 405 405 405",
    ("api-assignment-put-back", "POST"): "401 404 404 404 200 404 409",
    ("api-extension-list", "GET"): "401 200 200 200 200 200 200",
    ("api-extension-list", "POST"): "401 400 400 400 400 400 400",
    ("api-extension-detail", "GET"): "401 200 404 200 200 404 200",
    ("api-extension-detail", "PATCH"): "401 404 404 404 200 404 200",
    ("api-extension-detail", "DELETE"): "401 404 404 404 204 404 404",
    ("api-comment-list", "GET"): "401 200 200 200 200 200 200",
    ("api-comment-list", "POST"): "401 400 400 201 201 400 201",
    ("api-comment-detail", "GET"): "401 200 404 200 200 404 200",
    ("api-comment-detail", "PATCH"): "401 404 404 404 200 404 404",
    ("api-comment-detail", "DELETE"): "401 404 404 404 204 404 404",
    ("api-gradebook-list", "GET"): "401 200 404 200 200 404 200",
    ("api-gradebook-list", "POST"): "401 405 405 405 405 405 405",
    ("api-gradebook-post", "GET"): "401 405 405 405 405 405 405",
    ("api-gradebook-post", "POST"): "401 400 400 400 200 400 200",
    ("api-gradebook-hide", "GET"): "401 405 405 405 405 405 405",
    ("api-gradebook-hide", "POST"): "401 400 400 400 200 400 200",
    ("api-gradebook-preview", "GET"): "401 404 404 404 200 404 200",
    ("api-gradebook-preview", "POST"): "401 405 405 405 405 405 405",
    **{
        (name, method): answers
        for name in ("api-gradebook-cell", "api-statistics", "api-sheet", "api-student-grades")
        for method, answers in (("GET", "401 404 404 200 200 404 200"), ("POST", "401 405 405 405 405 405 405"))
    },
    ("api-grades", "GET"): "401 200 404 404 404 404 404",
    ("api-grades", "POST"): "401 405 405 405 405 405 405",
    ("api-scheme", "GET"): "401 404 404 200 200 404 200",
    ("api-scheme", "PUT"): "401 404 404 404 400 404 400",
    ("api-sheet-preview", "GET"): "401 405 405 405 405 405 405",
    ("api-sheet-preview", "POST"): "401 404 404 404 200 404 200",
    ("api-sheet-apply", "GET"): "401 405 405 405 405 405 405",
    ("api-sheet-apply", "POST"): "401 404 404 404 400 404 400",
    ("api-override-list", "GET"): "401 200 200 200 200 200 200",
    # As on the page.
    ("api-override-list", "POST"): "401 400 400 201 409 400 409",
    ("api-override-detail", "GET"): "401 404 404 200 200 404 200",
    ("api-override-detail", "DELETE"): "401 405 405 405 405 405 405",
    ("api-criterion-list", "GET"): "401 200 200 200 200 200 200",
    ("api-criterion-list", "POST"): "401 400 400 400 201 400 201",
    ("api-criterion-detail", "GET"): "401 200 404 200 200 404 200",
    ("api-criterion-detail", "PATCH"): "401 404 404 404 200 404 200",
    # It has a mark.
    ("api-criterion-detail", "DELETE"): "401 404 404 404 409 404 409",
    ("api-criterion-move", "GET"): "401 405 405 405 405 405 405",
    ("api-criterion-move", "POST"): "401 404 404 404 200 404 200",
    ("api-criterion-copy", "GET"): "401 405 405 405 405 405 405",
    # The exercise brings no rubric.
    ("api-criterion-copy", "POST"): "401 400 400 400 409 400 409",
    ("api-mark-list", "GET"): "401 200 200 200 200 200 200",
    ("api-mark-list", "POST"): "401 400 400 200 200 400 200",
    ("api-mark-detail", "GET"): "401 200 404 200 200 404 200",
    ("api-mark-detail", "DELETE"): "401 405 405 405 405 405 405",
    ("api-regrade-request-list", "GET"): "401 200 200 200 200 200 200",
    ("api-regrade-request-list", "POST"): "401 409 400 400 400 400 400",
    ("api-regrade-request-detail", "GET"): "401 200 404 200 200 404 200",
    ("api-regrade-request-detail", "PATCH"): "401 405 405 405 405 405 405",
    **{
        (f"api-regrade-request-{do}", "GET"): "401 405 405 405 405 405 405"
        for do in ("grant", "decline", "grade-again", "withdraw")
    },
    ("api-regrade-request-grant", "POST"): "401 404 404 404 200 404 409",
    ("api-regrade-request-decline", "POST"): "401 404 404 404 200 404 409",
    # There is no submission to grade.
    ("api-regrade-request-grade-again", "POST"): "401 404 404 404 409 404 409",
    ("api-regrade-request-withdraw", "POST"): "401 200 404 404 404 404 404",
    ("api-check-revision-list", "GET"): "401 200 200 200 200 200 200",
    # For the admin nothing is left to change.
    ("api-check-revision-list", "POST"): "401 400 400 400 201 400 400",
    ("api-check-revision-detail", "GET"): "401 404 404 200 200 404 200",
    ("api-check-revision-detail", "DELETE"): "401 404 404 404 204 404 404",
    ("api-check-revision-preview", "GET"): "401 405 405 405 405 405 405",
    ("api-check-revision-preview", "POST"): "401 400 400 400 200 400 200",
    ("api-check-revision-checks", "GET"): "401 404 404 200 200 404 200",
    ("api-check-revision-checks", "POST"): "401 405 405 405 405 405 405",
    ("api-token", "POST"): "400 200 200 200 200 200 200",
    ("api-token", "DELETE"): "204 204 204 204 204 204 204",
    ("api-schema", "GET"): EVERYONE,
    ("api-docs", "GET"): EVERYONE,
    ("api-unknown", "GET"): "404 404 404 404 404 404 404",
    ("api-unknown", "POST"): "404 404 404 404 404 404 404",
    ("api-release-list", "GET"): "401 200 404 200 200 404 200",
    ("api-release-list", "POST"): "401 405 405 405 405 405 405",
    ("api-release-detail", "GET"): "401 200 404 200 200 404 200",
    ("api-release-detail", "PUT"): "401 404 404 404 400 404 400",
    ("api-release-detail", "DELETE"): "401 404 404 404 204 404 404",
    ("api-hour-list", "GET"): "401 200 200 200 200 200 200",
    ("api-hour-list", "POST"): "401 400 400 400 400 400 400",
    ("api-hour-detail", "GET"): "401 200 404 200 200 404 200",
    ("api-hour-detail", "PATCH"): "401 404 404 404 200 404 200",
    ("api-hour-detail", "DELETE"): "401 405 405 405 405 405 405",
    ("api-hour-book", "GET"): "401 405 405 405 405 405 405",
    ("api-hour-book", "POST"): "401 200 404 404 404 404 404",
    ("api-hour-cancel", "GET"): "401 405 405 405 405 405 405",
    # The student what they booked; the instructor all of it, for good.
    ("api-hour-cancel", "POST"): "401 200 404 409 200 404 409",
    ("api-recording-list", "GET"): "401 200 200 200 200 200 200",
    ("api-recording-list", "POST"): "401 400 400 400 201 400 201",
    ("api-recording-detail", "GET"): "401 200 404 200 200 404 200",
    ("api-recording-detail draft", "GET"): "401 404 404 200 200 404 200",
    ("api-recording-detail", "PATCH"): "401 404 404 404 200 404 200",
    ("api-recording-detail", "PUT"): "401 405 405 405 405 405 405",
    ("api-recording-detail", "DELETE"): "401 404 404 404 409 404 409",
    ("api-recording-publish", "GET"): "401 405 405 405 405 405 405",
    ("api-recording-publish", "POST"): "401 404 404 404 200 404 200",
    ("api-recording-draft", "GET"): "401 405 405 405 405 405 405",
    ("api-recording-draft", "POST"): "401 404 404 404 200 404 200",
    ("api-recording-captions", "GET"): "401 200 404 200 200 404 200",
    ("api-recording-captions", "PUT"): "401 404 404 404 400 404 400",
    # Programs that speak tus say so, by a header; tests/courses/recordings has who may do what.
    ("uploads", "OPTIONS"): "204 204 204 204 204 204 204",
    ("uploads", "GET"): "401 412 412 412 412 412 412",
    ("uploads", "POST"): "401 412 412 412 412 412 412",
    ("upload", "OPTIONS"): "204 204 204 204 204 204 204",
    ("upload", "HEAD"): "401 412 412 412 412 412 412",
    ("upload", "PATCH"): "401 412 412 412 412 412 412",
    ("upload", "DELETE"): "401 412 412 412 412 412 412",
}
# Accounts belong to whoever signs in: (a visitor, anyone who has signed in).
ACCOUNTS = {
    "account_login": ("200", "302"),
    "account_logout": ("302", "200"),
    "account_inactive": ("200", "200"),
    "account_signup": ("200", "302"),
    "account_reauthenticate": ("login", "200"),
    "account_email": ("login", "200"),
    "account_email_verification_sent": ("200", "200"),
    "account_change_password": ("login", "200"),
    "account_set_password": ("login", "302"),
    "account_reset_password": ("200", "200"),
    "account_confirm_login_code": ("login", "302"),
    "account_confirm_email": ("200", "200"),
    "account_reset_password_from_key": ("200", "200"),
    "account_reset_password_from_key_done": ("200", "200"),
    "account_reset_password_done": ("200", "200"),
    "mfa_index": ("login", "200"),
    "mfa_authenticate": ("login", "302"),
    "mfa_reauthenticate": ("login", "302"),
    # To the password first, once more.
    "mfa_activate_totp": ("login", "302"),
    "mfa_deactivate_totp": ("login", "404"),
    "mfa_view_recovery_codes": ("login", "404"),
    "mfa_generate_recovery_codes": ("login", "302"),
    "mfa_download_recovery_codes": ("login", "404"),
}

OF_RECORDING = [
    "recording_edit", "recording_upload", "recording_give_up", "recording_publish", "recording_delete",
    "recording_captions", "recording", "recording_link", "recording_position", "api-recording-detail",
    "api-recording-publish", "api-recording-draft", "api-recording-captions",
]  # fmt: skip
# Addresses that name a session, a meeting, an announcement by its key.
OF_SESSION = [
    "session_overview", "session_state", "session_edit", "session_duplicate", "session_cancel", "timetable",
    "meeting_new", "meeting_series", "attendance", "attendance_csv", "announcements", "session_lectures",
    "session_preview", "session_hours", "api-release-list", "session_figures", "watch_list", "api-session-figures",
    "api-watch-list", "api-session-misconceptions", "api-turnout", "api-statistics", "api-scheme", "api-sheet",
    "api-sheet-preview", "api-sheet-apply", "api-grades",
    *(f"api-session-{do}" for do in ("publish", "take-back", "close", "reopen", "duplicate", "cancel")),
]  # fmt: skip
OF_MEETING = [
    "meeting_edit",
    "meeting_cancel",
    "meeting_attendance",
    "join",
    "api-meeting-detail",
    "api-meeting-cancel",
]
OF_QUESTION = [
    "ticket",
    *(f"question_{deed}" for deed in ("assign", "close", "reopen")),
    *(f"api-question-{name}" for name in ("detail", "messages", "assign", "assignees", "close", "reopen")),
]
OF_HOUR = ["hour_edit", "hour_cancel", "api-hour-detail", "api-hour-book", "api-hour-cancel"]
OF_GRADEBOOK = [
    "gradebook", "gradebook_statistics", "gradebook_export", "gradebook_import", "gradebook_post", "gradebook_total",
    "my_session_grades",
]  # fmt: skip
OF_CRITERION = ["criterion_edit", "criterion_move", "criterion_delete", "api-criterion-detail", "api-criterion-move"]
OF_REQUEST = [
    "regrade_withdraw", "regrade_answer", *(f"api-regrade-request-{do}" for do in ("detail", "grant", "decline", "grade-again", "withdraw")),
]  # fmt: skip
OF_ANNOUNCEMENT = ["announcement_edit", "announcement_delete", "api-announcement-detail"]


def assigned(people: dict[str, User], session: Session, lecture: Lecture) -> dict[str, Any]:
    """Two assignments: one due for the student later than for others, one that was taken out."""
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    due, removed = (
        Assignment.objects.create(
            session=session, due_at=tomorrow, removed_at=removed_at,
            exercise=Exercise.objects.create(
                slug=slug, version="1", title=slug, lecture=lecture, points=1, flavor="numpy", wall_seconds=1
            ),
        )
        for slug, removed_at in (("due", None), ("removed", timezone.now()))
    )  # fmt: skip
    extension = Extension.objects.create(
        assignment=due,
        student=people["student"],
        due_at=tomorrow + datetime.timedelta(days=1),
        granted_by=people["instructor"],
    )
    return {"due": due, "removed": removed, "extension": extension}


@pytest.fixture
def school(made, db, monkeypatch) -> dict[str, Any]:
    """The school, as it was made: what a test does to it is undone after the test."""
    # /health/ gives no answer that another test has asked for.
    monkeypatch.setattr(health, "ANSWER_KEPT_SECONDS", -1.0)
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, broker_of_run) -> Iterator[dict[str, Any]]:
    """It is made once, for all tests of this module."""
    broker_of_run.start()
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_school()
        transaction.set_rollback(True)


def make_school() -> dict[str, Any]:
    """Two courses with a session each, one of both unpublished, and somebody in every role."""
    today = timezone.now().date()

    def session(course: Course, slug: str, published: bool = True) -> Session:
        return Session.objects.create(
            course=course, slug=slug, modality="online", time_zone="UTC", seats=50, price=1, published=published,
            starts_on=today, ends_on=today + datetime.timedelta(days=9),
        )  # fmt: skip

    # The slugs of ours, whose figures lie beside them.
    lecture = Lecture.objects.create(slug="back-propagation", title="B", body="::: laboratory neuron-chain\n:::\n")
    sample = Lecture.objects.create(
        slug="two-steps-make-a-bump", title="S", body="::: laboratory bump\n:::\n", sample=True
    )
    course, elsewhere = (Course.objects.create(slug=slug, title=slug) for slug in ("course", "elsewhere"))
    section = Section.objects.create(course=course, slug="s", title="S", position=1)
    for position, placed in enumerate((lecture, sample), 1):
        SectionLecture.objects.create(course=course, section=section, lecture=placed, position=position)
    people = {role: User.objects.create_user(f"{role}@example.org", "x") for role in ROLES[1:-1]}
    people["admin"] = User.objects.create_superuser("admin@example.org", "x")
    here, there, draft = session(course, "here"), session(elsewhere, "there"), session(course, "draft", published=False)
    teacher = Instructor.objects.create(slug="teacher", name="T", user=people["instructor"])
    here.instructors.add(teacher)
    draft.instructors.add(teacher)
    there.instructors.add(Instructor.objects.create(slug="stranger", name="S", user=people["stranger"]))
    here.assistants.add(people["assistant"])
    enrollment = Enrollment.objects.enroll(people["student"], here)
    Order.objects.filter(enrollments=enrollment).update(held_until=None)
    meeting = Meeting.objects.create(
        session=here, starts_at=timezone.now(), ends_at=timezone.now() + datetime.timedelta(hours=1),
        join_url="https://meet.example.org/1",
    )  # fmt: skip
    # It is open already.
    LectureRelease.objects.create(session=here, lecture=lecture, opens_at=timezone.now())
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    hour = OfficeHour.objects.create(
        session=here, host=people["instructor"], room="R", capacity=2, starts_at=tomorrow,
        ends_at=tomorrow + datetime.timedelta(minutes=20),
    )  # fmt: skip
    Enrollment.objects.enroll(people["other"], there)
    folder = load("backpropagation")
    exercise = Exercise.objects.create(
        slug=folder.slug, version=folder.version, title=folder.title, lecture=lecture, points=10, flavor="numpy",
        wall_seconds=10, statement=folder.statement, starter=folder.starter,
    )  # fmt: skip
    Exercise.objects.create(
        slug="sample",
        version="1",
        title="Sample",
        lecture=sample,
        points=10,
        flavor="numpy",
        wall_seconds=10,
        sample=True,
    )
    submission = Submission.objects.create(student=people["student"], exercise=exercise, source="x")
    recording, draft_recording = (
        Recording.objects.create(
            meeting=meeting, created_by=people["instructor"], state="ready", file=f"{name}.mp4", size=1,
            content_type="video/mp4", seconds=60, published_at=published_at,
        )
        for name, published_at in (("published", timezone.now()), ("draft", None))
    )  # fmt: skip
    settings.RECORDINGS.mkdir(parents=True, exist_ok=True)
    (settings.RECORDINGS / "published.mp4").write_bytes(b"x")
    Caption.objects.create(recording=recording, language="en", text="WEBVTT")
    Watch.objects.create(session=here, student=people["student"], added_by=people["instructor"])
    empty = Recording.objects.create(meeting=meeting, created_by=people["instructor"])
    upload = Upload.objects.begin(people["instructor"], empty, length=9, file_name="a.mp4")
    unpublished = Course.objects.create(slug="unpublished", title="U", published=False)
    # Seats that the student ordered for a company and paid in part, one of them sent; a seat offered to the student.
    company = order_for_company(people["student"], here, 2, "Acme", "1 Street")
    [seat] = invite(company, ["a@acme.example"])
    there.take_seats()
    offer = WaitingEntry.objects.create(
        session=there,
        user=people["student"],
        offered_at=timezone.now(),
        offer_until=timezone.now() + datetime.timedelta(hours=1),
    )
    return {
        **reviewed(people, here, submission), **assigned(people, here, sample),
        "order": enrollment.order, "company": company, "seat": seat, "offer": offer,
        "payment": receive(company, Decimal(1), "test"),
        "waiting": WaitingEntry.objects.create(session=here, user=people["other"]),
        "people": people, "here": here, "draft": draft, "enrollment": enrollment, "exercise": exercise,
        "submission": submission, "unpublished": unpublished, "meeting": meeting,
        "hour": hour, "booking": hour.book(people["student"], "A"),
        "attendance": Attendance.objects.create(meeting=meeting, person=people["student"], status="late"),
        "announcement": Announcement.objects.create(session=here, author=people["instructor"], title="A", text="B"),
        "feed": CalendarFeed.objects.of(people["student"]),
        "recording": recording, "draft_recording": draft_recording, "upload": upload,
        "ticket": Ticket.objects.ask(people["student"], "Why?", subject="About it", files=[checked("a.txt", b"x")]),
        "invitation": Invitation.objects.invite("new@example.org", "assistant", people["admin"], sessions=[here]),
    }  # fmt: skip


def reviewed(people: dict[str, User], session: Session, submission: Submission) -> dict[str, Any]:
    """What staff said and decided about the submission, and what its student asks."""
    assignment, _ = Assignment.objects.get_or_create(session=session, exercise=submission.exercise)
    by = {"by": people["instructor"]}
    criterion = Criterion.objects.create(assignment=assignment, position=1, title="C", points=5)
    return {
        "assignment": assignment, "criterion": criterion,
        "override": Override.objects.create(assignment=assignment, student=people["student"], points=1, of=10, **by),
        "mark": Mark.objects.create(criterion=criterion, student=people["student"], points=1, **by),
        "comment": LineComment.objects.say(submission, people["instructor"], 1, "Why?"),
        "request": RegradeRequest.objects.create(assignment=assignment, student=people["student"], text="Why?"),
        "revision": CheckRevision.objects.create(
            assignment=assignment, check_name="One layer", points=0, reason="R", **by
        ),
    }  # fmt: skip


def address_of(name: str, school: dict[str, Any]) -> str:
    """The address of a table's row; a word after the name means another object than the usual one."""
    name, _, other = name.partition(" ")
    course = "unpublished" if other and "course" in name else "course"
    session = school["draft"] if other else school["here"]
    lecture = "two-steps-make-a-bump" if other else "back-propagation"
    exercise = "sample" if other else "backpropagation"
    people = school["people"]
    arguments = {
        "mute_mail": [mute_address(people["student"], "question").split("/")[-2]],
        **dict.fromkeys(("roster", "roster_export", "roster_write", "roster_move", "roster_add", "roster_import",
                         "session_history", "session_staff", "staff_assign", "api-member-list", "api-queue-list"),
                        (session.pk,)),
        **dict.fromkeys(("api-member-withdraw", "api-member-move"), (session.pk, school["enrollment"].pk)),
        **dict.fromkeys(("api-queue-place", "api-queue-offer", "api-queue-remove"), (session.pk, school["waiting"].pk)),
        "roster_withdraw": [session.pk, school["enrollment"].pk], "staff_remove": [session.pk, people["assistant"].pk],
        "staff_unassign": [session.pk, people["instructor"].instructor.pk],
        "invitation": [school["invitation"].token],
        **dict.fromkeys(("invitation_resend", "invitation_withdraw", "api-invitation-detail", "api-invitation-resend"),
                        (school["invitation"].pk,)),
        **dict.fromkeys(("accept_seat", "leave_waiting"), ("elsewhere", "there")), "waiting_list": [session.pk],
        **dict.fromkeys(("company_order", "transfer"), ("course", session.slug)),
        **dict.fromkeys(("order", "pay", "billing", "test_gateway", "api-order-detail"), (school["order"].pk,)),
        **dict.fromkeys(("invite_to_seats", "give_seats_back", "order_books", "book_payment", "book_refund", "keep_seats",
                         "waive_money", "api-order-invite", "api-order-take-back", "api-order-give-back"), (school["company"].pk,)),
        "take_seat_back": [school["company"].pk, school["seat"].pk], "seat_invitation": [school["seat"].token],
        "receipt": [school["payment"].pk], "payment_notification": ["test"],
        **dict.fromkeys(("api-waiting-detail", "api-waiting-accept"), (school["offer"].pk,)),
        "course": [course], "session": ["course", session.slug], "enroll": ["course", session.slug],
        "withdraw": ["course", session.slug], "lecture": ["course", lecture], "read": ["course", lecture],
        "figure": ["course", lecture, "sums" if other else "descent"],
        "laboratory": ["bump" if other else "neuron-chain"], **dict.fromkeys(OF_QUESTION, (school["ticket"].pk,)),
        "question_file": [Attachment.objects.get().pk],
        "api-question-file": [school["ticket"].pk, Attachment.objects.get().pk],
        **dict.fromkeys(("assignments", "assignments_add"), (session.pk,)),
        **dict.fromkeys(("assignment_edit", "assignment_take_out", "extensions", "api-assignment-detail"),
                        (school["due"].pk,)),
        **dict.fromkeys(("assignment_put_back", "api-assignment-put-back"), (school["removed"].pk,)),
        **dict.fromkeys(("extension_take_back", "api-extension-detail"), (school["extension"].pk,)),
        **dict.fromkeys(("ask_about_exercise", "api-exercise-ask"), ("backpropagation",)),
        **dict.fromkeys(("ask_about_submission", "api-submission-ask"), (school["submission"].pk,)),
        "exercise": [exercise], "run": [exercise], "submission": [school["submission"].pk],
        "cancel": [school["submission"].pk], "api-submission-cancel": [school["submission"].pk],
        "api-course-detail": [course], "api-session-detail": [session.pk], "api-lecture-detail": ["back-propagation"],
        **dict.fromkeys(("api-enrollment-detail", "api-enrollment-move"), (school["enrollment"].pk,)),
        "api-exercise-detail": ["backpropagation"],
        "api-submission-detail": [school["submission"].pk], "account_confirm_email": ["key"],
        "account_reset_password_from_key": ["1", "key"], "session_calendar": ["course", session.slug],
        "calendar_feed": [school["feed"].token],
        **dict.fromkeys(OF_SESSION, (session.pk,)),
        **dict.fromkeys(OF_MEETING, (school["meeting"].pk,)),
        **dict.fromkeys(OF_HOUR, (school["hour"].pk,)), "booking_cancel": [school["booking"].pk],
        "office_hours": ["course", session.slug], "api-release-detail": [session.pk, "back-propagation"],
        **dict.fromkeys(OF_ANNOUNCEMENT, (school["announcement"].pk,)),
        "api-attendance-detail": [school["attendance"].pk],
        **dict.fromkeys(("watch_note", "watch_end", "api-watch-detail", "api-watch-notes"),
                        (session.pk, people["student"].pk)),
        "recordings": [session.pk],
        **dict.fromkeys(OF_RECORDING, (school["draft_recording" if other else "recording"].pk,)),
        "recording_captions_file": [school["recording"].pk, "en"],
        "media": [link_to(school["recording"], people["student"]).split("/")[-2]],
        "upload": [school["upload"].pk],
        "comment_new": [school["submission"].pk],
        **dict.fromkeys(("comment_edit", "comment_delete", "api-comment-detail"), (school["comment"].pk,)),
        **dict.fromkeys(("rubric", "marks", "checks"), (session.pk, school["assignment"].pk)),
        "mark": [session.pk, school["assignment"].pk, people["student"].pk],
        "gradebook_cell": [session.pk, school["assignment"].pk, people["student"].pk],
        "api-gradebook-cell": [school["assignment"].pk, people["student"].pk],
        "api-student-grades": [session.pk, people["student"].pk],
        "gradebook_student": [session.pk, people["student"].pk], "api-override-detail": [school["override"].pk],
        **dict.fromkeys(OF_GRADEBOOK, (session.pk,)),
        **dict.fromkeys(OF_CRITERION, (school["criterion"].pk,)), "api-mark-detail": [school["mark"].pk],
        "regrade_ask": [school["assignment"].pk], "regrade_requests": [session.pk],
        **dict.fromkeys(OF_REQUEST, (school["request"].pk,)),
        "api-check-revision-detail": [school["revision"].pk],
    }  # fmt: skip
    return "/api/v1/nowhere/" if name == "api-unknown" else reverse(name, args=arguments.get(name, []))


def body_of(name: str, school: dict[str, Any]) -> dict[str, Any]:
    company = {"seats": 1, "company": "C", "billing_address": "1 Street"}
    bodies = {
        "api-member-list": {"email": "new@example.org"},
        "office_hours": {"hour": school["hour"].pk, "about": "A"},
        "api-hour-book": {"about": "A"},
        "api-queue-place": {"place": 1},
        "api-order-list": {"session": school["here"].pk, **company},
        "api-order-list unpublished": {"session": school["draft"].pk, **company},
        "api-order-invite": {"emails": ["b@acme.example"]},
        "api-order-take-back": {"invitation": school["seat"].pk},
        "api-order-give-back": {"seats": 1},
        "recording_position": {"seconds": "5"},
        "recording_position draft": {"seconds": "5"},
        "api-recording-list": {"meeting": school["meeting"].pk},
        "waiting_list": {"entry": school["waiting"].pk, "do": "first"},
        "pay": {"provider": "test"},
        "invite_to_seats": {"emails": "b@acme.example"},
        "give_seats_back": {"seats": "1"},
        "test_gateway": {"do": "pay", "amount": "1"},
        "book_payment": {"payment-amount": "1"},
        "book_refund": {"refund-amount": "1"},
        "keep_seats": {"keep-reason": "R"},
        "waive_money": {"waive-amount": "1", "waive-reason": "R"},
        "api-waiting-list": {"session": school["here"].pk},
        "profile": {"time_zone": "Mars"},
        **{name: {"source": "a = 1"} for name in ("exercise", "exercise sample", "run", "run sample")},
        "roster_write": {"people": school["people"]["student"].pk, "subject": "S", "text": "T", "send": "1"},
        "roster_move": {"people": school["people"]["student"].pk},
        "roster_add": {"email": "new@example.org"},
        "roster_import": {"sheet": "email\nnew@example.org\n"},
        "invitations": {"email": "new@example.org", "role": "instructor"},
        "session_staff": {"email": "new@example.org"},
        **{name: {"student": school["people"]["student"].pk} for name in ("watch_list", "api-watch-list")},
        **{name: {"text": "T"} for name in ("watch_note", "api-watch-notes")},
        "staff_assign": {"instructor": school["people"]["stranger"].instructor.pk},
        "api-invitation-list": {"email": "new@example.org", "role": "instructor"},
        "session_state": {"do": "close"},
        "read": {"confidence": "followed"},
        "read sample": {"confidence": "sure"},
        "ticket": {"text": "Because of σ′."},
        "question_new": {"subject": "S", "text": "Why?"},
        "question_assign": {"assignee": school["people"]["instructor"].pk},
        "inquiry_new": {"email": "new@example.net", "text": "Why?"},
        "api-inquiry-list": {"email": "new@example.net", "text": "Why?"},
        "api-question-list": {"subject": "S", "text": "Why?"},
        "api-question-messages": {"text": "Because."},
        "api-question-assign": {"assignee": school["people"]["instructor"].pk},
        # The instructor runs two sessions of the course, and says in which.
        "ask_about_exercise": {"text": "Why?", "session": school["here"].pk},
        "api-exercise-ask": {"text": "Why?", "session": school["here"].pk},
        **{name: {"text": "Why?"} for name in ("ask_about_submission", "api-submission-ask")},
        "comment_new": {"line": 1, "text": "Why?"},
        "comment_edit": {"text": "Why not?"},
        "api-comment-list": {"submission": school["submission"].pk, "line": 1, "text": "Why?"},
        "rubric": {"title": "T", "points": "1"},
        "gradebook_cell": {"points": "5", "seen": school["override"].pk},
        "gradebook_post": {"assignment": school["assignment"].pk, "do": "hide"},
        "gradebook_total": {"drop_lowest": "1"},
        **{name: {"session": school["here"].pk} for name in ("api-gradebook-list", "api-gradebook-preview")},
        "api-sheet-preview": {"sheet": "E-mail\nstudent@example.org\n"},
        **{
            name: {"session": school["here"].pk, "assignments": [school["assignment"].pk]}
            for name in ("api-gradebook-post", "api-gradebook-hide")
        },
        "api-override-list": {
            "assignment": school["assignment"].pk,
            "student": school["people"]["student"].pk,
            "points": "5",
            "seen": school["override"].pk,
        },
        "api-criterion-move": {"up": "1"},
        "api-criterion-copy": {"assignment": school["assignment"].pk},
        "api-check-revision-checks": {"assignment": school["assignment"].pk},
        "api-criterion-list": {"assignment": school["assignment"].pk, "title": "T", "points": "1"},
        "api-mark-list": {
            "criterion": school["criterion"].pk,
            "student": school["people"]["student"].pk,
            "points": "1",
        },
        "regrade_ask": {"text": "Why?"},
        "regrade_answer": {"do": "decline", f"{school['request'].pk}-answer": "So."},
        "api-regrade-request-list": {"assignment": school["assignment"].pk, "text": "Why?"},
        **{f"api-regrade-request-{do}": {"answer": "So."} for do in ("grant", "decline")},
        **{
            f"api-check-revision-{name}": {
                "assignment": school["assignment"].pk,
                "check_name": "One layer",
                "points": "1",
                "reason": "R",
            }
            for name in ("list", "preview")
        },
        "api-enrollment-list": {"session": school["here"].pk},
        "api-enrollment-list unpublished": {"session": school["draft"].pk},
        "api-submission-list": {"exercise": "backpropagation", "source": "a = 1"},
    }
    return bodies.get(name, {})


def client_of(role: str, school: dict[str, Any]) -> Client:
    client = Client(raise_request_exception=False)
    if role != "visitor":
        client.force_login(school["people"][role])
    return client


def answer(client: Client, method: str, address: str, body: dict[str, Any] | None = None) -> str:
    """The status, or "login" where the way leads to signing in."""
    pairs = {"data": body} if method in ("GET", "POST") else {}
    response = getattr(client, method.lower())(address, **pairs)
    leads_to_login = response.status_code == 302 and response["Location"].startswith("/accounts/login/")
    return "login" if leads_to_login else str(response.status_code)


@pytest.mark.parametrize(
    ("row", "expected"), [*PAGES.items(), *API.items()], ids=lambda v: " ".join(v) if isinstance(v, tuple) else ""
)
def test_each_role_gets_what_it_may(row, expected, school):
    name, method = row
    address, body = address_of(name, school), body_of(name, school)
    got = " ".join(answer(client_of(role, school), method, address, body) for role in ROLES)
    assert got == expected


@pytest.mark.parametrize("name", ACCOUNTS)
def test_accounts_belong_to_whoever_signs_in(name, school):
    address = address_of(name, school)
    got = [answer(client_of(role, school), "GET", address) for role in ROLES]
    visitor, person = ACCOUNTS[name]
    assert got == [visitor] + [person] * (len(ROLES) - 1)


def test_the_admin_is_there_for_admins_only(school):
    addresses = {reverse("admin:index"): "200", reverse("admin:login"): "302"}
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses[reverse(f"{name}_changelist")] = "200"
        if (some := model.objects.first()) is not None:
            addresses[reverse(f"{name}_change", args=[some.pk])] = "200"
    assert len(addresses) > 15
    for role in ROLES:
        client = client_of(role, school)
        expected = addresses if role == "admin" else dict.fromkeys(addresses, "404")
        assert {address: answer(client, "GET", address) for address in addresses} == expected
        if role != "admin":
            assert {answer(client, "POST", address, {}) for address in addresses} == {"404"}


def test_no_address_is_left_out_of_the_tables():
    walked = {name.partition(" ")[0] for name, _ in [*PAGES, *API]} | set(ACCOUNTS)
    assert {name for name in names(get_resolver()) if not name.startswith("admin:")} == walked


def names(resolver: URLResolver, namespace: str = "") -> set[str]:
    found = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            found.add(f"{namespace}{pattern.name}")
    return found
