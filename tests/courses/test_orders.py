"""Vouchers, companies, payments and what providers say of them, receipts, the books by hand."""

import csv
import datetime
import io
import json
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from rest_framework.test import APIClient

from courses.enrollment.orders import ledger
from courses.enrollment.orders.payments import receive
from courses.enrollment.orders.providers import PROVIDERS
from courses.enrollment.seats import ask_for_seat
from courses.enrollment.tasks import tend_seats
from courses.models import (
    Change,
    Course,
    Enrollment,
    Mail,
    Order,
    Posting,
    SeatInvitation,
    Session,
    Transaction,
    Voucher,
)

GATEWAY = PROVIDERS["test"]
NOTIFICATIONS = "/payments/test/notification/"


@pytest.fixture
def order(session, student) -> Order:
    """The student's, unpaid: 100 dollars."""
    return ask_for_seat(student, session).enrollment.order


def notify(client, order, amount, /, *, kind="payment", number="", **facts):
    """Send what the gateway would; the status."""
    body = json.loads(GATEWAY.notification(order, Decimal(amount), kind, number)) | facts
    raw = json.dumps(body).encode()
    signed = {"HTTP_GRADUS_SIGNATURE": GATEWAY.sign(raw)}
    return client.post(NOTIFICATIONS, raw, content_type="application/json", **signed).status_code


def in_a_month():
    return time_machine.travel(timezone.now() + datetime.timedelta(days=30))


# --- vouchers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("voucher", "owed"),
    [
        ({"percent": 33}, "67.00"),
        ({"amount": 30, "currency": "USD"}, "70.00"),
        ({"amount": 500, "currency": "USD"}, "0.00"),
    ],
)
def test_a_voucher_lowers_the_price(session, student, voucher, owed):
    Voucher.objects.create(code="less", **voucher)
    order = ask_for_seat(student, session, code=" Less ").enrollment.order
    assert (order.outstanding, order.is_settled) == (Decimal(owed), owed == "0.00")
    assert Voucher.objects.get().uses == 1


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"code": "OTHER"}, "no voucher “less”"),
        ({"active": False}, "no longer taken"),
        ({"valid_until": datetime.date(2020, 1, 1)}, "good until January 1, 2020"),
        ({"elsewhere": True}, "not for this session"),
        ({"most_uses": 1, "uses": 1}, "as often as it may be"),
        ({"percent": None, "amount": 5, "currency": "EUR"}, "is in EUR"),
    ],
)
def test_a_voucher_that_does_not_hold_is_refused_with_the_reason_and_kept_in_the_field(
    client, session, student, values, why
):
    if values.pop("elsewhere", False):
        values["course"] = Course.objects.create(slug="elsewhere", title="Elsewhere")
    Voucher.objects.create(**{"code": "less", "percent": 50, **values})
    client.force_login(student)
    page = client.post(f"{session.get_absolute_url()}enroll/", {"voucher": "less"}, follow=True).content.decode()
    assert why in page
    assert 'value="less"' in page
    assert not Order.objects.exists()
    session.refresh_from_db()
    assert session.seats_taken == 0


def test_a_voucher_is_a_percentage_or_an_amount(db):
    for values in ({}, {"percent": 101}, {"percent": 10, "amount": 1, "currency": "USD"}, {"amount": 1}):
        with pytest.raises(ValidationError):
            Voucher(code="X", **values).full_clean(validate_unique=False)


# --- paying -------------------------------------------------------------------------------------------


