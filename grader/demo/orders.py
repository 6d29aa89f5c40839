"""How people came by their seats: bought, held, given back, let go, moved, or taken from a company's order."""

import datetime
from decimal import Decimal

from courses.models import Enrollment, Order, SeatInvitation, Session, User, Voucher
from grader.demo.books import Books
from grader.demo.names import COMPANIES, STREETS, invent
from grader.demo.school import Pool, School
from grader.demo.sessions import PLANS, Batch

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
Ending = Enrollment.Ending
# Those who came and went, as shares of those who stayed; how many seats were exchanged for one of another session.
WITHDREW, LAPSED = 0.07, 0.06
MOVES = 6
# How long the school takes enrollments before a session begins, and has taken them for one that is still to come.
SALE = 10 * 7 * DAY


def make_vouchers(school: School) -> list[Voucher]:
    """What lowers a price: two shares, an amount, and one that has run out."""
    course, today = school.course, school.today
    return Voucher.objects.bulk_create(
        [
            Voucher(code="EARLY10", percent=10, course=course),
            Voucher(code="ALUMNI20", percent=20),
            Voucher(code="TEAM500", amount=Decimal(500), currency=course.currency, course=course),
            Voucher(code="SUMMER25", percent=25, valid_until=today - 60 * DAY, most_uses=40),
        ]
    )


