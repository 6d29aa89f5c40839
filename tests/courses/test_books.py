"""The books: whatever happens to seats and money, in whichever order, they balance and nothing is ever changed."""

import contextlib
import datetime
from collections import Counter
from decimal import Decimal

import time_machine
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from courses.enrollment import seats
from courses.enrollment.orders import company, ledger
from courses.enrollment.orders.payments import NoticeRefused, notified, waive
from courses.enrollment.orders.providers import PROVIDERS
from courses.enrollment.refusals import EnrollmentRefused
from courses.enrollment.tasks import tend_seats
from courses.models import (
    Course,
    Enrollment,
    Order,
    Posting,
    SeatInvitation,
    Session,
    Transaction,
    User,
    Voucher,
    WaitingEntry,
)

GATEWAY = PROVIDERS["test"]
KINDS = Transaction.Kind
DEEDS = ("enroll", "enroll", "enroll", "pay", "pay", "pay in part", "again", "charge back", "withdraw", "move", "days pass", "accept", "leave",
         "company", "invite", "take", "give back", "waive", "cancel", "more seats")  # fmt: skip


class School:
    """Three sessions of two seats, eight people, and a gateway that notifies of each payment."""

    def __init__(self, clock):
        course = Course.objects.create(slug="c", title="C")
        day = timezone.now().date() + datetime.timedelta(days=20)
        common = {"course": course, "modality": "online", "time_zone": "UTC", "published": True, "starts_on": day,
                  "ends_on": day + datetime.timedelta(days=30)}  # fmt: skip
        self.sessions = [
            Session.objects.create(slug=slug, seats=2, price=price, **common)
            for slug, price in (("a", "3999"), ("b", "9999"), ("c", "100.01"))
        ]
        Voucher.objects.create(code="THIRD", percent=33, most_uses=3)
        self.people = [User.objects.create_user(f"{n}@example.org") for n in range(8)]
        self.admin = User.objects.create_superuser("admin@example.org")
        self.clock, self.sent, self.rows = clock, [], {}

    def notify(self, order, amount, kind="payment"):
        body = GATEWAY.notification(order, amount, kind)
        self.sent.append(body)
        notified(GATEWAY, body, GATEWAY.sign(body))

    def do(self, deed, n):
        """Do it with one of those with whom it can be done, as the number chooses; where there is none, nothing."""

        def one(rows):
            rows = list(rows)
            return rows[n % len(rows)] if rows else None

        enrolled, orders, waiting = (
            Enrollment.objects.active(),
            Order.objects.order_by("pk"),
            WaitingEntry.objects.open(),
        )
        match deed:
            case "enroll":
                code = "third" if n % 4 == 0 else ""
                seats.ask_for_seat(one(self.people), Session.objects.get(pk=self.sessions[n % 3].pk), code)
            case "pay" if order := one(orders.unpaid()):
                self.notify(order, order.outstanding)
            case "pay in part" if order := one(orders.filter(unit_price__gt=F("unit_discount"))):
                self.notify(order, (order.total * (1 + n % 9) / 10).quantize(ledger.CENT))
            case "again" if body := one(self.sent):
                notified(GATEWAY, body, GATEWAY.sign(body))
            # What was moved on to another order is not charged back here: people would have to set it right.
            case "charge back" if payment := one(self.payments_not_moved()):
                self.notify(payment.order, Decimal(1), "refund")
            case "withdraw" if enrollment := one(enrolled):
                enrollment.withdraw()
            case "move" if enrollment := one(enrolled):
                seats.transfer(enrollment, Session.objects.get(pk=self.sessions[n // 7 % 3].pk), self.admin)
            case "days pass":
                self.clock.shift(datetime.timedelta(hours=20 * (1 + n % 9)))
                tend_seats()
            case "accept" if entry := one(waiting.offered()):
                seats.accept_offer(entry)
            case "leave" if entry := one(waiting):
                entry.leave()
            case "company":
                session = Session.objects.get(pk=self.sessions[n % 3].pk)
                company.order_for_company(one(self.people), session, 1 + n % 2, "Acme", "1 Street")
            case "invite" if order := one(orders.open().exclude(company="")):
                company.invite(order, [f"{n}@acme.example"])
            case "take" if invitation := one(SeatInvitation.objects.filter(taken_at=None)):
                Enrollment.objects.take_seat_of(invitation, self.people[n // 7 % 8])
            case "give back" if order := one(orders.open().exclude(company="")):
                company.give_back(order, 1)
            case "waive" if order := one(orders.open().filter(unit_discount__lt=F("unit_price"))):
                waive(order, (order.unit_net * (1 + n % 4) / 4).quantize(ledger.CENT), "Kindness.", self.admin)
            case "cancel" if n % 9 == 0:
                seats.cancel_session(Session.objects.get(pk=self.sessions[n % 3].pk), self.admin, "Too few people.")
            case "more seats" if n % 5 == 0:
                session = Session.objects.get(pk=self.sessions[n % 3].pk)
                session.seats += 1
                session.save(update_fields=["seats"])
                seats.offer_free_seats(session)

    def payments_not_moved(self):
        moves = Transaction.objects.filter(kind=KINDS.TRANSFER)
        return Transaction.objects.filter(kind=KINDS.PAYMENT).exclude(order__postings__transaction__in=moves)

    def check(self):
        """What holds whatever happened."""
        transactions = list(Transaction.objects.select_related("payout").prefetch_related("postings"))
        orders = list(Order.objects.with_owed().select_related("session"))
        owed_by: Counter[int] = Counter()
        claimed = Counter(Enrollment.objects.active().values_list("order", flat=True))
        for session in Session.objects.all():
            ordered = sum(order.seats_open for order in orders if order.session_id == session.pk)
            alone = session.enrollments.active().filter(order=None).count()
            assert session.seats_taken == ordered + alone + session.waiting.offered().count() <= session.seats
            if session.canceled_at is None and session.seats_left:
                assert not session.waiting.queued().exists()
        for order in orders:
            owed = order.owed.quantize(ledger.CENT)
            assert owed == self.receivable(order, transactions)
            assert owed > 0 or not order.is_held
            assert claimed[order.pk] == order.seats_open or (order.company and claimed[order.pk] < order.seats_open)
            owed_by[order.buyer_id] += owed
            self.check_price(order, owed, [b for b in transactions if b.order_id == order.pk])
        # Nobody is owed anything: this provider sends back what is too much.
        assert all(owed >= 0 for owed in owed_by.values())
        for booked in transactions:
            assert sum(posting.amount for posting in booked.postings.all()) == 0
        cash = sum(p.amount for b in transactions for p in b.postings.all() if p.account == ledger.CASH)
        took = sum(b.amount for b in transactions if b.kind == KINDS.PAYMENT)
        assert cash == took - sum(b.amount for b in transactions if b.kind == KINDS.REFUND)
        references = [b.reference for b in transactions if b.reference]
        assert len(references) == len(set(references))

    def check_price(self, order, owed, transactions):
        """What is asked for are the seats that are left, and of those given back what the session's rule keeps."""
        signs = {KINDS.CHARGE: 1, KINDS.CREDIT: -1}
        asked = sum(signs[b.kind] * b.amount for b in transactions if b.kind in signs)
        kept = asked - order.seats_open * order.unit_net
        begun = order.session.today >= order.session.starts_on
        share = 1 if begun else Decimal(order.session.refund_late_percent) / 100
        assert 0 <= kept <= order.seats_released * (order.unit_price * share + ledger.CENT)
        # Who has no seat any more owes at most what the gateway took back.
        charged_back = sum(b.amount for b in transactions if b.kind == KINDS.REFUND and not hasattr(b, "payout"))
        assert order.seats_open or owed <= charged_back

    def check_nothing_changed(self):
        """What was booked once reads as it did; so it goes on."""
        rows = {("transaction", row["id"]): row for row in Transaction.objects.values()}
        rows |= {("posting", row["id"]): row for row in Posting.objects.values()}
        assert all(rows[key] == row for key, row in self.rows.items())
        self.rows = rows

    def receivable(self, order, transactions):
        """Charges less credits less payments, plus refunds, plus and less what was moved."""
        signs = {KINDS.CHARGE: 1, KINDS.CREDIT: -1, KINDS.PAYMENT: -1, KINDS.REFUND: 1}
        own = sum(signs[b.kind] * b.amount for b in transactions if b.order_id == order.pk and b.kind in signs)
        moves = [b for b in transactions if b.kind == KINDS.TRANSFER]
        return own + sum(p.amount for b in moves for p in b.postings.all() if p.order_id == order.pk)


class Undone(Exception):
    """Ends an example, so that nothing of it is kept."""


@settings(
    max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(chance=st.randoms(use_true_random=True))
def test_whatever_happens_the_books_balance_and_no_seat_is_sold_twice(db, chance):
    with contextlib.suppress(Undone), transaction.atomic(), time_machine.travel(timezone.now(), tick=False) as clock:
        school = School(clock)
        for at in range(90):
            deed, n = chance.choice(DEEDS), chance.randrange(1000)
            note(f"{deed}, {n}")
            with contextlib.suppress(EnrollmentRefused, NoticeRefused):
                school.do(deed, n)
            school.check()
            if at % 10 == 0:
                school.check_nothing_changed()
        school.check_nothing_changed()
        raise Undone
