"""The figures on every tile equal a recount by plain SQL: live, rolled up, and after the past was changed."""

import datetime
import html
import re
from decimal import Decimal
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db.models import F
from django.urls import reverse

from courses.dashboard import report
from courses.dashboard.charts import words_of
from courses.dashboard.facts import Facts
from courses.dashboard.forms import SchoolForm
from courses.dashboard.models import EnrollmentDay, RevenueMonth, RolledDay
from courses.dashboard.ranges import Range
from courses.dashboard.tiles import Links, tiles_of
from courses.enrollment.orders import ledger
from courses.models import Enrollment, Order, Session, WaitingEntry
from grader.dashboard import questions, students
from grader.dashboard.forms import GradingForm
from grader.dashboard.load import Load
from grader.dashboard.session import questions as of_session
from grader.dashboard.session.figures import SessionFigures
from grader.models import Assignment, Exercise, Override, Result, Submission
from tests.grader.demo import recount
from tests.grader.demo.conftest import MORNING, somebody
from tests.grader.demo.standings import Gradebook
from tests.grader.demo.tables import DAY

NOW = MORNING + datetime.timedelta(hours=2)
TODAY = NOW.date()
MONTH = Range(TODAY - 29 * DAY, TODAY)
YEAR = Range(TODAY - 364 * DAY, TODAY)
QUARTER = Range(TODAY - 100 * DAY, TODAY - 11 * DAY)
TILE = re.compile(r'<li class="tile">(.*?)</li>', re.DOTALL)
IN_REPORT = (
    "Handed in", "Graded", "Wait, median", "Wait, 99 of 100 within", "Failed by our fault", "Longest wait now",
)  # fmt: skip
PARTS = tuple(re.compile(part) for part in (
    r'<span class="tile-label">(.*?)</span>', r'<strong class="tile-figure">(.*?)</strong>',
    r'<span class="faint">from (.*?)</span>',
))  # fmt: skip


@pytest.fixture(autouse=True)
def _days_of_new_york(settings):
    settings.SCHOOL_TIME_ZONE = "America/New_York"


