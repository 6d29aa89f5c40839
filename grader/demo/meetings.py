"""Timetables with the course's lectures in their order, who was there, and what was announced."""

import datetime

from courses.classroom.meetings.models import wall_time
from courses.classroom.progress import path
from courses.models import Announcement, Attendance, Meeting, Session
from grader.demo.school import School
from grader.demo.sessions import CITIES, WEEKS, Batch

LENGTH = datetime.timedelta(hours=2, minutes=30)
# Of the demo student's own class, counted from the newest that is over: missed; missed, and watched in half.
MISSED, HALF_WATCHED = 1, 3
STATUSES = {
    Attendance.Status.PRESENT: 45,
    Attendance.Status.LATE: 15,
    Attendance.Status.EXCUSED: 12,
    Attendance.Status.ABSENT: 28,
}
# Days from the first one; title; text.
ANNOUNCEMENTS = (
    (
        -6,
        "Before we begin",
        "Please read **Slopes and the chain rule** before the first class, and hand in one exercise of it: so you have "
        "met the editor, and we can begin with the mathematics.",
    ),
    (
        9,
        "Two ways to check a gradient",
        "Many of you asked how to know that a gradient is right before handing it in. The lecture on back propagation "
        "compares it with a difference quotient; do that first, for one weight, by hand.",
    ),
    (
        23,
        "Questions for the clinic",
        "The second half of the next class is yours. Open a question on the exercise that resists you, so that we can "
        "look at it together.",
    ),
    (
        44,
        "Halfway",
        "We are past the middle. If exercises have piled up, begin with the ones that you tried last: a finding that "
        "names a mistake is the shortest way to the next point.",
    ),
    (
        64,
        "Last week",
        "The page stays open after the last class, and so do the recordings. Work is taken for four more weeks.",
    ),
)


def make_timetable(school: School, batch: Batch) -> None:
    """Two classes a week at the same hour of the session's clocks, each with its share of the outline."""
    plan, session = batch.plan, batch.session
    count = 2 * WEEKS
    link = f"https://meet.example/gradus/{school.rng.randrange(10**9, 10**10)}" if plan.is_online else ""
    for number in range(count):
        day = session.starts_on + datetime.timedelta(
            weeks=number // 2, days=plan.days[1] - plan.days[0] if number % 2 else 0
        )
        starts_at = wall_time(day, plan.time, session.time_zone)
        meeting = Meeting(session=session, starts_at=starts_at, ends_at=starts_at + LENGTH, join_url=link)
        meeting.room = "" if plan.is_online else CITIES[plan.place][1]
        meeting.changed_at = min(starts_at - datetime.timedelta(weeks=6), school.now)
        batch.meetings.append(meeting)
    Meeting.objects.bulk_create(batch.meetings)
    places = path(school.course)
    covers = [
        Meeting.lectures.through(meeting=meeting, lecture_id=place.lecture_id)
        for number, meeting in enumerate(batch.meetings)
        for place in places[number * len(places) // count : (number + 1) * len(places) // count]
    ]
    Meeting.lectures.through.objects.bulk_create(covers)
    cancel_one(school, batch)


def cancel_one(school: School, batch: Batch) -> None:
    """Call a class off for a storm, as it happens in cities; it stays on the timetable."""
    stormy = school.rng.choice(batch.meetings[2:])
    if batch.plan.is_online or stormy.starts_at > school.now or school.chance(0.4):
        return
    stormy.canceled_at = stormy.changed_at = stormy.starts_at - datetime.timedelta(hours=9)
    stormy.sequence = 1
    stormy.save(update_fields=["canceled_at", "sequence", "changed_at"])


def over(school: School, batch: Batch) -> list[Meeting]:
    """The session's classes that have been held, the newest last."""
    if batch.session.canceled_at is not None:
        return []
    return [one for one in batch.meetings if one.canceled_at is None and one.ends_at <= school.now]


def take_attendance(school: School, batch: Batch) -> None:
    """Who was at each class; those online have followed the join link."""
    held, rows = over(school, batch), []
    members = batch.members
    diligence = {user.pk: school.rng.betavariate(6, 1) for user in members}
    since = {one.user_id: one.enrolled_at for one in batch.enrollments}
    for number, meeting in enumerate(reversed(held)):
        for user in members:
            if meeting.ends_at < since[user.pk]:
                continue
            status = status_of(school, diligence[user.pk])
            if number < (1 - school.habit_of(user).comes_for) * len(held):
                status = Attendance.Status.ABSENT
            if user == school.cast.student:
                missed = number in (MISSED, HALF_WATCHED)
                status = Attendance.Status.ABSENT if missed else Attendance.Status.PRESENT
            row = Attendance(meeting=meeting, person=user, status=status)
            if meeting.join_url and status in (Attendance.Status.PRESENT, Attendance.Status.LATE):
                late = status == Attendance.Status.LATE
                minutes = school.rng.randint(12, 35) if late else school.rng.randint(-9, 4)
                row.joined_at = meeting.starts_at + datetime.timedelta(minutes=minutes)
            rows.append(row)
    Attendance.objects.bulk_create(rows, batch_size=1000)


def status_of(school: School, diligence: float) -> Attendance.Status:
    """Most of the time there; diligence : from 0 to 1."""
    if school.chance(diligence):
        return Attendance.Status.PRESENT
    return school.rng.choices(list(STATUSES), list(STATUSES.values()))[0]


def announce(school: School, batch: Batch) -> None:
    """What the instructor has told everybody so far; why, where the session was canceled."""
    session, author = batch.session, school.teacher_of(batch.plan.teacher)
    first = batch.meetings[0].starts_at
    if session.state == Session.State.DRAFT:
        return
    last = session.canceled_at or school.now
    posts = [(first + datetime.timedelta(days=days, hours=-4), title, text) for days, title, text in ANNOUNCEMENTS]
    rows = [post for post in posts if post[0] < last]
    if session.canceled_at is not None:
        why = "Too few of you could come on these dates. Everybody gets back what they paid, in full, within days."
        rows.append((session.canceled_at, "This session does not take place", why))
    Announcement.objects.bulk_create(
        [Announcement(session=session, author=author, title=title, text=text, posted_at=at) for at, title, text in rows]
    )
