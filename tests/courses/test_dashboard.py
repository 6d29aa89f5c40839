"""The admins' dashboard: ranges, tiles, charts, and the rows behind them."""

import csv
import datetime
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
import redis
import time_machine
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.catalog.models import Course
from courses.dashboard import report, tasks
from courses.dashboard.charts import Chart, Column, Tile, movement, top
from courses.dashboard.counted import ENROLLMENTS
from courses.dashboard.facts import Facts
from courses.dashboard.forms import SchoolForm
from courses.dashboard.questions import charts_of
from courses.dashboard.ranges import Range, RangeForm
from courses.dashboard.tiles import Links, tiles_of
from courses.enrollment.orders import ledger
from courses.enrollment.orders.models import Order
from courses.enrollment.seats import cancel_session
from courses.models import Enrollment, Mail, RolledDay, User, WaitingEntry
from courses.people.mail import mute_address

NOON = datetime.datetime(2026, 11, 26, 12, tzinfo=datetime.UTC)
MONTH = "from=2026-10-28&to=2026-11-26"
PAGES = ["dashboard", "dashboard_enrollments", "dashboard_payments"]


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOON, tick=False):
        yield


def at(day: str, hour: int = 12) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{day}T{hour:02}:00+00:00")


def seat(session, name: str, day: str, *, gone: str = "", paid: int = 0, back: int = 0) -> Enrollment:
    """Somebody who enrolled on this day, with what they paid then and got back when they left."""
    person = User.objects.create(email=f"{name}@example.org", name=name, password="!")
    order = Order.objects.create(
        buyer=person, session=session, unit_price=session.price, currency=session.currency, placed_at=at(day)
    )
    with time_machine.travel(at(day), tick=False):
        if paid:
            ledger.charge(order, Decimal(paid))
            ledger.pay(order, Decimal(paid), "test", reference=f"pay-{name}")
    if back:
        with time_machine.travel(at(gone or day), tick=False):
            ledger.refund(order, Decimal(back), "manual")
    return Enrollment.objects.create(
        user=person, session=session, order=order, enrolled_at=at(day), withdrawn_at=at(gone) if gone else None,
        ending="withdrew" if gone else "",
    )  # fmt: skip


@pytest.fixture
def school(session, new_session):
    """Two courses, three sessions, two currencies; some weeks of people and money."""
    advanced = Course.objects.create(slug="advanced", title="Advanced <b>networks</b>")
    berlin = new_session("berlin", course=advanced, modality="in_class", place="Berlin", currency="EUR", seats=8)
    late = new_session("late", starts_on=at("2027-02-01").date(), ends_on=at("2027-03-01").date(), seats=2)
    seat(session, "ann", "2026-11-20", paid=100)
    seat(session, "bob", "2026-11-21", paid=100, gone="2026-11-24", back=50)
    seat(session, "cid", "2026-11-01", paid=100)
    seat(berlin, "dee", "2026-11-02", paid=100)
    seat(late, "eve", "2026-10-02", paid=100)
    seat(berlin, "fay", "2026-10-05", paid=100, gone="2026-11-03", back=100)
    seat(session, "gil", "2025-11-10", paid=100)
    for one, taken in ((session, 3), (berlin, 1), (late, 2)):
        one.seats_taken = taken
        one.save()
    waits = User.objects.create(email="waits@example.org", password="!")
    WaitingEntry.objects.create(session=late, user=waits, joined_at=at("2026-11-25"))
    return {"session": session, "berlin": berlin, "late": late, "advanced": advanced}


def told(query: str) -> dict[str, tuple]:
    asked = SchoolForm(query_of(query))
    assert asked.is_valid(), asked.errors
    facts = Facts(asked.chosen, asked.compared, asked.where)
    return {tile.slug: (tile.figure, tile.before) for tile in tiles_of(facts, Links(asked))}


def query_of(query: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in query.split("&") if pair)


def charts(query: str) -> dict[str, Chart]:
    asked = SchoolForm(query_of(query))
    assert asked.is_valid(), asked.errors
    facts = Facts(asked.chosen, asked.compared, asked.where)
    return {chart.slug: chart for chart in charts_of(facts, Links(asked), asked.compared_words)}


# --- ranges -------------------------------------------------------------------------------------------------