class Dashboards:
    """What their tiles tell, and what the tables say. kept : how students stood when that was last counted."""

    def __init__(self):
        self.kept, self.book = {}, Gradebook(NOW)

    def roll_up(self):
        call_command("roll_up", "--all", stdout=StringIO())
        self.book = Gradebook(NOW)
        self.kept = {key: self.book.stand(key) for key, one in self.book.sessions.items() if one.canceled_at is None}

    def school(self, days, **asked):
        form = form_of(SchoolForm, days, asked)
        facts = Facts(form.chosen, form.compared, form.where)
        sessions = keys_of(Session, form.where, "session__")
        return tiles_of(facts, Links(form)), recount.school(days, form.compared, sessions, self.kept, NOW)

    def students(self, days, **asked):
        form = form_of(SchoolForm, days, asked)
        found = students.Students(form.chosen, form.compared, form.where)
        sessions = keys_of(Session, form.where, "session__")
        expected = recount.students(days, form.compared, sessions, self.kept, self.book)
        return students.tiles_of(found, Links(form)), expected

    def grading(self, days, **asked):
        form = form_of(GradingForm, days, asked)
        load = Load(form.chosen, form.compared, form.where)
        where = {"pk" if name == "exercise" else name: value for name, value in form.where.items()}
        expected = recount.grading(days, form.compared, keys_of(Exercise, where, "exercise__"), NOW)
        return questions.tiles_of(load, Links(form)), expected

    def session(self, days, session):
        figures = SessionFigures(session, somebody("admin"), days, days.before)
        return of_session.tiles_of(figures), recount.session(session.pk, self.book)

    def reports(self):
        """Last week's, to the instructor of their sessions and to the admin of all."""
        week, instructor, admin = report.week_of_report(), somebody("instructor"), somebody("admin")
        taught = set(Session.objects.filter(instructors__user=instructor).values_list("pk", flat=True))
        expected = recount.school(week, week.before, taught, self.kept, NOW)
        yield report.tiles_for(instructor, week), expected | recount.report(week, week.before, taught, self.book)
        expected = recount.school(week, week.before, keys_of(Session), self.kept, NOW)
        graded = recount.grading(week, week.before, keys_of(Exercise), NOW)
        yield report.tiles_for(admin, week), expected | {label: graded[label] for label in IN_REPORT}

    def all(self):
        """Every dashboard in several ranges, compared and filtered: its tiles, and what they should tell."""
        self.book = Gradebook(NOW)
        for days, asked in (
            (MONTH, {}), (YEAR, {}), (QUARTER, {"compare": "year"}), (YEAR, {"place": "New York City"}),
            (QUARTER, {"modality": "online"}),
        ):  # fmt: skip
            yield self.school(days, **asked)
            yield self.students(days, **asked)
        for days, asked in (
            (MONTH, {}), (YEAR, {"compare": "year"}), (QUARTER, {"exercise": "backpropagation"}),
            (MONTH, {"flavor": "tensorflow"}),
        ):  # fmt: skip
            yield self.grading(days, **asked)
        for session in Session.objects.exclude(meetings=None):
            yield self.session(MONTH, session)
        yield from self.reports()

    def check(self):
        """Fail where a tile tells something else, or has no recount. Gives the labels of those that tell nothing."""
        labels, telling = set(), set()
        for tiles, expected in self.all():
            assert {tile.label: (tile.figure, tile.before, tile.unit) for tile in tiles} == expected
            assert len(tiles) == len(expected)
            labels |= expected.keys()
            telling |= {tile.label for tile in tiles if tile.figure}
        return labels - telling

    def check_pages(self, client):
        """Fail where a page shows something else."""
        client.force_login(somebody("admin"))
        running = Enrollment.objects.get(user__email="student@example.org").session
        for page, args, (_, expected) in (
            ("dashboard", (), self.school(YEAR)), ("dashboard_students", (), self.students(YEAR)),
            ("dashboard_grading", (), self.grading(YEAR)),
            ("session_figures", (running.pk,), self.session(YEAR, running)),
        ):  # fmt: skip
            tiles = shown(client, page, YEAR, *args)
            assert set(tiles) == in_words(expected)
            assert len(tiles) == len(expected)


def form_of(kind, days, asked):
    form = kind({"from": str(days.first), "to": str(days.last), **asked})
    assert form.is_valid(), form.errors
    assert form.chosen == days
    return form


def keys_of(model, where=(), prefix=""):
    """Of all, or of those that lookups of a row that has one name."""
    lookups = {name.removeprefix(prefix): value for name, value in dict(where).items()}
    return set(model.objects.filter(**lookups).values_list("pk", flat=True))


def shown(client, page, days, *args):
    """The tiles of a page: label, figure, and from what it changed, in words."""
    answer = client.get(reverse(page, args=args), {"from": days.first, "to": days.last})
    found = [[part.search(tile) for part in PARTS] for tile in TILE.findall(answer.content.decode())]
    return [tuple(html.unescape(re.sub("<.*?>", "", one[1])) if one else "" for one in parts) for parts in found]


def in_words(told):
    """As pages write it: what was before is left out where it is the same, or cannot be compared."""
    return {
        (label, words_of(now, unit), "" if now is None or before in (None, now) else words_of(before, unit))
        for label, (now, before, unit) in told.items()
    }


