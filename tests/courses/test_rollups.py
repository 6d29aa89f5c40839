"""Roll-ups against a recount, whatever happens to the past."""

import datetime
import threading
from collections import Counter
from decimal import Decimal

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from courses.dashboard import rollups
from courses.dashboard.counted import ENROLLMENTS, REVENUE
from courses.dashboard.ranges import Range, school_today, school_zone
from courses.enrollment import seats
from courses.enrollment.orders import ledger
from courses.enrollment.orders.models import Order
from courses.enrollment.orders.payments import receive, refund_by_hand
from courses.models import Enrollment, EnrollmentDay, EnrollmentMonth, Posting, RolledDay, User

DAY = datetime.timedelta(days=1)


@pytest.fixture
def zone(request, settings):
    """East of everybody, unless said otherwise."""
    settings.SCHOOL_TIME_ZONE = getattr(request, "param", "Pacific/Auckland")
    return school_zone()


def days_ago(number: int, hour: int = 12) -> datetime.datetime:
    return timezone.now().replace(hour=hour, minute=7, second=0, microsecond=0) - number * DAY


def people(number: int) -> list[User]:
    return User.objects.bulk_create(
        User(email=f"p{n}@example.org", name=f"Person {n}", password="!") for n in range(number)
    )


@pytest.fixture
def history(zone, new_session, course):
    """Four months of two sessions: enrollments at all hours, some withdrawn, with payments and refunds."""
    here, there = new_session(seats=100), new_session("there", seats=100, currency="EUR")
    for n, person in enumerate(people(40)):
        session = here if n % 3 else there
        order = Order.objects.create(
            buyer=person, session=session, unit_price=100, currency=session.currency, placed_at=days_ago(3 * n, n % 24)
        )
        Enrollment.objects.create(
            user=person, session=session, order=order, enrolled_at=days_ago(3 * n, n % 24),
            withdrawn_at=days_ago(2 * n, 23 - n % 24) if n % 4 == 1 else None, ending="withdrew" if n % 4 == 1 else "",
        )  # fmt: skip
        booked(order, days_ago(3 * n, n % 24), "charge", "payment")
        if n % 4 == 1:
            booked(order, days_ago(2 * n, 23 - n % 24), "refund", amount=Decimal("49.99"))
    return here, there


def booked(order: Order, at: datetime.datetime, *kinds: str, amount: Decimal = Decimal(100)) -> None:
    """Book these at that moment."""
    deeds = {"charge": ledger.charge, "payment": ledger.pay, "refund": ledger.refund}
    with time_machine.travel(at, tick=False):
        for kind in kinds:
            deeds[kind](order, amount, **({} if kind == "charge" else {"provider": "manual"}))


def recounted() -> tuple[Counter, dict]:
    """By session and day: who enrolled, who withdrew; and what moved, by currency. Row by row, in Python."""
    zone = school_zone()
    people, money = Counter(), {}
    for one in Enrollment.objects.all():
        people[one.enrolled_at.astimezone(zone).date(), one.session_id, "enrolled"] += 1
        if one.withdrawn_at:
            people[one.withdrawn_at.astimezone(zone).date(), one.session_id, "withdrawn"] += 1
    for posting in Posting.objects.filter(account="cash").select_related("transaction", "order"):
        key = (posting.transaction.at.astimezone(zone).date(), posting.order.session_id, posting.currency)
        sums = money.setdefault(key, [Decimal(0), Decimal(0), 0, 0])
        sums[0 if posting.amount > 0 else 1] += abs(posting.amount)
        sums[2 if posting.amount > 0 else 3] += 1
    return people, money


def whole() -> Range:
    return Range(school_today() - 200 * DAY, school_today() + DAY)