def test_nothing_said_means_the_last_thirty_days_and_those_before():
    asked = RangeForm({})
    assert asked.is_valid()
    assert str(asked.chosen) == "October 28 to November 26, 2026"
    assert str(asked.compared) == "September 28 to October 27, 2026"


def test_a_year_before_leaves_the_leap_day_out():
    asked = RangeForm({"compare": "year", "from": "2024-02-29", "to": "2024-03-01"})
    assert asked.is_valid()
    assert asked.compared == Range(datetime.date(2023, 2, 28), datetime.date(2023, 3, 1))


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("from=yesterday", "This is no date"),
        ("from=2026-13-01", "This is no date"),
        ("from=2026-11-20&to=2026-11-10", "ends before it begins"),
        ("from=2026-11-20&to=2026-12-01", "yet to come"),
        ("from=2026-12-01", "yet to come"),
        ("from=2000-01-01&to=2026-11-01", "3,660 days at most"),
        ("from=0001-01-01&to=0001-01-02", "Nothing is older than 2000"),
        ("to=1999-12-31", "Nothing is older than 2000"),
        ("course=moon", "Select a valid choice"),
        ("modality=moon", "Select a valid choice"),
        ("place=moon", "Select a valid choice"),
    ],
)
@pytest.mark.parametrize("name", PAGES)
def test_a_range_that_is_none_is_refused_and_kept(client, admin, query, says, name):
    client.force_login(admin)
    response = client.get(f"{reverse(name)}?{query}")
    assert response.status_code == 400
    text = response.content.decode()
    assert says in text
    for value in query_of(query).values():
        if re.fullmatch("[-0-9]+|yesterday", value):
            assert f'value="{value}"' in text
    assert 'class="tiles"' not in text


def test_a_reader_east_of_the_school_asks_up_to_their_own_today(client, admin, settings, school):
    # In Auckland it is the 27th already; the school's clock is New York's.
    settings.SCHOOL_TIME_ZONE = "America/New_York"
    admin.time_zone = "Pacific/Auckland"
    admin.save()
    seat(school["session"], "eastern", "2026-11-26")
    Enrollment.objects.filter(user__name="eastern").update(enrolled_at=at("2026-11-26", 3))
    client.force_login(admin)
    page = client.get(f"{reverse('dashboard')}?from=2026-11-25&to=2026-11-27")
    assert page.status_code == 200
    assert "November 25 to November 26, 2026" in page.content.decode()
    # Three o'clock at night in UTC is the 25th of the school.
    day = client.get(f"{reverse('dashboard_enrollments')}?from=2026-11-25&to=2026-11-25").content.decode()
    assert "eastern@example.org" in day
    assert "November 25, 2026, 10:00 PM (New York)" in day
    assert client.get(f"{reverse('dashboard')}?from=2026-11-27&to=2026-11-27").status_code == 200
    assert client.get(f"{reverse('dashboard')}?from=2026-11-25&to=2026-11-28").status_code == 400


# --- figures ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rolled", [False, True])
def test_tiles_are_what_plain_sql_counts(school, rolled):
    if rolled:
        call_command("roll_up")
    tiles = told(MONTH)
    with connection.cursor() as cursor:

        def one(sql: str) -> object:
            cursor.execute(sql)
            return cursor.fetchone()[0]

        def between(column: str, first: str, last: str) -> str:
            return f"{column} >= '{first} 00:00:00' AND {column} < '{last} 00:00:00'"

        for slug, column in (("enrollments", "enrolled_at"), ("withdrawals", "withdrawn_at")):
            counts = [
                one(f"SELECT COUNT(*) FROM courses_enrollment WHERE {between(column, first, last)}")
                for first, last in (("2026-10-28", "2026-11-27"), ("2026-09-28", "2026-10-28"))
            ]
            assert tiles[slug] == tuple(counts)
        for currency in ("EUR", "USD"):
            sums = [
                Decimal(one(
                    "SELECT COALESCE(SUM(p.amount), 0) FROM courses_posting p JOIN courses_transaction t ON t.id = p.transaction_id "
                    f"WHERE p.account = 'cash' AND p.currency = '{currency}' AND {between('t.at', first, last)}"
                ))
                for first, last in (("2026-10-28", "2026-11-27"), ("2026-09-28", "2026-10-28"))
            ]  # fmt: skip
            assert tiles[f"revenue-{currency.lower()}"] == tuple(sums)
    assert tiles["enrollments"] == (4, 2)
    assert tiles["withdrawals"] == (2, 0)
    assert tiles["net"] == (2, 2)
    assert tiles["fill"] == (40, None)
    assert tiles["waiting"] == (1, 0)


