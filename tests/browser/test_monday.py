"""An admin's Monday: the figures, the rows behind them, another range, a canceled session's refunds, and a question."""

import csv
import io
import re

from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, sign_in

SCHOOL = """
import datetime
from django.utils import timezone
from courses.enrollment.orders.payments import receive
from courses.models import Course, Enrollment, Session, Ticket, User

now, day = timezone.now(), datetime.timedelta(days=1)
admin = User.objects.get(email="admin@example.org")
admin.set_password(password)
admin.save()
sessions = [
    Session.objects.create(
        course=Course.objects.get(slug="neural-networks-fundamentals"), slug=slug, modality="in_class", place=place,
        time_zone="America/New_York", seats=10, price=price, published=True,
        starts_on=(now + 20 * day).date(), ends_on=(now + 30 * day).date(),
    )
    for slug, place, price in (("boston", "Boston", 100), ("chicago", "Chicago", 250))
]
seats = {}
for name, session in (("Ann", 0), ("Ben", 0), ("Cleo", 0), ("Dan", 1)):
    person = User.objects.create_user(f"{name.lower()}@example.org", password, name=name)
    seat = Enrollment.objects.enroll(person, sessions[session])
    receive(seat.order, seat.order.outstanding, "test", f"pay-{name}")
    seats[name] = seat
# In the days before those that are shown first.
Enrollment.objects.filter(pk=seats["Cleo"].pk).update(enrolled_at=now - 40 * day)
ann = User.objects.get(email="ann@example.org")
ticket = Ticket.objects.ask(ann, "Is there parking near the school?", subject="Parking", session=sessions[0])
answer = [sessions[0].pk, ticket.pk]
"""
WHAT_IS_THERE = """
from courses.models import Enrollment, Mail, Session, Ticket, Transaction
ticket = Ticket.objects.get(pk=ticket)
answer = {
    "canceled": Session.objects.get(pk=boston).canceled_at is not None,
    "refunds": sorted(str(one.amount) for one in Transaction.objects.filter(kind="refund")),
    "left": list(Enrollment.objects.active().values_list("user__name", flat=True)),
    "ticket": [ticket.status, ticket.messages.count(), ticket.assignee.email],
    "answered": Mail.objects.filter(address="ann@example.org", kind="question").count(),
    "told": Mail.objects.filter(kind="seat", subject__icontains="canceled").count(),
}
"""


def figure(page, label):
    """The number on a tile."""
    return page.locator(".tile", has=page.get_by_text(label, exact=True)).locator(".tile-figure")


def rows_of(download):
    return list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))


def test_an_admins_monday(running, page, tell):
    site = running.address
    boston, ticket = tell(SCHOOL, password=PASSWORD)
    sign_in(page, site, "admin@example.org")

    # The last thirty days beside those before them.
    page.get_by_role("link", name="Dashboard").click()
    expect(figure(page, "Enrollments")).to_have_text("3")
    expect(page.locator(".tile", has_text="Enrollments").first).to_contain_text("from 1")
    expect(figure(page, "Revenue, USD")).to_contain_text("550.00")
    expect(page.locator("#over-time .js-plotly-plot, .chart .js-plotly-plot").first).to_be_visible()

    # The rows behind a number, and their file.
    figure(page, "Enrollments").get_by_role("link").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator("tbody")).not_to_contain_text("Cleo")
    with page.expect_download() as rows:
        page.get_by_role("link", name="Download as CSV").click()
    assert sorted(row[0] for row in rows_of(rows)[1:]) == ["Ann", "Ben", "Dan"]
    page.locator(".trail").get_by_role("link", name="Dashboard").click()

    # Ninety days have all four; a chart's own file says the same as its table.
    page.get_by_role("list", name="Ranges that people often want").get_by_role("link", name=re.compile("90")).click()
    expect(figure(page, "Enrollments")).to_have_text("4")
    by_place = page.locator("section.chart", has=page.get_by_role("link", name="Boston")).first
    expect(by_place).to_be_visible()
    with page.expect_download() as chart:
        page.locator("#places, #by-place").get_by_role("link", name=re.compile("Download as CSV")).click()
    counted = {row[0]: int(row[1]) for row in rows_of(chart)[1:]}
    assert counted == {"Boston": 3, "Chicago": 1}

    # Compared with the year before there was nothing.
    page.get_by_label("Compare with").select_option("year")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("compare=year"))
    expect(page.locator(".tile", has_text="Enrollments").first).to_contain_text("from 0")

    # Boston does not take place: what was paid goes back, and is missing in the revenue.
    page.goto(f"{site}/teaching/{boston}/cancel/")
    page.get_by_label(re.compile("Reason", re.I)).fill("The room is flooded.")
    page.get_by_role("button", name="Cancel the session").click()
    page.goto(f"{site}/dashboard/")
    expect(figure(page, "Revenue, USD")).to_contain_text("250.00")
    figure(page, "Revenue, USD").get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("300.00 went back")
    page.get_by_label("What").select_option("refund")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tbody tr")).to_have_count(3)

    # Ann's question.
    page.get_by_role("link", name="Questions").click()
    page.get_by_role("link", name="Parking").click()
    page.get_by_label("Assign to").select_option(label="Demo admin")
    page.get_by_role("button", name="Assign").click()
    page.get_by_label("Your message").fill("There is a garage across the street.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("article.utterance").last).to_contain_text("across the street")
    expect(page.locator(".facts")).to_contain_text("✓ answered")

    there = tell(WHAT_IS_THERE, boston=boston, ticket=ticket)
    assert there["canceled"]
    assert there["refunds"] == ["100.00"] * 3
    assert there["left"] == ["Dan"]
    assert there["ticket"] == ["answered", 2, "admin@example.org"]
    assert there["answered"] >= 1
    assert there["told"] == 3
