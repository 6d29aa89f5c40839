"""What admins ask of students in all sessions: who completed, and who is at risk and why.

Both are read from what `manage.py roll_up` counts daily, `Completion` and `Standing`; pages say since when.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.formats import date_format

from courses.catalog.models import Course
from courses.dashboard.charts import Chart, Column, Tile, percent
from courses.dashboard.ranges import Range, school_today, school_zone
from courses.dashboard.tiles import Links
from courses.sessions.models import Session
from grader.dashboard.models import Completion, Standing
from grader.dashboard.risk import RISKS, any_of

MOST = 20
WHAT = "Whoever had something graded, or marked by staff, for every assignment with a weight completed the session."


class Done(NamedTuple):
    """Of so many people who had assignments, so many completed them; counted then, or some of it later."""

    people: int = 0
    completed: int = 0
    counted_at: datetime.datetime | None = None

    @property
    def percent(self) -> int | None:
        return percent(self.completed, self.people)

    @property
    def sentence(self) -> str:
        """Of whom this is, and since when it stands by the school's clock."""
        if self.counted_at is None:
            return "Nobody had assignments in sessions that ended in these days, as far as they are counted."
        day = self.counted_at.astimezone(school_zone()).date()
        later = "" if day == school_today() else " or later"
        return (
            f"{self.completed:,} of {self.people:,} people with a seat in sessions that ended in these days had "
            "something graded, or marked by staff, for each assignment with a weight. Sessions without any are left "
            f"out. Counted on {date_format(day, 'F j, Y')}{later}."
        )


def completion(days: Range, where: Mapping[str, Any]) -> dict[int, Done]:
    """By session that ended in these days, as far as anything was assigned in it."""
    ended = Completion.objects.filter(
        session__ends_on__range=(days.first, days.last), session__canceled_at__isnull=True, people__gt=0, **where
    )
    found = ended.values_list("session", "people", "completed", "counted_at")
    return {session: Done(people, completed, counted_at) for session, people, completed, counted_at in found}


def _sum(found: Iterable[Done]) -> Done:
    rows = list(found)
    return Done(
        sum(one.people for one in rows), sum(one.completed for one in rows),
        min((one.counted_at for one in rows if one.counted_at), default=None),
    )  # fmt: skip


def completion_tile(now: Done, before: Done, link: str = "") -> Tile:
    return Tile(
        "completion", "Completion", now.percent, before.percent, unit="%", link=link, says=now.sentence, good="up"
    )  # fmt: skip


def tiles_of_school(days: Range, before: Range, where: Mapping[str, Any]) -> list[Tile]:
    """For the dashboard of enrollment and money."""
    address = f"{reverse('dashboard_students')}?from={days.first}&to={days.last}"
    now, earlier = (_sum(completion(some, where).values()) for some in (days, before))
    return [completion_tile(now, earlier, address)]


@dataclass
class Students:
    """Who completed in these days and in those before, and who is at risk now. where : of which sessions."""

    days: Range
    before: Range
    where: Mapping[str, Any]

    @cached_property
    def done(self) -> dict[int, Done]:
        return completion(self.days, self.where)

    @cached_property
    def done_before(self) -> dict[int, Done]:
        return completion(self.before, self.where)

    @cached_property
    def risks(self) -> dict[str, Any]:
        """How many people there are in running sessions, how many at risk, and how many by each reason."""
        return self._running.aggregate(
            people=Count("pk"),
            at_risk=Count("pk", filter=any_of()),
            as_of=Min("counted_at"),
            **{code: Count("pk", filter=risk.met) for code, risk in RISKS.items()},
        )

    @cached_property
    def risks_by_session(self) -> list[tuple[int, int, int]]:
        """Of running sessions with anybody at risk: key, how many, of how many; the most first."""
        counted = self._running.order_by().values_list("session").annotate(
            n=Count("pk", filter=any_of()), people=Count("pk")
        )  # fmt: skip
        return list(counted.filter(n__gt=0).order_by("-n", "session")[: MOST + 1])

    @property
    def _running(self) -> Any:
        return Standing.objects.running().filter(**self.where)

    @property
    def as_of(self) -> datetime.datetime | None:
        """Since when the oldest of these figures stand; None where nothing was counted yet."""
        found: datetime.datetime | None = self.risks["as_of"]
        return found

    @cached_property
    def fewest_completed(self) -> list[int]:
        """The keys of the sessions with the lowest shares, those first."""
        return sorted(self.done, key=lambda key: (self.done[key].percent or 0, key))[: MOST + 1]

    @cached_property
    def sessions(self) -> dict[int, Session]:
        """Those that are told of by name."""
        keys = {*self.fewest_completed, *(key for key, _, _ in self.risks_by_session)}
        return Session.objects.select_related("course").in_bulk(keys)

    @cached_property
    def done_by_course(self) -> dict[Course, Done]:
        """Where any of its sessions ended in these days."""
        of_course: dict[int, list[Done]] = {}
        for session, course in Session.objects.filter(pk__in=self.done).values_list("pk", "course"):
            of_course.setdefault(course, []).append(self.done[session])
        courses = Course.objects.in_bulk(of_course)
        return {courses[key]: _sum(done) for key, done in of_course.items()}

    def name_of(self, session: int) -> str:
        one = self.sessions[session]
        return f"{one.where}, {date_format(one.starts_on, 'M j, Y')} · {one.course}"