def test_currencies_are_never_added(client, admin, school):
    tiles = told(MONTH)
    assert tiles["revenue-usd"] == (Decimal("250.00"), Decimal("100.00"))
    assert tiles["revenue-eur"] == (Decimal("0.00"), Decimal("100.00"))
    found = charts(MONTH)
    assert found["revenue-usd"].title == "Revenue in USD rose 150\u00a0% on the 30 days before"
    assert found["revenue-eur"].title == "Revenue in EUR fell 100\u00a0% on the 30 days before"
    assert "revenue" not in found
    client.force_login(admin)
    page = client.get(f"{reverse('dashboard_payments')}?{MONTH}").content.decode()
    assert "6 booked" in page
    assert "came in" not in page
    assert "USD\u00a0250.00 net" in client.get(f"{reverse('dashboard_payments')}?{MONTH}&currency=USD").content.decode()


def test_refunds_of_a_canceled_session_are_negative_on_the_day_they_are_booked(school, admin):
    session = school["session"]
    Order.objects.filter(buyer__name="bob").update(seats_released=1)
    cancel_session(session, admin, "Ill")
    today = "from=2026-11-26&to=2026-11-26"
    tiles = told(today)
    assert tiles["revenue-usd"][0] == Decimal("-300.00")
    assert tiles["withdrawals"][0] == 3
    assert charts(today)["revenue-usd"].rows[0][1:4] == (Decimal("0.00"), Decimal("-300.00"), Decimal("-300.00"))
    assert told(MONTH)["revenue-usd"][0] == Decimal("-50.00")


def test_charts_answer_by_course_session_place_and_modality(school):
    found = charts(MONTH)
    assert found["enrollments"].title == "Enrollments rose 100\u00a0% on the 30 days before"
    assert found["courses"].title == "75\u00a0% of all who enrolled chose Neural networks"
    assert [row[:3] for row in found["courses"].rows] == [("Neural networks", 3, 1), ("Advanced <b>networks</b>", 1, 1)]
    assert [row[:2] for row in found["places"].rows] == [("Online", 3), ("Berlin", 1)]
    assert [row[:2] for row in found["modalities"].rows] == [("Online", 3), ("In class", 1)]
    assert found["sessions"].rows[0][:2] == ("Online, Nov 26, 2026 · Neural networks", 3)
    assert [row[1:] for row in found["fill"].rows] == [(100, 2, 2), (60, 3, 5), (13, 1, 8)]
    assert found["fill"].title == "40\u00a0% of the seats that are offered are taken"
    assert found["waiting"].title == "1 person waits for a seat, most for Online, Feb 1, 2027 · Neural networks"
    assert found["refunds-eur"].title.startswith("EUR\u00a0100.00 went back")
    assert len(found["enrollments"].rows) == 30


def test_filters_leave_out_what_is_not_asked_for(school):
    assert told(f"{MONTH}&course={school['advanced'].pk}")["enrollments"] == (1, 1)
    assert told(f"{MONTH}&modality=online")["enrollments"] == (3, 1)
    assert told(f"{MONTH}&place=Berlin")["withdrawals"] == (1, 0)
    assert "revenue-usd" not in told(f"{MONTH}&place=Berlin")
    assert told(f"{MONTH}&compare=year")["enrollments"] == (4, 1)


@pytest.mark.parametrize(
    ("query", "rows", "first"),
    [("from=2026-09-01&to=2026-11-26", 13, "Sep 1"), ("from=2025-11-27&to=2026-11-26", 13, "Nov 2025"), ("from=2026-11-26&to=2026-11-26", 1, "Nov 26")],
)  # fmt: skip
def test_time_is_told_by_days_weeks_or_months(school, query, rows, first):
    chart = charts(query)["enrollments"]
    assert len(chart.rows) == rows
    assert chart.rows[0][0] == first
    assert sum(row[1] for row in chart.rows) == told(query)["enrollments"][0]