def test_a_person_pays_in_parts_at_the_gateway_and_gets_a_receipt_for_each(client, order, student):
    client.force_login(student)
    gateway = client.post(f"/orders/{order.pk}/pay/", {"provider": "test"}).url
    assert "No money moves" in client.get(gateway).content.decode()
    assert "declined" in client.post(gateway, {"do": "decline", "amount": "100"}, follow=True).content.decode()
    assert order.outstanding == 100
    assert client.post(gateway, {"do": "pay", "amount": "40"}).status_code == 302
    order.refresh_from_db()
    assert (order.outstanding, order.is_held) == (60, True)
    refused = client.post(gateway, {"do": "pay", "amount": "61"})
    assert refused.status_code == 400
    assert "You owe USD\u00a060.00" in refused.content.decode()
    client.post(f"/orders/{order.pk}/billing/", {"billing_address": "9 Road"})
    client.post(gateway, {"do": "pay", "amount": "60"})
    order.refresh_from_db()
    assert order.is_settled
    page = client.get(order.get_absolute_url()).content.decode()
    assert page.count("Receipt R-") == 2
    receipt = client.get(f"/receipts/{order.transactions.filter(kind='payment').last().pk}/").content.decode()
    for text in ("USD\xa060.00", order.number, "Card (test)", "student@example.org"):
        assert text in receipt
    assert [mail.subject for mail in Mail.objects.filter(subject__contains="received").order_by("pk")] == [
        f"[Gradus] USD 40.00 received for order {order.number}", f"[Gradus] USD 60.00 received for order {order.number}",
    ]  # fmt: skip
    assert (
        "nothing to pay" in client.post(f"/orders/{order.pk}/pay/", {"provider": "test"}, follow=True).content.decode()
    )


def test_the_address_of_a_receipt_stays(client, order, student):
    client.force_login(student)
    client.post(f"/orders/{order.pk}/billing/", {"billing_address": "9 Road"})
    receive(order, Decimal(100), "test")
    page = client.post(f"/orders/{order.pk}/billing/", {"billing_address": "Elsewhere"}, follow=True).content.decode()
    assert "its address stays" in page
    assert Order.objects.get().billing_address == "9 Road"


def test_who_pays_by_bank_transfer_sees_what_to_write_and_an_admin_books_it(client, order, student, admin):
    client.force_login(student)
    page = client.get(order.get_absolute_url()).content.decode()
    assert "name the order's number" in page or "name the order’s number" in page
    assert order.number in page
    client.force_login(admin)
    books = f"/money/orders/{order.pk}/"
    wrong = client.post(f"{books}payment/", {"payment-amount": "100.001", "payment-memo": "kept"})
    assert wrong.status_code == 400
    assert 'value="kept"' in wrong.content.decode()
    client.post(f"{books}payment/", {"payment-amount": "100", "payment-reference": "B-1"})
    order.refresh_from_db()
    assert order.is_settled
    again = client.post(f"{books}payment/", {"payment-amount": "100", "payment-reference": "B-1"})
    assert again.status_code == 400
    assert "is booked already" in again.content.decode()
    assert Change.objects.get().what == f"booked a payment of USD\xa0100.00 for order {order.number}"


def test_no_more_is_paid_back_than_was_paid(client, order, admin):
    receive(order, Decimal(40), "manual", "B-1")
    client.force_login(admin)
    refund = f"/money/orders/{order.pk}/refund/"
    refused = client.post(refund, {"refund-amount": "41", "refund-memo": "kept"})
    assert refused.status_code == 400
    assert "Of what was paid there is left USD\u00a040.00" in refused.content.decode()
    assert 'value="kept"' in refused.content.decode()
    assert [client.post(refund, {"refund-amount": "40"}).status_code for _ in range(2)] == [302, 400]
    assert Transaction.objects.get(kind="refund").amount == 40
    assert (order.outstanding, ledger.paid(order)) == (100, 0)


@pytest.mark.parametrize(
    "payments", [[("manual", 60), ("manual", 40)], [("test", 100)], [("test", 50), ("manual", 50)]]
)
def test_what_an_admin_paid_back_of_several_payments_or_by_another_way_is_not_there_again(
    client, order, admin, payments
):
    for number, (provider, amount) in enumerate(payments):
        receive(order, Decimal(amount), provider, f"r{number}")
    client.force_login(admin)
    refund = f"/money/orders/{order.pk}/refund/"
    assert [client.post(refund, {"refund-amount": "100"}).status_code for _ in range(2)] == [302, 400]
    assert ledger.paid(order) == 0