def live_through_what_the_demo_lacks():
    """Work that waits, fails, and is graded again; another currency; an assignment that was taken out."""
    student = somebody("student")
    exercise = Exercise.objects.get(slug="backpropagation")
    Submission.objects.bulk_create(
        Submission(student=student, exercise=exercise, source="x", queued_at=NOW - hours * DAY / 24, **facts)
        for hours, facts in (
            (1, {"status": "queued"}), (2, {"status": "queued", "priority": 3}), (3, {"status": "canceled"}),
            (30, {"status": "running", "lease_until": NOW}), (40 * 24, {"status": "failed", "finished_at": NOW - 39 * DAY}),
            (50, {"status": "failed", "finished_at": NOW - 2 * DAY}),
        )
    )  # fmt: skip
    for number, result in enumerate(Result.objects.order_by("pk")[:4]):
        grade_again(result, NOW - (5 + 30 * number) * DAY, score=number)
    abroad = Session.objects.filter(starts_on__gt=TODAY).order_by("pk").first()
    order = Order.objects.create(buyer=student, session=abroad, unit_price=500, currency="EUR")
    Session.objects.filter(pk=abroad.pk).update(seats_taken=F("seats_taken") + 1)
    for days, amount in ((70, 500), (3, 20)):
        with time_machine.travel(NOW - days * DAY, tick=False):
            ledger.charge(order, Decimal(amount))
            ledger.pay(order, Decimal(amount), "test", reference=f"eur-{days}")
    with time_machine.travel(NOW - 8 * DAY, tick=False):
        ledger.refund(order, Decimal(120), "manual")


def grade_again(result, at, score):
    fields = {f.attname: getattr(result, f.attname) for f in Result._meta.concrete_fields if f.name != "id"}
    again = Result.objects.create(**fields | {
        "number": 2, "graded_at": at, "score": score, "waited_seconds": None, "took_seconds": 3.0,
    })  # fmt: skip
    Submission.objects.filter(pk=result.submission_id).update(result=again)


def change_the_past():
    """Rows of days that are over: some moved, some come back, some decided otherwise."""
    running = Enrollment.objects.get(user__email="student@example.org").session
    seats = Enrollment.objects.filter(session=running, withdrawn_at=None).exclude(user__email="student@example.org")
    first, second, *_ = seats.order_by("pk")
    Enrollment.objects.filter(pk=first.pk).update(enrolled_at=first.enrolled_at - 45 * DAY)
    Enrollment.objects.filter(pk=second.pk).update(withdrawn_at=NOW - 20 * DAY, ending="withdrew")
    Enrollment.objects.filter(ending="canceled").order_by("pk")[0].delete()
    WaitingEntry.objects.filter(outcome="left").update(ended_at=NOW - 400 * DAY)
    gone = Submission.objects.filter(status="graded").order_by("queued_at").last()
    Submission.objects.filter(pk=gone.pk).update(queued_at=gone.queued_at - 33 * DAY)
    Result.objects.filter(pk=gone.result_id).update(graded_at=gone.queued_at - 32 * DAY, waited_seconds=90)
    Submission.objects.filter(status="failed").order_by("pk").first().delete()
    due = Assignment.objects.filter(session=running, due_at__lt=NOW, weight__gt=0).order_by("due_at")
    Override.objects.create(assignment=due[0], student=first.user, points=1, of=10, by=first.user)
    Assignment.objects.filter(pk=due[1].pk).update(removed_at=NOW)


def test_every_tile_equals_a_recount_live_rolled_up_and_after_the_past_was_changed(made, client):
    dashboards = Dashboards()
    dashboards.check()
    live_through_what_the_demo_lacks()
    dashboards.check()
    dashboards.roll_up()
    assert EnrollmentDay.objects.exists()
    assert RevenueMonth.objects.exists()
    assert dashboards.check() == set()
    dashboards.check_pages(client)
    rolled = RolledDay.objects.count()
    change_the_past()
    assert RolledDay.objects.count() < rolled
    dashboards.check()
    call_command("roll_up", stdout=StringIO())
    assert RolledDay.objects.count() >= rolled
    dashboards.check()


def test_a_figure_that_is_another_one_is_noticed(made):
    call_command("roll_up", stdout=StringIO())
    EnrollmentDay.objects.filter(enrolled=1, day__range=(QUARTER.first, QUARTER.last)).update(enrolled=2)
    with pytest.raises(AssertionError, match="Enrollments"):
        Dashboards().check()