def tiles_of(students: Students, links: Links) -> list[Tile]:
    """Completion in these days, and who is at risk now."""
    risks = students.risks
    now, before = _sum(students.done.values()), _sum(students.done_before.values())
    return [
        completion_tile(now, before, links.below("courses-completed")),
        Tile("at-risk", "Students at risk", risks["at_risk"], link=risk_list(),
             says=f"Of {risks['people']:,} in sessions that run now."),
    ]  # fmt: skip


def risk_list(**values: object) -> str:
    """The address of the list of students at risk."""
    asked = "&".join(f"{name}={value}" for name, value in values.items())
    return reverse("dashboard_at_risk") + (f"?{asked}" if asked else "")


def charts_of(students: Students) -> list[Chart]:
    """Every chart, in the page's order."""
    return [by_reason(students), by_session(students), completed_by_course(students), completed_by_session(students)]


def by_reason(students: Students) -> Chart:
    risks = students.risks
    most = max(RISKS.values(), key=lambda risk: risks[risk.code])
    return Chart(
        "reasons",
        f"{risks['at_risk']:,} of {risks['people']:,} students are at risk, most by: {most.label.lower()}"
        if risks["at_risk"] else "Nobody is at risk",
        "Reason", [Column("Students")], [(risk.label, risks[code]) for code, risk in RISKS.items()], kind="ranking",
        sentence="In sessions that run now; whoever has several reasons is counted for each.",
        links=[risk_list(reason=code) for code in RISKS],
        empty="Whoever falls behind in a session that runs will be counted here.",
    )  # fmt: skip


def by_session(students: Students) -> Chart:
    ranked = students.risks_by_session
    rows = [(students.name_of(key), percent(n, people), n, people) for key, n, people in ranked[:MOST]]
    return Chart(
        "sessions-at-risk",
        f"Most students at risk are in {rows[0][0]}: {rows[0][2]:,}" if rows else "No session has students at risk",
        "Session", [Column("At risk", "%"), Column("Students at risk", drawn=False), Column("Students", drawn=False)],
        rows, kind="ranking",
        sentence="The sessions with most of them; the bars are shares of each session."
        + (f" The first {MOST} are shown." if len(ranked) > MOST else ""),
        links=[reverse("watch_list", args=[key]) for key, _, _ in ranked[:MOST]],
        empty="Whoever falls behind in a session that runs will be counted here.",
    )  # fmt: skip


def completed_by_course(students: Students) -> Chart:
    by_course = students.done_by_course
    now, before = _sum(students.done.values()), _sum(students.done_before.values())
    ranked = sorted(by_course, key=lambda course: (-(by_course[course].percent or 0), course.title))
    beside = "" if before.percent is None else f" Before, it was {before.percent} %."
    return Chart(
        "courses-completed",
        f"{now.percent}\u00a0% of those whose session ended completed it" if now.people
        else "No session with assignments ended",
        "Course", [Column("Completed", "%"), Column("People who did", drawn=False), Column("People", drawn=False)],
        [(course.title, of.percent, of.completed, of.people) for course in ranked[:MOST] for of in [by_course[course]]],
        kind="ranking", sentence=f"{WHAT}{beside}", empty="No session with assignments ended in this range.",
    )  # fmt: skip


def completed_by_session(students: Students) -> Chart:
    ranked = students.fewest_completed
    rows = [(students.name_of(key), of.percent, of.completed, of.people)
            for key in ranked[:MOST] for of in [students.done[key]]]  # fmt: skip
    return Chart(
        "sessions-completed",
        f"Fewest completed {rows[0][0]}: {rows[0][1]}\u00a0%" if rows else "No session with assignments ended",
        "Session", [Column("Completed", "%"), Column("People who did", drawn=False), Column("People", drawn=False)],
        rows, kind="ranking",
        sentence="Sessions that ended in these days, the lowest share first"
        + (f"; the first {MOST}." if len(ranked) > MOST else "."),
        links=[reverse("session_figures", args=[key]) for key in ranked[:MOST]],
        empty="No session with assignments ended in this range.",
    )  # fmt: skip