def test_an_admin_keeps_a_seat_on_trust_and_waives_the_rest(client, order, admin, student):
    client.force_login(admin)
    books = f"/money/orders/{order.pk}/"
    assert client.post(f"{books}keep/", {"keep-reason": ""}).status_code == 400
    client.post(f"{books}keep/", {"keep-reason": "The invoice is on its way."})
    order.refresh_from_db()
    assert (order.is_settled, order.outstanding) == (True, 100)
    with in_a_month():
        tend_seats()
        client.force_login(admin)
        page = client.get("/money/").content.decode()
        assert "Up to 30 days" in page
        assert "USD\xa0100.00 on 1 order" in page
    client.force_login(admin)
    assert client.post(f"{books}waive/", {"waive-amount": "101", "waive-reason": "x"}).status_code == 400
    client.post(f"{books}waive/", {"waive-amount": "100", "waive-reason": "A scholarship."})
    assert order.outstanding == 0
    assert Enrollment.objects.active().filter(user=student).exists()
    assert Change.objects.count() == 2


def test_the_list_of_what_is_unpaid_is_a_spreadsheet_without_formulas(client, order, student, admin):
    student.name = "=HYPERLINK(1)"
    student.save()
    client.force_login(admin)
    text = client.get("/money/unpaid.csv").content.decode("utf-8-sig")
    _, (number, name, email, *_, owed, currency) = csv.reader(io.StringIO(text))
    assert (number, name, email) == (order.number, "'=HYPERLINK(1)", "student@example.org")
    assert (owed, currency) == ("100.00", "USD")


@pytest.mark.parametrize("name", ["Ann;=HYPERLINK(1);", 'Ann;"=HYPERLINK(1)"', "Ann; \t@sum", "Ann\n=1+1"])
def test_no_formula_comes_about_where_a_spreadsheet_parts_cells_elsewhere(client, order, student, admin, name):
    student.name = name
    student.save()
    client.force_login(admin)
    text = client.get("/money/unpaid.csv").content.decode("utf-8-sig")
    for delimiter in ",;\t":
        cells = [cell for row in csv.reader(text.splitlines(), delimiter=delimiter) for cell in row]
        assert not [cell for cell in cells if cell.strip(' "').startswith(("=", "+", "-", "@"))]


# --- notifications ------------------------------------------------------------------------------------


def test_a_notification_that_comes_often_is_booked_once(client, order):
    assert [notify(client, order, 100, number="a") for _ in range(3)] == [200] * 3
    assert Transaction.objects.filter(kind="payment").count() == 1
    order.refresh_from_db()
    assert order.is_settled
    # The same number for something else is refused.
    assert notify(client, order, 99, number="a") == 409
    assert notify(client, order, 100, kind="refund", number="a") == 409


def test_a_refund_that_comes_before_its_payment_does_no_harm(client, order):
    assert notify(client, order, 100, kind="refund", number="back") == 200
    assert notify(client, order, 100, number="pay") == 200
    order.refresh_from_db()
    assert (order.outstanding, order.is_held) == (100, True)
    assert ledger.paid(order) == 0


def test_a_seat_whose_payment_goes_back_is_held_anew(client, order):
    notify(client, order, 100)
    notify(client, order, 100, kind="refund")
    order.refresh_from_db()
    assert order.is_held
    assert Transaction.objects.get(kind="refund").payment == Transaction.objects.get(kind="payment")


@pytest.mark.parametrize(
    ("facts", "status"),
    [({"order": "G-999999"}, 409), ({"order": "nonsense"}, 409), ({"currency": "EUR"}, 409), ({"amount": "100.01"}, 409),
     ({"amount": "0"}, 400), ({"amount": "-5"}, 400), ({"amount": "NaN"}, 400), ({"amount": "1.001"}, 400),
     ({"amount": None}, 400), ({"reference": ""}, 400)],
)  # fmt: skip
def test_a_notification_that_is_wrong_is_refused_and_books_nothing(client, order, facts, status, caplog):
    assert notify(client, order, 100, **facts) == status
    assert not Transaction.objects.exclude(kind="charge").exists()
    assert "a notification" in caplog.text