def agree() -> None:
    """What the roll-ups say is what a recount says: by day, by session, in total, and from a day within a month on."""
    people, money = recounted()
    got = {
        (day, session, name): number
        for (day, session), sums in ENROLLMENTS.read(whole(), ("day", "session")).items()
        for name, number in zip(("enrolled", "withdrawn"), sums, strict=True)
        if number
    }
    assert got == dict(people)
    assert REVENUE.read(whole(), ("day", "session", "currency")) == money
    for span in (whole(), Range(school_today() - 77 * DAY, school_today() - 3 * DAY)):
        enrolled, received = Counter(), Counter()
        for (day, session, what), number in people.items():
            if day in span and what == "enrolled":
                enrolled[session] += number
        for (day, _, currency), sums in money.items():
            if day in span:
                received[day.replace(day=1), currency] += sums[0]
        by_session = ENROLLMENTS.read(span, ("session",))
        assert {key[0]: sums[0] for key, sums in by_session.items() if sums[0]} == dict(enrolled)
        by_month = REVENUE.read(span, ("month", "currency"))
        assert {key: sums[0] for key, sums in by_month.items() if sums[0]} == {k: v for k, v in received.items() if v}
        assert ENROLLMENTS.total(span)["enrolled"] == sum(enrolled.values())


def forgotten(what: str) -> set[datetime.date]:
    """The days since the first one that are not rolled up, today aside."""
    rollup = {"enrollments": ENROLLMENTS, "revenue": REVENUE}[what]
    return {day for _, days in rollup.missing() for day in days}


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Auckland"], indirect=True)
def test_roll_ups_equal_a_recount_before_and_after_rolling_up(history):
    agree()
    call_command("roll_up")
    assert EnrollmentDay.objects.exists()
    assert EnrollmentMonth.objects.exists()
    assert not forgotten("enrollments") | forgotten("revenue")
    agree()
    ids = set(RolledDay.objects.values_list("pk", flat=True))
    call_command("roll_up")
    assert set(RolledDay.objects.values_list("pk", flat=True)) == ids


@pytest.mark.parametrize(
    "change",
    [
        "comes back", "is deleted with their account", "is backdated", "is enrolled for a day long past",
        "withdraws today", "enrolled another time", "is refunded in the past", "many at once",
    ],
)  # fmt: skip
def test_what_changes_the_past_is_counted_at_once_and_rolled_up_anew(history, change):
    call_command("roll_up")
    here, _ = history
    gone = Enrollment.objects.filter(withdrawn_at__isnull=False, withdrawn_at__lt=days_ago(20)).first()
    zone = school_zone()
    expected = {"enrollments": set(), "revenue": set()}
    if change == "comes back":
        expected["enrollments"] = {gone.withdrawn_at.astimezone(zone).date()}
        Enrollment.objects.admit(gone.user, gone.session, gone.order)
    elif change == "is deleted with their account":
        # Nobody's books are deleted: one who ordered nothing.
        free = Enrollment.objects.create(user=people_named("free"), session=here, enrolled_at=days_ago(33))
        call_command("roll_up")
        expected["enrollments"] = {free.enrolled_at.astimezone(zone).date()}
        free.user.delete()
    elif change == "is backdated":
        one = Enrollment.objects.filter(enrolled_at__lt=days_ago(10)).first()
        expected["enrollments"] = {at.astimezone(zone).date() for at in (one.enrolled_at, days_ago(55, 1))}
        Enrollment.objects.filter(pk=one.pk).update(enrolled_at=days_ago(55, 1))
    elif change == "is enrolled for a day long past":
        expected["enrollments"] = {days_ago(44, 23).astimezone(zone).date()}
        Enrollment.objects.create(user=people_named("late"), session=here, enrolled_at=days_ago(44, 23))
    elif change == "withdraws today":
        Enrollment.objects.active().filter(enrolled_at__lt=days_ago(20)).first().withdraw()
    elif change == "enrolled another time":
        Enrollment.objects.enroll(people_named("new"), here)
    elif change == "is refunded in the past":
        expected["revenue"] = {days_ago(31, 0).astimezone(zone).date()}
        booked(Order.objects.first(), days_ago(31, 0), "refund", amount=Decimal("0.01"))
    elif change == "many at once":
        before = set(Enrollment.objects.values_list("enrolled_at", flat=True)) | {days_ago(90)}
        expected["enrollments"] = {at.astimezone(zone).date() for at in before} - {school_today()}
        Enrollment.objects.update(enrolled_at=days_ago(90))
    assert {what: forgotten(what) for what in expected} == {w: d - {school_today()} for w, d in expected.items()}
    agree()
    call_command("roll_up")
    assert not forgotten("enrollments") | forgotten("revenue")
    agree()