def test_a_range_without_data_says_so_and_what_next(client, admin, school):
    client.force_login(admin)
    page = client.get(f"{reverse('dashboard')}?from=2020-01-01&to=2020-01-31")
    assert page.status_code == 200
    assert "No enrollments in this range. Choose a longer one." in page.content.decode()
    assert "revenue-usd" not in page.content.decode()
    for name in PAGES[1:]:
        assert "Choose a longer one." in client.get(f"{reverse(name)}?from=2020-01-01&to=2020-01-31").content.decode()


def test_a_school_in_which_nothing_has_happened_has_a_dashboard(client, admin):
    client.force_login(admin)
    for name in PAGES:
        assert client.get(reverse(name)).status_code == 200
    assert "No seats are offered" in client.get(reverse("dashboard")).content.decode()


# --- pages --------------------------------------------------------------------------------------------------


def test_the_page_has_each_chart_as_picture_table_and_file(client, admin, school):
    client.force_login(admin)
    page = client.get(f"{reverse('dashboard')}?{MONTH}").content.decode()
    for slug, chart in charts(MONTH).items():
        assert f'id="{slug}"' in page
        if not chart.is_empty:
            data = re.search(f'<script id="figure-{slug}" type="application/json">(.*?)</script>', page)
            assert len(json.loads(data[1])["names"]) == len(chart.rows)
            file = client.get(f"{reverse('dashboard')}?{MONTH}&csv={slug}")
            rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
            assert len(rows) == len(chart.rows) + 1
    assert "Advanced &lt;b&gt;networks&lt;/b&gt;" in page
    assert "style=" not in page
    assert client.get(f"{reverse('dashboard')}?{MONTH}&csv=nothing").status_code == 404


def test_numbers_lead_to_the_rows_behind_them(client, admin, school):
    client.force_login(admin)
    page = client.get(f"{reverse('dashboard')}?{MONTH}").content.decode()
    links = set(re.findall(r'href="(/dashboard/(?:enrollments|payments)/\?[^"]*)"', page))
    assert len(links) > 10
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200
    day = client.get(f"{reverse('dashboard_enrollments')}?from=2026-11-20&to=2026-11-21").content.decode()
    assert "ann@example.org" in day
    assert "bob@example.org" in day
    assert "cid@example.org" not in day
    assert "Withdrew" in day
    assert reverse("roster", args=[school["session"].pk]) in day
    gone = client.get(f"{reverse('dashboard_enrollments')}?{MONTH}&what=withdrawn").content.decode()
    assert "2 people" in gone
    refunds = client.get(f"{reverse('dashboard_payments')}?{MONTH}&kind=refund&currency=USD").content.decode()
    assert "USD\u00a0−50.00" in refunds
    assert reverse("order_books", args=[Order.objects.get(buyer__name="bob").pk]) in refunds
    one = client.get(f"{reverse('dashboard_enrollments')}?{MONTH}&session={school['berlin'].pk}").content.decode()
    assert "1 person" in one


def test_rows_come_as_files_that_no_spreadsheet_computes(client, admin, school):
    User.objects.filter(name="ann").update(name="=cmd()")
    client.force_login(admin)
    file = client.get(f"{reverse('dashboard_enrollments')}?{MONTH}&csv=1").content.decode()
    assert "'=cmd()" in file
    file = client.get(f"{reverse('dashboard_payments')}?{MONTH}&csv=1").content.decode()
    assert ",-50.00,USD" in file


def test_more_rows_than_a_file_holds_are_refused_as_a_file(client, admin, school, monkeypatch):
    monkeypatch.setattr("courses.dashboard.rows.MOST_IN_FILE", 2)
    monkeypatch.setattr("courses.dashboard.rows.MOST_SHOWN", 3)
    client.force_login(admin)
    response = client.get(f"{reverse('dashboard_enrollments')}?{MONTH}&csv=1")
    assert response.status_code == 400
    assert "A file holds 2 rows at most" in response.content.decode()
    assert "The latest 3 are shown" in response.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_rows(client, admin, school, new_session):
    client.force_login(admin)

    def numbers() -> list[int]:
        found = []
        for name in PAGES:
            client.get(f"{reverse(name)}?{MONTH}")
            with CaptureQueriesContext(connection) as queries:
                client.get(f"{reverse(name)}?{MONTH}")
            found.append(len(queries))
        return found

    few = numbers()
    for n in range(30):
        one = new_session(f"more-{n}", modality="in_class", place=f"Place {n}", currency=["USD", "EUR"][n % 2], seats=3)
        seat(one, f"more{n}", f"2026-11-{n % 24 + 1:02}", paid=10, back=5)
    assert numbers() == few
    call_command("roll_up")
    rolled = numbers()
    assert all(now <= before + 10 for now, before in zip(rolled, few, strict=True))