def fill(school: School, books: Books, pool: Pool, vouchers: list[Voucher], batch: Batch) -> None:
    """Give the session its people: as many as the plan says, and some who came and went."""
    session, plan = batch.session, batch.plan
    if plan.state == Session.State.DRAFT:
        return
    on_sale = session.starts_on > school.today and plan.state == Session.State.PUBLISHED
    held = min(3, session.seats // 6) if on_sale else 0
    # Of a full session that is still to come one seat is offered to the demo student.
    seats = round(session.seats * plan.fill) - held - (on_sale and plan.fill == 1)
    # A small school fills its sessions less; where one is to be full all the same, a company takes the rest.
    own = min(seats - plan.company[0], max(3, len(school.students) // 2))
    ordered = seats - own if plan.company[0] and plan.fill == 1 else plan.company[0]
    buyers = pool.take(own, but=batch.known)
    if plan is PLANS[0]:
        buyers[0] = school.cast.student
    for user in buyers:
        settle(school, books, batch, user, vouchers)
    if ordered:
        buy_for_company(school, books, pool, batch, ordered)
    for user in pool.take(held, but=batch.known):
        hold(school, books, batch, user)
    for user in pool.take(round(own * WITHDREW), but=batch.known):
        withdraw(school, books, batch, settle(school, books, batch, user, vouchers))
    for user in pool.take(round(own * LAPSED), but=batch.known):
        lapse(school, books, batch, user)
    if session.canceled_at is not None:
        cancel(school, books, batch)


def on_sale_between(school: School, session: Session) -> tuple[datetime.datetime, datetime.datetime]:
    """When people enrolled: later and later ones, so far as they could."""
    begins = datetime.datetime.combine(session.starts_on, datetime.time(), datetime.UTC)
    ends = [begins - DAY, school.now - HOUR, session.closed_at, session.canceled_at and session.canceled_at - DAY]
    last = min(end for end in ends if end)
    return min(begins - SALE, last - SALE / 2), last


def enroll(school: School, books: Books, batch: Batch, user: User, order: Order, at: datetime.datetime) -> Enrollment:
    enrollment = Enrollment(user=user, session=batch.session, order=order, enrolled_at=at)
    books.enrollments.append(enrollment)
    batch.enrollments.append(enrollment)
    batch.known.append(user)
    return enrollment


def place(books: Books, session: Session, buyer: User, at: datetime.datetime, seats: int = 1, **company: str) -> Order:
    """An order that holds its seats, not yet charged."""
    hold_until = at + datetime.timedelta(hours=session.hold_hours)
    placed = Order(
        buyer=buyer, session=session, seats=seats, placed_at=at, held_until=hold_until,
        unit_price=session.price, currency=session.currency, **company,
    )  # fmt: skip
    books.orders.append(placed)
    return placed


def settle(school: School, books: Books, batch: Batch, user: User, vouchers: list[Voucher]) -> Enrollment:
    """Buy a seat and pay for it: at once by card, most of them, or within days by a transfer to the bank."""
    first, last = on_sale_between(school, batch.session)
    by_card = school.chance(0.75)
    at = school.moment(first, last if by_card else last - 5 * DAY)
    bought = place(books, batch.session, user, at)
    if school.chance(0.12):
        reduce(bought, school.rng.choice([one for one in vouchers if one.valid_until is None]))
    elif school.chance(0.05) and at.date() < school.today - 61 * DAY:
        reduce(bought, vouchers[-1])
    books.charge(bought, at)
    wait = datetime.timedelta(minutes=school.rng.randint(1, 25)) if by_card else DAY * school.rng.uniform(0.8, 4.5)
    paid_at = (at + wait).replace(microsecond=0)
    books.pay(bought, paid_at, bought.unit_net, "test" if by_card else "manual")
    return enroll(school, books, batch, user, bought, at)


def reduce(bought: Order, voucher: Voucher) -> None:
    bought.unit_discount = voucher.discount_on(bought.unit_price)
    bought.voucher = voucher
    voucher.uses += 1


def hold(school: School, books: Books, batch: Batch, user: User) -> None:
    """A seat that waits for its money, of the last days."""
    # None whose reminder would be due on the very day.
    hours = school.rng.randint(3, 90) if school.chance(0.7) else school.rng.randint(121, 140)
    placed_at = school.now - HOUR * hours
    held = place(books, batch.session, user, placed_at)
    if held.remind_at < school.now:
        held.reminded_at = held.remind_at
    books.charge(held, held.placed_at)
    enroll(school, books, batch, user, held, held.placed_at)


def lapse(school: School, books: Books, batch: Batch, user: User) -> None:
    """A seat that was never paid, and went to others."""
    first, last = on_sale_between(school, batch.session)
    hours = HOUR * batch.session.hold_hours
    at = school.moment(first, last - hours - DAY)
    lapsed = place(books, batch.session, user, at)
    books.charge(lapsed, at)
    lapsed.reminded_at, lapsed.seats_lapsed = lapsed.remind_at, 1
    end(books, enroll(school, books, batch, user, lapsed, at), at + hours, Ending.UNPAID, lapsed.unit_net)


def withdraw(school: School, books: Books, batch: Batch, enrollment: Enrollment) -> None:
    """Give a paid seat back; what is refunded, the session's rule says."""
    session, bought = batch.session, enrollment.order
    assert bought is not None
    begins = datetime.datetime.combine(session.starts_on, datetime.time(), datetime.UTC)
    at = school.moment(enrollment.enrolled_at + 6 * DAY, begins + 12 * DAY)
    days = (session.starts_on - at.date()).days
    share = 100 if days >= session.refund_full_days else session.refund_late_percent if days > 0 else 0
    amount = (bought.unit_net * share / 100).quantize(Decimal("0.01"))
    end(books, enrollment, at, Ending.WITHDREW, amount)
    books.refund(bought, at + HOUR, amount)


def end(books: Books, enrollment: Enrollment, at: datetime.datetime, ending: Ending, credit: Decimal) -> None:
    """The seat is free again; what its buyer need not pay for it is credited."""
    bought = enrollment.order
    assert bought is not None
    enrollment.withdrawn_at, enrollment.ending = at, ending
    bought.seats_released += 1
    books.credit(bought, at, credit, ending.label)


def cancel(school: School, books: Books, batch: Batch) -> None:
    """Everybody's seat ends with the session, and everybody gets back what they paid."""
    at = batch.session.canceled_at
    assert at is not None
    for enrollment in batch.enrollments:
        bought = enrollment.order
        if enrollment.is_active and bought is not None:
            end(books, enrollment, at, Ending.CANCELED, bought.unit_net)
            back_at = at + HOUR * school.rng.randint(4, 90)
            books.refund(bought, back_at, bought.unit_net)


def buy_for_company(school: School, books: Books, pool: Pool, batch: Batch, seats: int) -> None:
    """One order of several seats: some were taken by the link in a mail, others are still to be."""
    first, last = on_sale_between(school, batch.session)
    taken = min(seats, batch.plan.company[1])
    buyer, *people = pool.take(taken, but=batch.known)
    at = school.moment(first, last - 12 * DAY)
    company = school.rng.choice(COMPANIES)
    address = f"{company}\n{school.rng.choice(STREETS)}"
    bought = place(books, batch.session, buyer, at, seats, company=company, billing_address=address)
    books.charge(bought, at)
    books.pay(bought, at + 6 * DAY, bought.unit_net * seats, "manual")
    for user in [buyer, *people]:
        taken_at = school.moment(at + HOUR, at + 9 * DAY)
        enroll(school, books, batch, user, bought, taken_at)
        invitation = SeatInvitation(order=bought, email=user.email, invited_at=at + HOUR / 2)
        invitation.taken_by, invitation.taken_at = user, taken_at
        books.invitations.append(invitation)
    for somebody in invent(school.rng, min(2, seats - taken)):
        address = f"{somebody.email.partition('@')[0]}.{company.partition(' ')[0].lower()}@example.com"
        books.invitations.append(SeatInvitation(order=bought, email=address, invited_at=at + HOUR / 2))


def move(school: School, books: Books, batches: list[Batch]) -> None:
    """Exchange seats of sessions that are still to come; the difference in price is paid, or paid back."""
    to_come = [one for one in batches if one.enrollments and one.session.starts_on > school.today and one.plan.fill < 1]
    moved: list[User] = []
    for _ in range(MOVES if len(to_come) > 1 else 0):
        old, new = school.rng.sample(to_come, 2)
        movable = [
            one for one in old.enrollments
            if one.is_active and one.order is not None and one.order.is_settled and one.order.seats == 1
            and one.enrolled_at < school.now - 9 * DAY and one.user not in [*new.known, *moved]
        ]  # fmt: skip
        if movable:
            chosen = school.rng.choice(movable)
            moved.append(chosen.user)
            move_one(school, books, chosen, new)


def move_one(school: School, books: Books, enrollment: Enrollment, new: Batch) -> None:
    """One seat for another; it is booked as the end of one order and the beginning of the next."""
    before = enrollment.order
    assert before is not None
    at = school.moment(enrollment.enrolled_at + 5 * DAY, school.now)
    end(books, enrollment, at, Ending.MOVED, before.unit_net)
    after = place(books, new.session, before.buyer, at)
    books.charge(after, at)
    carried = min(before.unit_net, after.unit_net)
    books.transfer(before, after, at, carried)
    if after.unit_net > carried:
        books.pay(after, school.moment(at, at + DAY), after.unit_net - carried, "test")
    else:
        after.held_until = None
        books.refund(before, at, before.unit_net - carried)
    enroll(school, books, new, before.buyer, after, at)
