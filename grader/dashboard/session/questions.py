"""What staff ask of a session: each question a chart, titled by its answer."""

from statistics import median

from django.urls import reverse

from courses.dashboard.charts import Chart, Column, Tile, movement, percent, words_of
from courses.dashboard.questions import STEPS
from grader.dashboard.session.figures import SessionFigures, Spread
from grader.dashboard.session.misconceptions import Misconception

BANDS = (("90 % and more", 90, 101), ("70 to 89 %", 70, 90), ("50 to 69 %", 50, 70), ("Below 50 %", -1, 50))
EARLIER = "Earlier sessions"


def tiles_of(figures: SessionFigures) -> list[Tile]:
    """How the session stands now, beside earlier ones where that can be told."""
    rows, key = figures.standings.rows, figures.session.pk
    due = sum(row.due for row in rows)
    missing = sum(row.missing for row in rows)
    totals = figures.totals
    return [
        Tile("students", "Students", len(rows), link=reverse("roster", args=[key])),
        Tile("attendance", "Came to meetings", figures.came.percent, figures.came_earlier.percent, unit="%", good="up",
             link="#attendance", says="Beside earlier sessions of the course."),
        Tile("work", "Due work handed in", percent(due - missing, due), unit="%", good="up",
             says=f"{missing:,} of {due:,} are missing." if due else "Nothing is due yet."),
        Tile("total", "Median total", round(median(totals), 1) if totals else None, unit="%", link="#totals"),
        Tile("at-risk", "At risk", len(figures.standings.at_risk), link=reverse("watch_list", args=[key]),
             says="Who, and why, stands on the watch list."),
    ]  # fmt: skip


def charts_of(figures: SessionFigures, compared: str) -> list[Chart]:
    """Every chart, in the page's order. compared : words for what the range is compared with."""
    return [
        attendance(figures),
        submissions(figures, compared),
        scores(figures),
        totals(figures),
        progress(figures),
        mistakes(figures.misconceptions),
    ]


def attendance(figures: SessionFigures) -> Chart:
    came, earlier = figures.came, figures.came_earlier.percent
    beside = "" if earlier is None else f" In earlier sessions of the course {earlier} % came."
    number = len(figures.meetings)
    return Chart(
        "attendance",
        "Nobody’s attendance was taken down yet" if came.percent is None
        else f"{came.percent}\u00a0% came to the {f'{number} meetings' if number > 1 else 'meeting'} so far",
        "Meeting",
        [Column("Came"), Column("Absent"), Column("Excused"), Column("Late, of those who came", drawn=False)],
        [(f"{meeting.date:%b} {meeting.date.day}", of.came, of.absent, of.excused, of.late)
         for meeting, of in figures.meetings],
        sentence=f"People by meeting, as staff took it down.{beside}", stacked=True,
        links=[reverse("meeting_attendance", args=[meeting.pk]) for meeting, _ in figures.meetings],
        empty="Who came will be here once attendance of a meeting was taken down.",
    )  # fmt: skip


def submissions(figures: SessionFigures, compared: str) -> Chart:
    told = figures.submissions
    now, before = sum(n for _, n, _ in told), sum(figures.by_day_before.values())
    return Chart(
        "submissions", f"Submissions {movement(now, before, compared)}", STEPS[figures.days.step],
        [Column("Handed in"), Column("Before", faint=True)],
        [(part.label(figures.days.step), n, then) for part, n, then in told], kind="lines",
        sentence=f"What its students handed in for exercises of the course: {now:,}; {before:,} in {compared}.",
        empty="Nothing was handed in in this range. Choose a longer one.",
    )  # fmt: skip


def scores(figures: SessionFigures) -> Chart:
    spreads = figures.spreads
    lowest = min((one for one in spreads if one.percents), key=lambda one: one.median or 0, default=None)
    return Chart(
        "scores",
        f"The lowest median is that of “{lowest.assignment}”: {words_of(_rounded(lowest.median), '%')}"
        if lowest else "Nothing is scored yet",
        "Assignment",
        [*(Column(label) for label, _, _ in BANDS), Column("Being graded or marked"),
         Column("Nothing handed in", faint=True), Column("Median", "%", drawn=False),
         Column(f"{EARLIER}, median of the best", "%", drawn=False)],
        [_row(spread) for spread in spreads], kind="ranking", stacked=True,
        sentence="Students by their score as the gradebook has it, as assignments are due. That of earlier sessions is "
        "before penalties.",
        empty="Scores will be here once an assignment has some. Assign an exercise first.",
    )  # fmt: skip


def _row(spread: Spread) -> tuple[object, ...]:
    bands = (spread.between(low, high) for _, low, high in BANDS)
    medians = _rounded(spread.median), _rounded(spread.earlier)
    return str(spread.assignment), *bands, spread.waiting, spread.nothing, *medians


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 1)


def totals(figures: SessionFigures) -> Chart:
    found = figures.totals
    title = f"Half of the students have a running total of {median(found):.0f}\u00a0% or more" if found else ""
    ends = {low: low + 10 if low < 90 else 101 for low in range(0, 100, 10)}
    return Chart(
        "totals", title or "Nobody has a total yet", "Running total", [Column("Students")],
        [(f"{low} to {end - 1} %", sum(low <= one < end for one in found)) for low, end in ends.items()],
        kind="histogram", sentence="Of what counts so far, by weight, after penalties and what is dropped.",
        empty="Totals will be here once something is scored.",
    )  # fmt: skip


def progress(figures: SessionFigures) -> Chart:
    people, lectures = figures.people, figures.lectures
    reached = sum(2 * lecture.handed_in >= people for lecture in lectures) if people else 0
    return Chart(
        "progress",
        f"Half of the students or more have handed in work for {reached} of {len(lectures)} lectures",
        "Lecture",
        [Column("Handed something in", "%"), Column("Mastered", "%"), Column(f"{EARLIER}, handed in", "%", faint=True),
         Column("Students who handed in", drawn=False), Column("Students who mastered", drawn=False)],
        [(str(one.place.lecture), percent(one.handed_in, people), percent(one.mastered, people), one.earlier_percent,
          one.handed_in, one.mastered)
         for one in lectures],
        kind="ranking",
        sentence=f"Of its {people:,} students, by lecture with exercises; mastered is full marks in all of them. "
        "What somebody has read is theirs alone and counted nowhere.",
        links=[one.place.get_absolute_url() for one in lectures],
        empty="Nobody has handed anything in yet.",
    )  # fmt: skip


def mistakes(found: list[Misconception]) -> Chart:
    first = found[0] if found else None
    return Chart(
        "misconceptions",
        f"The most frequent mistake is “{first.name}” in {first.exercise}" if first
        else "No mistake is known by name yet",
        "Mistake",
        [Column("Ever made it", "%"), Column(f"{EARLIER}, ever made it", "%", faint=True),
         Column("Students now", drawn=False), Column("Students ever", drawn=False), Column("Students", drawn=False)],
        [(f"{one.name}, {one.exercise}", one.ever.percent, one.earlier.percent, one.now, one.ever.students, one.ever.of)
         for one in found],
        kind="ranking",
        sentence="Of the students who had the exercise graded, the share with this mistake in any submission; now "
        "means in the last one. Most frequent now first.",
        links=[one.lecture_link for one in found],
        empty="Mistakes that the examiner names in students’ work will be here, with the lecture to teach again.",
    )  # fmt: skip