def test_a_notification_that_the_gateway_did_not_sign_is_refused(client, order):
    body = GATEWAY.notification(order, Decimal(100))
    forged = {"HTTP_GRADUS_SIGNATURE": GATEWAY.sign(body + b" ")}
    assert client.post(NOTIFICATIONS, body, content_type="application/json", **forged).status_code == 400
    assert client.post(NOTIFICATIONS, body, content_type="application/json").status_code == 400
    assert client.post("/payments/manual/notification/", body, content_type="application/json").status_code == 400
    assert client.post("/payments/nobody/notification/", body, content_type="application/json").status_code == 404
    assert order.outstanding == 100


def test_the_test_provider_is_there_only_where_it_is_named(client, order, student, settings):
    settings.PAYMENT_PROVIDERS = ["manual"]
    assert notify(client, order, 100) == 404
    client.force_login(student)
    assert client.get(f"/payments/test/{order.pk}/").status_code == 404
    assert "Card (test)" not in client.get(order.get_absolute_url()).content.decode()


def test_a_payment_after_the_release_takes_the_seat_again_while_one_is_left(client, order, student):
    with time_machine.travel(order.held_until + datetime.timedelta(hours=1)):
        tend_seats()
        order.refresh_from_db()
        assert (order.seats_open, order.outstanding) == (0, 0)
        assert notify(client, order, 100) == 200
    order.refresh_from_db()
    assert (order.seats_open, order.outstanding, order.is_settled) == (1, 0, True)
    enrollment = Enrollment.objects.get(user=student)
    assert (enrollment.is_active, enrollment.ending) == (True, "")
    assert Session.objects.get().seats_taken == 1


def test_a_payment_after_the_release_goes_back_where_no_seat_is_left(client, order, student, other):
    Session.objects.update(seats=1)
    ask_for_seat(other, order.session)
    with time_machine.travel(order.held_until + datetime.timedelta(hours=1)):
        tend_seats()
        assert notify(client, order, 100) == 200
    order.refresh_from_db()
    assert (order.seats_open, order.outstanding) == (0, 0)
    assert order.transactions.get(kind="refund").amount == 100
    told = Mail.objects.filter(person=student).first()
    assert "USD\xa0100.00 too much go back to you" in told.text
    assert "had gone to others" in told.text


def test_who_pays_twice_gets_the_second_payment_back(client, order):
    assert [notify(client, order, 100), notify(client, order, 100)] == [200, 200]
    assert order.outstanding == 0
    assert [b.amount for b in order.transactions.filter(kind="refund")] == [100]


# --- companies ----------------------------------------------------------------------------------------


@pytest.fixture
def company(client, session, student) -> Order:
    """The student orders three seats for Acme."""
    client.force_login(student)
    said = {"company": "Acme", "billing_address": "1 Street", "seats": "3"}
    client.post(f"{session.get_absolute_url()}order/", said)
    return Order.objects.get()


def test_a_company_orders_seats_and_sends_them_to_its_people(client, company, student, other):
    assert (company.total, company.seats_free()) == (300, 3)
    assert Session.objects.get().seats_taken == 3
    client.post(f"/orders/{company.pk}/seats/", {"emails": "a@acme.example\nB@acme.example, a@acme.example"})
    assert [i.email for i in company.invitations.all()] == ["a@acme.example", "b@acme.example"]
    invitation = company.invitations.first()
    assert f"/seats/{invitation.token}/" in Mail.objects.get(address="a@acme.example").text
    # Whoever has the link takes the seat; the address need not be theirs, and is shown.
    client.force_login(other)
    assert "a@acme.example" in client.get(f"/seats/{invitation.token}/").content.decode()
    assert client.post(f"/seats/{invitation.token}/").status_code == 302
    assert Enrollment.objects.get(user=other).order == company
    assert Session.objects.get().seats_taken == 3
    second = client.post(f"/seats/{company.invitations.last().token}/")
    assert second.status_code == 400
    assert "You have a seat in this session already" in second.content.decode()
    client.force_login(student)
    page = client.get(company.get_absolute_url()).content.decode()
    assert "1 of them free" in page
    assert "other@example.org" in page