def test_sessions_beyond_the_first_twenty_are_added_up(school, new_session):
    for n in range(25):
        seat(new_session(f"more-{n}", seats=3), f"more{n}", "2026-11-10")
    rows = charts(MONTH)["sessions"].rows
    assert len(rows) == 21
    assert rows[-1][0] == "All others (7)"
    assert sum(row[1] for row in rows) == told(MONTH)["enrollments"][0]


def test_all_begins_on_the_first_day_with_anything(client, admin, school):
    client.force_login(admin)
    assert "from=2025-11-10&amp;to=2026-11-26" in client.get(reverse("dashboard")).content.decode()
    assert ENROLLMENTS.beginning() == datetime.date(2025, 11, 10)


# --- building blocks ----------------------------------------------------------------------------------------


def test_tiles_say_how_they_changed():
    assert Tile("a", "A", 12, 10, good="up").change == "20\u00a0%"
    assert Tile("a", "A", 12, 10, good="up").tone == "right"
    assert Tile("a", "A", 12, 10, good="down").tone == "wrong"
    assert Tile("a", "A", 80, 77, unit="%").change == "3\u00a0points"
    assert Tile("a", "A", 5, 0).change == "5"
    assert Tile("a", "A", None, 3).words == "–"
    assert Tile("a", "A", Decimal("1234.5"), unit="USD").words == "USD\u00a01,234.50"
    assert Tile("a", "A", -3, 2).words == "−3"
    assert movement(10, 10) == "stayed as in the period before"
    assert movement(41, 3) == "rose to 41 from 3 in the period before"
    assert (
        movement(Decimal(5), Decimal(-5), unit="USD")
        == "rose to USD\u00a05.00 from USD\u00a0−5.00 in the period before"
    )
    assert movement(0, 4) == "fell 100\u00a0% on the period before"


def test_an_empty_chart_is_one_of_zeros_whatever_was_before():
    faint = Chart("a", "A", "Day", [Column("Now"), Column("Before", faint=True)], [("Mon", 0, 7)])
    assert faint.is_empty
    assert not Chart("a", "A", "Day", [Column("Now")], [("Mon", 1)]).is_empty
    assert top([("a", 3), ("b", 2), ("c", 1)], 1) == [("a", 3), ("All others (2)", 3)]


def test_plotly_is_served_alone_and_knows_its_marks():
    found = finders.find("plotly/plotly.min.js")
    assert found
    assert finders.find("plotly/datasets/iris.csv.gz") is None
    text = Path(found).read_text(encoding="utf-8")
    head = (settings.BASE_DIR / "courses/templates/courses/dashboard/head.html").read_text()
    # Where these are in the page, Plotly adds no style of its own, which the site's rules would refuse.
    assert "no-inline-styles" in text
    [mark] = re.findall(r'meta name="maps" content="none" id="(\w+)"', head)
    assert f'getElementById("{mark}")' in text


# --- the API ------------------------------------------------------------------------------------------------


def test_the_api_tells_the_page_s_figures(client, admin, school):
    client.force_login(admin)
    answer = client.get(f"{reverse('api-dashboard')}?{MONTH}&modality=online")
    assert answer.status_code == 200
    body = answer.json()
    assert body["range"] == {"first": "2026-10-28", "last": "2026-11-26"}
    figures = {tile["slug"]: (tile["value"], tile["before"]) for tile in body["tiles"]}
    expected = told(f"{MONTH}&modality=online")
    assert figures["enrollments"] == expected["enrollments"] == (3, 1)
    assert figures["revenue-usd"] == tuple(str(figure) for figure in expected["revenue-usd"])
    chart = next(chart for chart in body["charts"] if chart["slug"] == "enrollments")
    assert chart["title"] == charts(f"{MONTH}&modality=online")["enrollments"].title
    assert sum(row[1] for row in chart["rows"]) == 3


