"""The demo school: a small one, made as `make run` makes the large one."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Sum
from django.urls import reverse

from courses.models import (
    Attendance,
    Booking,
    Caption,
    Chapter,
    Enrollment,
    Lecture,
    LectureRelease,
    Mail,
    Meeting,
    Message,
    OfficeHour,
    Order,
    Posting,
    Reading,
    Recording,
    SeatInvitation,
    Session,
    Transaction,
    User,
    Viewing,
    Voucher,
    WaitingEntry,
)
from courses.sessions.releases import check_within
from grader.dashboard.standing import standings_of
from grader.exercises import load
from grader.grading import grade
from grader.models import (
    Assignment,
    Criterion,
    Extension,
    LineComment,
    Mark,
    RegradeRequest,
    Result,
    Submission,
)
from tests.grader.demo.conftest import MORNING, held, make, somebody


def in_the_demo():
    return Session.objects.exclude(meetings=None)


def test_without_grading_nobody_has_handed_anything_in():
    assert "Nobody has handed anything in: nothing is graded here." in make("--without-grading")
    assert Enrollment.objects.exists()
    assert Submission.objects.count() == 0


def test_it_is_refused_where_people_are_enrolled_already():
    Enrollment.objects.create(user=somebody("student"), session=Session.objects.upcoming().first())
    with pytest.raises(CommandError, match="People are enrolled here already"):
        make()
    assert User.objects.count() == 4


def test_it_says_what_must_be_there_before():
    somebody("assistant").delete()
    with pytest.raises(CommandError, match=r"Run manage\.py create_demo_people first"):
        make()


def test_it_is_refused_in_production_and_of_a_size_that_makes_no_school(settings):
    for arguments, reason in (("--people", "29"), "choose from 30"), (("--sessions", "3"), "choose from 4"):
        with pytest.raises(CommandError, match=reason):
            call_command("create_demo_school", *arguments, stdout=StringIO())
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not for production"):
        make()
    assert User.objects.count() == 4


# --- a small school: from here on it is there ----------------------------------------------------------


def test_it_says_each_phase_in_a_line_and_a_second_run_changes_nothing(made):
    assert "Enrollments and payments: 4\n" in made
    assert made.endswith("The demo school is ready: 30 people, 4 sessions.\n")
    assert make("--seed", "9") == "The demo school is here already.\n"
    assert User.objects.count() == 30
    assert in_the_demo().count() == 4


def test_the_same_seed_makes_the_same_school_on_the_same_day_and_another_another(made, others):
    same, other = others
    assert held() == same
    assert held()[:-1] != other[:-1]


def test_seats_are_those_of_people_orders_and_offers(made):
    for session in in_the_demo():
        active = session.enrollments.active().count()
        ordered = sum(order.seats_open for order in session.orders.all())
        offers = WaitingEntry.objects.offered().filter(session=session).count()
        assert session.seats_taken == ordered + offers
        assert active <= ordered
    assert SeatInvitation.objects.filter(taken_at=None).exists()
    full = WaitingEntry.objects.offered().get().session
    assert full.seats_left == 0
    assert WaitingEntry.objects.queued().filter(session=full).exists()


def test_the_books_balance_and_say_what_the_seats_say(made):
    for booked in Transaction.objects.annotate(sum=Sum("postings__amount")):
        assert booked.sum == 0
        assert booked.at < MORNING
    assert Posting.objects.exists()
    for order in Order.objects.all():
        kept = order.enrollments.filter(withdrawn_at=None).exists() or order.seats_open
        assert order.outstanding == (order.total if order.is_held else 0), order
        assert order.is_settled or order.is_held or order.seats_lapsed == order.seats_released
        assert kept or order.enrollments.exclude(ending="").exists()
    assert Order.objects.held().exists()
    assert not Order.objects.overdue().exists()
    assert not Order.objects.to_remind()
    canceled = Session.objects.get(canceled_at__isnull=False)
    assert canceled.seats_taken == 0
    assert canceled.enrollments.filter(ending="canceled").exists()
    assert Transaction.objects.filter(kind="refund", order__session=canceled, payment__isnull=False).exists()
    assert sum(voucher.uses for voucher in Voucher.objects.all()) == Order.objects.exclude(voucher=None).count()
    assert Posting.objects.filter(account="cash").aggregate(sum=Sum("amount"))["sum"] > Decimal(0)


def test_nothing_happened_in_the_future_or_before_its_cause(made):
    assert not Enrollment.objects.filter(enrolled_at__gt=MORNING).exists()
    assert not Enrollment.objects.filter(withdrawn_at__lt=F("enrolled_at")).exists()
    assert not Enrollment.objects.filter(user__date_joined__gt=F("enrolled_at")).exists()
    assert not Transaction.objects.filter(at__lt=F("order__placed_at")).exists()
    assert not Transaction.objects.filter(at__lt=F("payment__at")).exists()
    assert not Submission.objects.filter(queued_at__gt=MORNING).exists()
    assert not Viewing.objects.filter(watched_at__lt=F("recording__published_at")).exists()
    assert not Message.objects.filter(sent_at__lt=F("ticket__asked_at")).exists()
    assert not Meeting.objects.filter(attendances__isnull=False, ends_at__gt=MORNING).exists()


def test_a_timetable_keeps_its_hour_when_the_clocks_change_and_covers_the_outline_in_order(made):
    running = Enrollment.objects.get(user=somebody("student")).session
    meetings = list(running.meetings.all())
    assert len(meetings) == 20
    assert {one.starts_at.astimezone(one.zone).hour for one in meetings} == {18}
    assert len({one.starts_at.hour for one in meetings}) == 2
    assert meetings[0].starts_at.astimezone(meetings[0].zone).date() == running.starts_on
    assert meetings[-1].starts_at.astimezone(meetings[0].zone).date() <= running.ends_on
    assert "Slopes and the chain rule" in [str(lecture) for lecture in meetings[0].lectures.all()]
    assert running.course.lectures.count() == sum(one.lectures.count() for one in meetings)


def test_the_demo_student_finds_a_term_under_way(made, client):
    student = somebody("student")
    seat = Enrollment.objects.get(user=student)
    assert seat.order.is_settled
    assert seat.session.starts_on < MORNING.date() < seat.session.ends_on
    missed = Recording.objects.missed_by(student)
    assert missed.count() == 2
    for recording in missed:
        assert Caption.objects.filter(recording=recording).exists()
        assert Chapter.objects.filter(recording=recording, lecture__isnull=False).exists()
        with recording.file.open() as file:
            assert len(file.read()) == recording.size
    half = Viewing.objects.get(person=student)
    assert half.recording in missed
    assert half.seconds == half.recording.seconds // 2
    assert Attendance.objects.filter(person=student, status="present").exists()
    assert WaitingEntry.objects.offered().get().user == student
    assert Reading.objects.filter(person=student).count() > 5
    scores = Submission.objects.filter(student=student).values_list("result__score", flat=True)
    assert 10 in scores
    assert min(scores) < 10
    client.force_login(student)
    page = client.get(reverse("home")).content.decode()
    assert "New York City" in page


def test_the_demo_staff_run_what_is_past_running_and_a_draft(made):
    teaches = Session.objects.filter(instructors__user=somebody("instructor"), meetings__isnull=False).distinct()
    today = MORNING.date()
    assert teaches.filter(ends_on__lt=today).exists()
    assert teaches.filter(starts_on__lt=today, ends_on__gt=today).exists()
    running = Enrollment.objects.get(user=somebody("student")).session
    assert somebody("assistant") in running.assistants.all()


def test_every_session_has_assignments_by_a_rule_of_its_own_and_some_students_more_time(made):
    rules = in_the_demo().values_list("assignments__late_percent", "assignments__late_days", "pk").distinct()
    assert len(rules) == len({rule[:2] for rule in rules}) == 4
    assert Assignment.objects.filter(weight=0).exists()
    assert Assignment.objects.filter(hidden=True).count() == 8
    assert Assignment.objects.unposted().filter(due_at__lt=MORNING).exists()
    assert Assignment.objects.filter(posted_at__lt=MORNING).exists()
    for extension in Extension.objects.select_related("assignment__session"):
        assert extension.gives_time
        assert extension.granted_at < MORNING
        assert extension.assignment.session.enrollments.filter(user=extension.student_id).exists()
    assert Extension.objects.exists()


def test_most_students_keep_up_and_some_are_late_or_at_risk_for_their_own_reasons(made):
    everybody = [standings_of(session) for session in in_the_demo().filter(starts_on__lt=MORNING, canceled_at=None)]
    rows = [row for each in everybody for row in each.rows]
    at_risk = [row for row in rows if row.is_at_risk]
    assert 0.05 <= len(at_risk) / len(rows) <= 0.3
    assert len({reason.code for row in at_risk for reason in row.reasons}) >= 2
    totals = sorted(row.percent for row in rows)
    assert 65 < totals[len(totals) // 2] < 98
    assert totals[-1] - totals[0] > 30
    cells = [score for each in everybody for score in each.book.scores.values()]
    assert 0.02 < sum(cell.penalty > 0 for cell in cells) / len(cells) < 0.3
    assert any(cell.state == "missing" for cell in cells)
    assert any(row.handed_in == row.assigned for row in rows)


def test_the_lectures_of_the_running_session_open_week_by_week(made, client):
    running = Enrollment.objects.get(user=somebody("student")).session
    releases = running.releases.select_related("lecture")
    assert LectureRelease.objects.count() == len(releases) > 10
    assert len({release.opens_at.date() for release in releases}) == 9
    for release in releases:
        check_within(running, release.opens_at)
        assert release.opens_at < running.meetings.get(lectures=release.lecture).starts_at
    # Whoever was in another session before may have read it there.
    alone = User.objects.annotate(seats=Count("enrollments")).filter(seats=1, enrollments__session=running)
    of_theirs = Reading.objects.filter(person__in=alone, lecture__releases__session=running)
    assert of_theirs.exists()
    assert not of_theirs.filter(read_at__lt=F("lecture__releases__opens_at")).exists()
    client.force_login(somebody("student"))
    written = Lecture.objects.filter(written=True)
    for lecture, status in (
        (written.filter(releases__opens_at__lt=MORNING).first(), 200),
        (written.filter(releases__opens_at__gt=MORNING).first(), 404),
    ):
        assert client.get(reverse("lecture", args=[running.course.slug, lecture.slug])).status_code == status
    assert "Opens March 18, 2027, 9:00 AM (New York)" in client.get(running.course.get_absolute_url()).content.decode()


def test_office_hours_are_past_and_to_come_some_booked_some_free(made, client):
    running = Enrollment.objects.get(user=somebody("student")).session
    hours = OfficeHour.objects.filter(session=running)
    assert OfficeHour.objects.count() == len(hours)
    assert {hour.host for hour in hours} == {somebody("instructor"), somebody("assistant")}
    for part in (hours.filter(ends_at__lt=MORNING), hours.filter(starts_at__gt=MORNING)):
        assert part.filter(booked__gt=0).exists()
        assert part.filter(booked__lt=F("capacity")).exists()
    for hour in hours:
        assert hour.booked == hour.bookings.live().count()
        assert running.starts_on <= hour.starts_at.date() <= running.ends_on
    assert not Booking.objects.filter(booked_at__gte=F("hour__starts_at")).exists()
    assert not Booking.objects.filter(booked_at__gt=MORNING).exists()
    for role, page, args in (
        ("student", "home", ()), ("student", "office_hours", (running.course.slug, running.slug)),
        ("instructor", "session_hours", (running.pk,)),
    ):  # fmt: skip
        client.force_login(somebody(role))
        assert Booking.objects.get(student=somebody("student")).hour.host.name in client.get(
            reverse(page, args=args)).content.decode()  # fmt: skip


def test_each_submission_has_the_report_that_its_source_and_seed_give(made):
    assert Submission.objects.exclude(status="graded").count() == 0
    assert Result.objects.filter(score=F("max_score")).exists()
    assert Result.objects.filter(data__findings__0__code__isnull=False).exists()
    for submission in Submission.objects.order_by("exercise", "-queued_at").select_related("exercise", "result")[:4]:
        now, kept = grade(load(submission.exercise.slug), submission.source, submission.seed), submission.report
        assert (now.version, now.score, now.checks, now.findings) == (
            kept.version, kept.score, kept.checks, kept.findings
        )  # fmt: skip
    assert not Submission.objects.filter(source__startswith='"""').exists()


def test_work_is_commented_on_partly_marked_and_asked_about(made):
    rubric = Criterion.objects.all()
    marks = Mark.objects.filter(criterion__in=rubric)
    assert 0 < marks.count() < rubric.count() * Submission.objects.values("student").distinct().count()
    assert all(mark.points <= mark.criterion.points for mark in marks.select_related("criterion"))
    assert LineComment.objects.exists()
    assert sorted(RegradeRequest.objects.values_list("state", flat=True)) == ["declined", "open"]
    assert not RegradeRequest.objects.filter(asked_at__lt=F("submission__queued_at")).exists()
    assert not LineComment.objects.filter(at__lt=F("submission__queued_at")).exists()


def test_nobody_gets_mail_and_nobody_but_the_cast_can_sign_in(made):
    assert Mail.objects.count() == 0
    cast = {f"{role}@example.org" for role in ("student", "assistant", "instructor", "admin")}
    assert {user.email for user in User.objects.all() if user.has_usable_password()} == cast
    assert all(email.endswith(("@example.org", "@example.net", "@example.com")) for email in everybodys_addresses())


def everybodys_addresses():
    return [*User.objects.values_list("email", flat=True), *SeatInvitation.objects.values_list("email", flat=True)]