def test_a_company_takes_back_what_nobody_took_and_gives_back_what_nobody_has(client, company, other):
    client.post(f"/orders/{company.pk}/seats/", {"emails": "a@acme.example"})
    invitation = company.invitations.get()
    refused = client.post(f"/orders/{company.pk}/give-back/", {"seats": "3"})
    assert refused.status_code == 400
    assert "Seats that are free: 2." in refused.content.decode()
    client.post(f"/orders/{company.pk}/seats/{invitation.pk}/take-back/")
    client.force_login(other)
    assert "no longer kept for you" in client.post(f"/seats/{invitation.token}/").content.decode()
    client.force_login(company.buyer)
    client.post(f"/orders/{company.pk}/give-back/", {"seats": "2"})
    company.refresh_from_db()
    assert (company.seats_open, company.outstanding) == (1, 100)
    assert Session.objects.get().seats_taken == 1


@pytest.mark.parametrize(
    ("said", "why"),
    [({"emails": "nonsense"}, "is no e-mail address"), ({"emails": "a" * 250 + "@b.cd"}, "is no e-mail address"), ({"emails": "a@b.cd c@b.cd d@b.cd e@b.cd"}, "Addresses: 4; seats that are free: 3."),
     ({"emails": "x@b.cd"}, "has been sent a seat of this order already")],
)  # fmt: skip
def test_a_seat_that_cannot_be_sent_is_refused_and_what_was_typed_is_kept(client, company, said, why):
    if "already" in why:
        client.post(f"/orders/{company.pk}/seats/", said)
    before = SeatInvitation.objects.count()
    page = client.post(f"/orders/{company.pk}/seats/", said)
    assert page.status_code == 400
    assert why in page.content.decode()
    assert said["emails"] in page.content.decode()
    assert SeatInvitation.objects.count() == before


def test_a_company_that_asks_for_more_than_is_left_gets_nothing(client, session, student):
    client.force_login(student)
    page = client.post(f"{session.get_absolute_url()}order/", {"company": "Acme", "billing_address": "1", "seats": "6"})
    assert page.status_code == 400
    assert "Seats that are left: 5." in page.content.decode()
    assert 'value="Acme"' in page.content.decode()
    assert not Order.objects.exists()


def test_a_persons_withdrawal_returns_the_seat_to_the_company(client, company, other):
    client.post(f"/orders/{company.pk}/seats/", {"emails": "a@acme.example"})
    enrollment = Enrollment.objects.take_seat_of(company.invitations.get(), other)
    enrollment.withdraw()
    company.refresh_from_db()
    assert (company.seats_free(), company.outstanding, Session.objects.get().seats_taken) == (3, 300, 3)
    client.post(f"/orders/{company.pk}/seats/", {"emails": "a@acme.example"})
    assert company.invitations.filter(withdrawn_at=None).count() == 1


def test_all_seats_of_a_company_go_when_they_are_not_paid(client, company, other):
    client.post(f"/orders/{company.pk}/seats/", {"emails": "a@acme.example b@acme.example"})
    first, second = company.invitations.all()
    Enrollment.objects.take_seat_of(first, other)
    with time_machine.travel(company.held_until + datetime.timedelta(hours=1)):
        tend_seats()
    assert Session.objects.get().seats_taken == 0
    assert Enrollment.objects.get(user=other).ending == "unpaid"
    assert not SeatInvitation.objects.get(pk=second.pk).is_open
    # Their money comes after all: the seats are theirs again, and who had one has it.
    receive(company, Decimal(300), "test", "late")
    company.refresh_from_db()
    assert (company.seats_open, company.is_settled) == (3, True)
    assert Enrollment.objects.get(user=other).is_active


# --- the books ----------------------------------------------------------------------------------------


def test_nothing_that_was_booked_can_be_changed(order):
    booked, posting = Transaction.objects.get(), Posting.objects.first()
    for deed in (booked.save, booked.delete, posting.save, posting.delete, Posting.objects.all().delete,
                 lambda: Posting.objects.update(amount=1), lambda: Posting.objects.bulk_update([posting], ["amount"]),
                 lambda: Transaction.objects.filter(pk=1).update(memo="x")):  # fmt: skip
        with pytest.raises(TypeError, match="never changed"):
            deed()
    statements = ["UPDATE courses_posting SET amount = 1", "UPDATE courses_transaction SET memo = 'x'"]
    if connection.vendor == "postgresql":
        statements += ["DELETE FROM courses_posting", "DELETE FROM courses_transaction"]
    for statement in statements:
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert order.outstanding == 100