def rows_of(client, name: str, query: str) -> tuple[int, list[dict]]:
    told = client.get(f"{reverse(f'api-dashboard-{name}')}?{query}").json()
    return told["count"], told["results"]


def test_the_api_lists_who_is_behind_a_number(client, admin, school):
    client.force_login(admin)
    number, rows = rows_of(client, "enrollments", MONTH)
    assert number == len(rows) == told(MONTH)["enrollments"][0]
    assert [row["name"] for row in rows] == ["bob", "ann", "dee", "cid"]
    bob = Enrollment.objects.get(user__name="bob")
    assert rows[0] | {"withdrawn_at": "", "enrolled_at": ""} == {
        "id": bob.pk, "user": bob.user_id, "name": "bob", "email": "bob@example.org", "course": "networks",
        "session": school["session"].pk, "order": bob.order_id, "enrolled_at": "", "withdrawn_at": "",
        "ending": "withdrew",
    }  # fmt: skip
    number, gone = rows_of(client, "enrollments", f"{MONTH}&what=withdrawn")
    assert (number, [row["name"] for row in gone]) == (2, ["bob", "fay"])
    for query, names in {
        f"course={school['advanced'].pk}": ["dee"], "place=Berlin": ["dee"], "modality=online": ["bob", "ann", "cid"],
        f"session={school['session'].pk}&from=2026-11-20&to=2026-11-20": ["ann"], "from=2026-11-25": [],
    }.items():  # fmt: skip
        assert [row["name"] for row in rows_of(client, "enrollments", f"{MONTH}&{query}")[1]] == names, query


def test_the_api_lists_what_was_paid_and_paid_back(client, admin, school):
    client.force_login(admin)
    number, rows = rows_of(client, "payments", f"{MONTH}&currency=USD")
    assert number == len(rows) == 4
    assert sum(Decimal(row["amount"]) for row in rows) == told(MONTH)["revenue-usd"][0]
    [back] = rows_of(client, "payments", f"{MONTH}&kind=refund&currency=USD")[1]
    order = Order.objects.get(buyer__name="bob")
    assert (back["amount"], back["currency"], back["number"], back["email"]) == (
        "-50.00", "USD", order.number, "bob@example.org",
    )  # fmt: skip
    assert [row["buyer"] for row in rows_of(client, "payments", f"{MONTH}&place=Berlin&kind=payment")[1]] == ["dee"]


def test_lists_of_the_api_end_far_down_and_tell_how_many_there_are(client, admin, school, monkeypatch):
    client.force_login(admin)
    monkeypatch.setattr("courses.dashboard.rows.MOST_SHOWN", 2)
    address = f"{reverse('api-dashboard-enrollments')}?{MONTH}&page_size=1"
    first = client.get(address).json()
    assert (first["count"], len(first["results"])) == (4, 1)
    second = client.get(first["next"]).json()
    assert (second["results"][0]["name"], second["next"]) == ("ann", None)
    assert client.get(f"{address}&page=3").status_code == 404
    assert client.get(f"{reverse('api-dashboard-enrollments')}?from=2026-12-24").status_code == 400
    assert client.get(f"{reverse('api-dashboard-payments')}?kind=gift").json()["errors"].keys() == {"kind"}


@pytest.mark.parametrize("name", ["enrollments", "payments"])
def test_lists_of_the_api_ask_no_oftener_for_many_rows(client, admin, school, name):
    client.force_login(admin)
    rows_of(client, name, MONTH)
    with CaptureQueriesContext(connection) as few:
        before = rows_of(client, name, MONTH)[0]
    for number in range(4):
        seat(school["berlin"], f"more-{number}", "2026-11-20", paid=10)
    with CaptureQueriesContext(connection) as many:
        assert rows_of(client, name, MONTH)[0] == before + 4
    assert len(many) <= len(few) <= 14


def test_the_api_refuses_a_range_that_is_none(client, admin):
    client.force_login(admin)
    answer = client.get(f"{reverse('api-dashboard')}?from=2026-11-20&to=2026-11-10")
    assert answer.status_code == 400
    assert "ends before it begins" in answer.json()["errors"]["non_field_errors"][0]
    assert "from" in client.get(f"{reverse('api-dashboard')}?from=x").json()["errors"]


