"""A year of sessions: past ones, some that run now, some to come, a draft, a closed one, one that was canceled."""

import datetime
from dataclasses import dataclass, field

from django.utils.text import slugify

from courses.models import Enrollment, Meeting, OfficeHour, Session, User, WaitingEntry
from grader.demo.school import School

CITIES = {
    "New York City": ("America/New_York", "Hudson Building, room 4.12"),
    "Washington, D.C.": ("America/New_York", "Anacostia House, seminar room 2"),
    "Bay Area": ("America/Los_Angeles", "Pier 9, studio C"),
}
WEEKS = 10
MOST = 20


@dataclass(frozen=True)
class Plan:
    """A session to make.

    place : a city of the course; empty: online.
    weeks : from the week that begins tomorrow to its first day's.
    fill : the share of its seats that is taken at the end.
    teacher, assistant : whose it is; 0 is the demo instructor, the demo assistant. None: nobody assists.
    offered : whether the curriculum offers such a session, which is taken then.
    company : seats that a company buys with one order, and how many of them its people have taken.
    weekly : whether its lectures open week by week; else with the seat.
    """

    place: str
    weeks: int
    fill: float
    teacher: int
    assistant: int | None = None
    state: str = Session.State.PUBLISHED
    time_zone: str = "America/New_York"
    time: datetime.time = datetime.time(18)
    days: tuple[int, int] = (0, 2)
    offered: bool = False
    company: tuple[int, int] = (0, 0)
    weekly: bool = False

    @property
    def is_online(self) -> bool:
        return not self.place


# What a small school has, too, comes first: one that runs, one that is full, one that is over, one that was canceled.
PLANS = (
    Plan("", -5, 0.85, teacher=0, assistant=0, days=(0, 3), weekly=True),
    Plan("New York City", 3, 1.0, teacher=0, assistant=1, offered=True, company=(6, 3)),
    Plan("", -30, 0.8, teacher=0, assistant=1, company=(5, 5)),
    Plan("Washington, D.C.", -8, 0.55, teacher=1, state=Session.State.CANCELED),
    Plan("", 9, 0.0, teacher=0, state=Session.State.DRAFT),
    Plan("", 2, 0.55, teacher=0, assistant=2, offered=True, company=(8, 5)),
    Plan("", 1, 0.75, teacher=2, state=Session.State.CLOSED, time_zone="Europe/London", days=(1, 3)),
    Plan("Bay Area", -7, 0.95, teacher=1, assistant=3, time=datetime.time(17, 30), days=(1, 3)),
    Plan("New York City", -2, 1.0, teacher=3, assistant=1, days=(1, 3), weekly=True),
    Plan("Bay Area", 5, 0.5, teacher=0, offered=True, time=datetime.time(17, 30)),
    Plan("Washington, D.C.", 4, 0.4, teacher=0, offered=True, time=datetime.time(17)),
    Plan("New York City", -44, 0.9, teacher=0, assistant=2),
    Plan("", -40, 0.7, teacher=3, assistant=3, days=(1, 3)),
    Plan("Bay Area", -36, 0.85, teacher=1, time=datetime.time(17, 30)),
    Plan("Washington, D.C.", -33, 0.9, teacher=4, assistant=2, time=datetime.time(17), days=(1, 3)),
    Plan("", -25, 0.9, teacher=2, assistant=4, time_zone="Europe/London"),
    Plan("New York City", -22, 1.0, teacher=0, assistant=1, days=(1, 3)),
    Plan("", -17, 1.0, teacher=3, assistant=2),
    Plan("Bay Area", -19, 0.9, teacher=4, time=datetime.time(17, 30)),
    Plan("Washington, D.C.", -14, 0.75, teacher=4, assistant=3, time=datetime.time(17)),
)


@dataclass(eq=False)
class Batch:
    """A session with all that hangs on it, as the parts of the demo find it.

    members : who has a settled seat at the end. known : whoever has had to do with it.
    """

    plan: Plan
    session: Session
    meetings: list[Meeting] = field(default_factory=list)
    hours: list[OfficeHour] = field(default_factory=list)
    enrollments: list[Enrollment] = field(default_factory=list)
    waiting: list[WaitingEntry] = field(default_factory=list)
    known: list[User] = field(default_factory=list)

    @property
    def members(self) -> list[User]:
        return [one.user for one in self.enrollments if one.is_active and (one.order is None or one.order.is_settled)]


def make_session(school: School, plan: Plan) -> Batch:
    """The session of a plan, staffed, without anybody in it."""
    session = offered(school, plan) if plan.offered else None
    if session is None:
        session = new_session(school, plan)
    session.instructors.add(school.instructors[plan.teacher])
    if plan.assistant is not None:
        session.assistants.add(school.assistants[plan.assistant])
    return Batch(plan, session)


def offered(school: School, plan: Plan) -> Session | None:
    """The session of this kind that the curriculum offers, if it has not begun."""
    modality = Session.Modality.ONLINE if plan.is_online else Session.Modality.IN_CLASS
    alike = school.course.sessions.published().filter(modality=modality, place=plan.place, starts_on__gt=school.today)
    return alike.order_by("starts_on", "pk").first()


def new_session(school: School, plan: Plan) -> Session:
    """A session of the plan's own; one with a past is closed to new work four weeks after its end."""
    course, starts_on = school.course, first_day(school, plan)
    ends_on = starts_on + datetime.timedelta(weeks=WEEKS - 1, days=plan.days[1] - plan.days[0])
    starts_at = datetime.datetime.combine(starts_on, plan.time, datetime.UTC)
    return Session.objects.create(
        course=course,
        slug=f"{slugify(plan.place) or 'online'}-{starts_on}",
        modality=Session.Modality.ONLINE if plan.is_online else Session.Modality.IN_CLASS,
        place=plan.place,
        time_zone=plan.time_zone if plan.is_online else CITIES[plan.place][0],
        starts_on=starts_on,
        ends_on=ends_on,
        submissions_close_on=ends_on + datetime.timedelta(weeks=4),
        seats=60 if plan.is_online else 20,
        price=(course.price_online if plan.is_online else course.price_in_class) or 0,
        currency=course.currency,
        published=plan.state != Session.State.DRAFT,
        closed_at=school.now - datetime.timedelta(days=3) if plan.state == Session.State.CLOSED else None,
        canceled_at=starts_at - datetime.timedelta(days=16) if plan.state == Session.State.CANCELED else None,
    )


def first_day(school: School, plan: Plan) -> datetime.date:
    """The plan's first day: the demo student has a class tomorrow, other sessions begin on a Monday or after it."""
    tomorrow = school.today + datetime.timedelta(days=1)
    if plan is PLANS[0]:
        return tomorrow + datetime.timedelta(weeks=plan.weeks)
    monday = school.today - datetime.timedelta(days=school.today.weekday())
    return monday + datetime.timedelta(weeks=plan.weeks, days=plan.days[0])