def test_what_does_not_balance_is_not_booked(order, other, new_session):
    euro = Order.objects.place(other, new_session("euro", currency="EUR"))
    with pytest.raises(ValueError, match="several currencies"):
        ledger.move_credit(order, euro, Decimal(1))
    for amount in ("0", "0.001"):
        with pytest.raises(ValueError, match="no whole cents"):
            ledger.charge(order, Decimal(amount))
    assert Transaction.objects.count() == 2


# --- the API ------------------------------------------------------------------------------------------


def test_a_program_joins_the_list_accepts_and_reads_its_order(session, student, other):
    Session.objects.update(seats=1)
    first = ask_for_seat(other, session).enrollment
    api = APIClient()
    api.force_authenticate(student)
    refused = api.post("/api/v1/enrollments/", {"session": session.pk})
    assert refused.status_code == 409
    assert "/api/v1/waiting/" in refused.json()["detail"]
    entry = api.post("/api/v1/waiting/", {"session": session.pk}).json()
    assert (entry["place"], entry["is_offered"]) == (1, False)
    address = f"/api/v1/waiting/{entry['id']}/"
    assert api.post(f"{address}accept/").status_code == 409
    first.withdraw()
    assert api.post(f"{address}accept/").json()["is_held"]
    assert api.post("/api/v1/waiting/", {"session": session.pk}).status_code == 409
    order = api.get("/api/v1/orders/").json()["results"][0]
    assert order["owed"] == "100.00"
    detail = api.get(f"/api/v1/orders/{order['id']}/").json()
    assert [(entry["kind"], entry["amount"]) for entry in detail["entries"]] == [("charge", "100.00")]
    assert api.delete(address).status_code == 409


def test_a_program_that_accepts_an_offer_after_it_ran_out_is_refused(session, student, other):
    Session.objects.update(seats=1)
    first, entry = ask_for_seat(other, session).enrollment, ask_for_seat(student, session).waiting
    first.withdraw()
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=49)):
        api = APIClient()
        api.force_authenticate(student)
        refused = api.post(f"/api/v1/waiting/{entry.pk}/accept/")
    assert refused.status_code == 409
    assert "the offer has run out" in refused.json()["detail"]
    entry.refresh_from_db()
    assert (entry.outcome, Session.objects.get().seats_taken, Enrollment.objects.active().count()) == ("lapsed", 0, 0)


def test_a_program_that_withdraws_gets_back_what_the_rule_says(new_session, student):
    begins = timezone.now().date() + datetime.timedelta(days=7)
    session = new_session("soon", starts_on=begins, ends_on=begins)
    enrollment = ask_for_seat(student, session).enrollment
    receive(enrollment.order, Decimal(100), "test", "one")
    api = APIClient()
    api.force_authenticate(student)
    assert [api.delete(f"/api/v1/enrollments/{enrollment.pk}/").status_code for _ in range(2)] == [204, 404]
    assert (Transaction.objects.get(kind="refund").amount, enrollment.order.outstanding) == (50, 0)
    enrollment.refresh_from_db()
    assert enrollment.ending == "withdrew"


def test_vouchers_of_admins_are_kept_as_they_are_typed_and_counted_by_orders(client, admin, session, student):
    client.force_login(admin)
    said = {
        "code": "spring",
        "percent": "10",
        "amount": "",
        "currency": "",
        "course": "",
        "session": "",
        "active": "on",
    }
    assert client.post("/admin/courses/voucher/add/", said).status_code == 302
    ask_for_seat(student, session, code="Spring")
    voucher = Voucher.objects.get(code="SPRING")
    client.post(f"/admin/courses/voucher/{voucher.pk}/change/", {**said, "percent": "20"})
    voucher.refresh_from_db()
    assert (voucher.percent, voucher.uses) == (20, 1)
