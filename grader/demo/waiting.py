"""Waiting lists of sessions that are full, or were: who waits, who was offered a seat, what became of it."""

import datetime

from courses.models import WaitingEntry
from grader.demo.school import Pool, School
from grader.demo.sessions import PLANS, Batch

DAY = datetime.timedelta(days=1)
Outcome = WaitingEntry.Outcome
WAIT = 5


def make_waiting_list(school: School, pool: Pool, batch: Batch) -> None:
    """Some who waited got a seat, some did not want it any more; in what is to come some wait still."""
    if batch.plan.fill < 1:
        return
    session, to_come = batch.session, batch.session.starts_on > school.today
    for enrollment in school.rng.sample([one for one in batch.enrollments if one.is_active], 2):
        entry = WaitingEntry(session=session, user=enrollment.user, joined_at=enrollment.enrolled_at - 3 * DAY)
        batch.waiting.append(ended(entry, Outcome.TAKEN, enrollment.enrolled_at - DAY / 3, enrollment.enrolled_at))
    begins = datetime.datetime.combine(session.starts_on, datetime.time(), datetime.UTC)
    last = min(begins, school.now)
    if batch.plan is PLANS[1]:
        offer_to_demo_student(school, batch)
    for number, user in enumerate(pool.take(WAIT + 2, but=batch.known)):
        batch.known.append(user)
        entry = WaitingEntry(session=session, user=user, joined_at=school.moment(last - 20 * DAY, last - 4 * DAY))
        if number >= WAIT:
            outcome = (Outcome.LAPSED, Outcome.DECLINED)[number - WAIT]
            offered_at = entry.joined_at + DAY
            entry = ended(entry, outcome, offered_at, offered_at + (2 * DAY if outcome == Outcome.LAPSED else DAY / 2))
        elif not to_come:
            entry.ended_at, entry.outcome = begins, Outcome.LEFT
        batch.waiting.append(entry)
    WaitingEntry.objects.bulk_create(batch.waiting)


def offer_to_demo_student(school: School, batch: Batch) -> None:
    """The seat that waits for an answer, since yesterday evening."""
    offered_at = school.now - DAY / 12
    entry = WaitingEntry(session=batch.session, user=school.cast.student, joined_at=offered_at - 25 * DAY)
    entry.offered_at = offered_at
    entry.offer_until = offered_at + datetime.timedelta(hours=batch.session.offer_hours)
    batch.known.append(school.cast.student)
    batch.waiting.append(entry)


def ended(entry: WaitingEntry, outcome: Outcome, offered: datetime.datetime, at: datetime.datetime) -> WaitingEntry:
    """An offer that was answered, or ran out."""
    entry.offered_at, entry.offer_until = offered, offered + 2 * DAY
    entry.outcome, entry.ended_at = outcome, at
    return entry


def open_offers(batch: Batch) -> int:
    """Seats that are kept for people to whom they were offered."""
    return sum(entry.offered_at is not None and entry.ended_at is None for entry in batch.waiting)