# --- the weekly report --------------------------------------------------------------------------------------

MONDAY = datetime.datetime(2026, 11, 23, 6, 30, tzinfo=datetime.UTC)


def ask_for_report(client, person) -> None:
    client.force_login(person)
    client.post(reverse("mail_preferences"), {"wanted": ["announcement", "report"]})
    person.refresh_from_db()


def test_the_week_is_told_on_monday_once_to_each_who_asks(client, admin, instructor, student, school):
    for person in (admin, instructor, student):
        ask_for_report(client, person)
    # Students are not asked, and get none.
    assert student.asked_for == []
    with time_machine.travel(MONDAY, tick=False):
        tasks.write_reports()
        tasks.write_reports()
    letters = {letter.person: letter for letter in Mail.objects.filter(kind="report")}
    assert set(letters) == {admin, instructor}
    assert Mail.objects.filter(kind="report").count() == 2
    letter = letters[admin]
    assert letter.subject == "[Gradus] The week of November 16 to November 22, 2026"
    assert "**Enrollments: 2**" in letter.text
    assert "Revenue, USD: USD" in letter.text.replace("\u00a0", " ")
    assert "/dashboard/?from=2026-11-16&to=2026-11-22" in letter.text
    assert "<strong>Enrollments: 2</strong>" in letter.html
    assert reverse("mail_preferences") in letter.text


def test_an_instructor_is_told_of_their_own_sessions(client, instructor, school):
    ask_for_report(client, instructor)
    seat(school["berlin"], "hal", "2026-11-18")
    week = Range(datetime.date(2026, 11, 16), datetime.date(2026, 11, 22))
    assert {tile.slug: tile.figure for tile in report.tiles_for(instructor, week)}["enrollments"] == 2
    assert {tile.slug: tile.figure for tile in report.tiles_for(admin_of_school(), week)}["enrollments"] == 3


def admin_of_school() -> User:
    return User.objects.create_superuser("boss@example.org", "a long password")


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        (datetime.datetime(2026, 11, 23, 10, 59, tzinfo=datetime.UTC), "2026-11-09"),
        (datetime.datetime(2026, 11, 23, 11, 0, tzinfo=datetime.UTC), "2026-11-16"),
        (datetime.datetime(2026, 11, 25, 3, 0, tzinfo=datetime.UTC), "2026-11-16"),
        (datetime.datetime(2026, 11, 30, 4, 59, tzinfo=datetime.UTC), "2026-11-16"),
    ],
)
def test_a_report_is_due_from_monday_morning_of_the_school_s_clock_on(settings, moment, week):
    # Whoever was down on Monday catches up; six o'clock in New York is eleven in UTC.
    settings.SCHOOL_TIME_ZONE = "America/New_York"
    with time_machine.travel(moment, tick=False):
        assert str(report.week_of_report().first) == week


def test_who_unsubscribes_gets_no_more_reports(client, admin, school):
    ask_for_report(client, admin)
    client.logout()
    client.post(mute_address(admin, "report"))
    admin.refresh_from_db()
    assert "report" not in admin.asked_for
    with time_machine.travel(MONDAY, tick=False):
        tasks.write_reports()
    assert not Mail.objects.filter(kind="report").exists()


def test_only_staff_are_asked_whether_they_want_the_week_s_figures(client, student, instructor):
    for person, asked in ((student, False), (instructor, True)):
        client.force_login(person)
        assert ("figures, on Mondays" in client.get(reverse("mail_preferences")).content.decode()) is asked
        assert ("report" in client.get(reverse("api-mail")).json()) is asked


def test_beat_rings_for_days_and_reports_that_are_due(client, admin, school, broker):
    ask_for_report(client, admin)
    with time_machine.travel(MONDAY, tick=False):
        tasks.ring_for_dashboard()
        with redis.Redis(unix_socket_path=str(broker.socket)) as queue:
            assert sum(queue.llen(key) for key in queue.keys("school*")) == 2
            queue.flushall()
        tasks.roll_up()
        tasks.write_reports()
        tasks.ring_for_dashboard()
        with redis.Redis(unix_socket_path=str(broker.socket)) as queue:
            assert not queue.keys("school*")
    assert RolledDay.objects.filter(what="enrollments", day="2026-11-22").exists()