def people_named(name: str) -> User:
    return User.objects.create(email=f"{name}@example.org", name=name, password="!")


def test_a_move_is_counted_out_of_one_session_and_into_the_other(history, new_session, admin):
    call_command("roll_up")
    target = new_session("target")
    here, _ = history
    one = Enrollment.objects.active().filter(session=here).last()
    before = ENROLLMENTS.read(whole(), ("session",))
    seats.transfer(one, target, admin)
    after = ENROLLMENTS.read(whole(), ("session",))
    assert after[here.pk,][1] == before[here.pk,][1] + 1
    assert after[target.pk,] == [1, 0]
    agree()


def test_money_of_today_is_counted_live(history, admin):
    call_command("roll_up")
    order = Order.objects.filter(currency="EUR").first()
    before = REVENUE.total(whole(), {"session__course": order.session.course_id, "currency": "EUR"})
    ledger.charge(order, Decimal("10.10"))
    receive(order, Decimal("10.10"), "manual", by=admin)
    refund_by_hand(order, Decimal("0.20"), "", "", by=admin)
    after = REVENUE.total(whole(), {"currency": "EUR"})
    assert after["received"] - before["received"] == Decimal("10.10")
    assert after["refunded"] - before["refunded"] == Decimal("0.20")
    agree()


def test_another_clock_of_the_school_makes_all_days_be_counted_anew(history, settings):
    call_command("roll_up")
    settings.SCHOOL_TIME_ZONE = "Asia/Kolkata"
    agree()
    assert forgotten("enrollments")
    call_command("roll_up")
    assert not forgotten("enrollments")
    agree()


def test_days_are_rolled_up_anew_from_the_day_that_is_named(history, capsys):
    call_command("roll_up")
    EnrollmentDay.objects.update(enrolled=7)
    since = school_today() - 100 * DAY
    call_command("roll_up", "--from", str(since))
    assert "enrollments: 100 days rolled up" in capsys.readouterr().out
    people, _ = recounted()
    for (day, session), sums in ENROLLMENTS.read(Range(since, school_today()), ("day", "session")).items():
        assert sums[0] == people[day, session, "enrolled"]


def test_nothing_to_count_is_no_error(db, capsys):
    call_command("roll_up")
    assert capsys.readouterr().out.splitlines()[:2] == ["enrollments: 0 days rolled up", "revenue: 0 days rolled up"]
    assert {"enrollments", "revenue"} <= {rollup.what for rollup in rollups.registered()}


def test_a_day_waits_for_what_is_being_written_to_it(transactional_db, zone, new_session):
    if connection.vendor == "sqlite":
        pytest.skip("one writes at a time on SQLite")
    session = new_session()
    Enrollment.objects.create(user=people_named("first"), session=session, enrolled_at=days_ago(9))
    late, written, go = people_named("late"), threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            Enrollment.objects.create(user=late, session=session, enrolled_at=days_ago(9))
            written.set()
            go.wait(30)
        connection.close()

    def roll_up() -> None:
        for _, days in ENROLLMENTS.missing():
            ENROLLMENTS.roll_up(days)
        connection.close()

    writer, roller = threading.Thread(target=write), threading.Thread(target=roll_up)
    writer.start()
    assert written.wait(30)
    roller.start()
    with connection.cursor() as cursor:
        waits = 0
        while not waits and roller.is_alive():
            cursor.execute("SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND mode = 'ShareRowExclusiveLock'")
            [waits] = cursor.fetchone()
    go.set()
    writer.join()
    roller.join()
    assert waits
    assert not forgotten("enrollments")
    assert ENROLLMENTS.total(whole())["enrolled"] == 2
