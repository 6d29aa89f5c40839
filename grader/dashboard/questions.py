"""What admins ask of grading: each question a chart, titled by its answer."""

from collections.abc import Sequence
from typing import Any

from courses.dashboard.charts import Chart, Column, Tile, movement, percent, top, words_of
from courses.dashboard.questions import STEPS
from courses.dashboard.ranges import Range
from courses.dashboard.tiles import Links
from grader.dashboard.counted import TOOK, WAIT
from grader.dashboard.forms import OUTCOMES
from grader.dashboard.load import NOTHING, Load, milliseconds, seconds
from grader.dashboard.times import PRECISION, words_of_seconds

MOST = 20
LIST = "dashboard_submissions"
QUANTILES = (("Median", 0.5), ("90 of 100 within", 0.9), ("99 of 100 within", 0.99))
NO_WORK = "Nothing was handed in or graded in this range. Choose a longer one."
S, MS = "s", "ms"
# How a measure is told, and in which unit.
TOLD = {WAIT: (seconds, S), TOOK: (milliseconds, MS)}


# --- numbers ----------------------------------------------------------------------------------------------


def tiles_of(load: Load, links: Links) -> list[Tile]:
    """The numbers of grading, each beside what it was before; of the queue, as it is now."""
    now, before, queue = load.counts, load.counts_before, load.queue
    waits, waits_before = load.times(WAIT), load.times_before(WAIT)
    took, took_before = load.times(TOOK), load.times_before(TOOK)
    return [
        Tile("handed-in", "Handed in", now.handed_in, before.handed_in, link=links.to(LIST)),
        Tile("graded", "Graded", now.graded, before.graded, link=links.to(LIST, what="graded"),
             says="For the first time."),
        *(
            Tile(f"wait-{round(100 * share)}", f"Wait, {label.lower()}", seconds(waits, share),
                 seconds(waits_before, share), unit=S, good="down", link=links.below("waits"),
                 says="From handing in to the first grading.")
            for label, share in QUANTILES
        ),
        *(
            Tile(f"took-{round(100 * share)}", f"Grading, {label.lower()}", milliseconds(took, share),
                 milliseconds(took_before, share), unit=MS, good="down", link=links.below("took"))
            for label, share in QUANTILES[:2]
        ),
        Tile("failed", "Failed by our fault", load.failures, load.failures_before, good="down",
             link=links.to(LIST, what="failed"), says="Given up after all tries, and not graded since."),
        Tile("regraded", "Graded again", now.regraded, before.regraded, link=links.to(LIST, what="regraded")),
        Tile("queue", "In the queue now", queue.waiting + queue.running, link=links.to(LIST, what="waiting"),
             says=f"{queue.waiting:,} wait, {queue.running:,} are graded now; {queue.regrades:,} regrades wait, too."),
        Tile("oldest", "Longest wait now", _rounded(queue.oldest_seconds), unit=S, link=links.to(LIST, what="waiting"),
             says="Of what waits for its first grading."),
    ]  # fmt: skip


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 1)


# --- charts -----------------------------------------------------------------------------------------------


def charts_of(load: Load, links: Links, compared: str) -> list[Chart]:
    """Every chart, in the page's order. compared : words for what the range is compared with."""
    return [
        over_time(load, links, compared),
        waits(load, links),
        took(load, links),
        outcomes(load, links),
        failures(load, links),
        by_exercise(load, links),
        exercise_times(load, links),
        by_flavor(load, links),
        queue_now(load, links),
    ]


def over_time(load: Load, links: Links, compared: str) -> Chart:
    told, now, before = load.over_time, load.counts, load.counts_before
    return Chart(
        "load",
        f"Submissions {movement(now.handed_in, before.handed_in, compared)}",
        STEPS[load.days.step],
        [Column("Handed in"), Column("Graded"), Column("Graded again"), Column("Handed in before", faint=True)],
        [(part.label(load.days.step), of.handed_in, of.graded, of.regraded, was.handed_in if was else None)
         for part, of, was in told],
        kind="lines",
        sentence=f"{now.handed_in:,} were handed in, {before.handed_in:,} in {compared}; {now.graded:,} were graded "
        f"for the first time and {now.regraded:,} again. What its student took back is left out.",
        links=[links.to(LIST, **span(part)) for part, _, _ in told],
        empty=NO_WORK,
    )  # fmt: skip


def waits(load: Load, links: Links) -> Chart:
    numbers = load.times(WAIT)
    title = "Nothing was graded for the first time"
    if numbers:
        half, most = (words_of_seconds(seconds(numbers, share)) for share in (0.5, 0.99))
        title = f"Half of all submissions waited {half} or less, one in a hundred longer than {most}"
    sentence = "From handing in to the claim of the first grading; what waits still is not in it, and regrades are not."
    return _quantiles_over_time(load, links, "waits", title, f"{sentence} {PRECISION}", WAIT)


def took(load: Load, links: Links) -> Chart:
    numbers = load.times(TOOK)
    title = "Nothing was graded for the first time"
    if numbers:
        half, most = (words_of(milliseconds(numbers, share), MS) for share in (0.5, 0.9))
        title = f"Grading took {half} at the median, and more than {most} for one in ten"
    sentence = f"From the claim of a first grading to its report. {PRECISION}"
    return _quantiles_over_time(load, links, "took", title, sentence, TOOK)


def _quantiles_over_time(load: Load, links: Links, slug: str, title: str, sentence: str, measure: str) -> Chart:
    told, (figure, unit) = load.times_over_time(measure), TOLD[measure]
    return Chart(
        slug, title, STEPS[load.days.step], [Column(label, unit) for label, _ in QUANTILES],
        [(part.label(load.days.step), *(figure(numbers, share) for _, share in QUANTILES)) for part, numbers in told],
        kind="lines", sentence=sentence, links=[links.to(LIST, what="graded", **span(part)) for part, _ in told],
        empty=NO_WORK,
    )  # fmt: skip


def outcomes(load: Load, links: Links) -> Chart:
    now, before = load.counts, load.counts_before
    share = percent(now.ok, now.graded)
    return Chart(
        "outcomes",
        f"{share}\u00a0% of what was graded ran to its end" if now.graded else "Nothing was graded for the first time",
        "How it ended",
        [Column("Submissions"), Column("Before", faint=True)],
        [(label, getattr(now, outcome), getattr(before, outcome)) for outcome, label in OUTCOMES.items()],
        kind="ranking",
        sentence="First gradings, by how the student’s code ended; all of these got a report. "
        f"{load.failures:,} more failed by our fault.",
        links=[links.to(LIST, what="graded", outcome=outcome.value) for outcome in OUTCOMES],
        empty=NO_WORK,
    )  # fmt: skip


def failures(load: Load, links: Links) -> Chart:
    told = load.failures_over_time
    one = load.failures == 1
    return Chart(
        "failures",
        f"{load.failures:,} submission{' was' if one else 's were'} not graded, by our fault"
        if load.failures
        else "Nothing failed by our fault",
        STEPS[load.days.step],
        [Column("Failed by our fault")],
        [(part.label(load.days.step), number) for part, number in told],
        sentence="Given up after all tries, on this day, and not graded since. It costs students no attempt; the admin "
        f"grades them again. There were {load.failures_before:,} in the days before.",
        links=[links.to(LIST, what="failed", **span(part)) for part, _ in told],
        empty="None in this range.",
    )  # fmt: skip


# --- by exercise and flavor -------------------------------------------------------------------------------


def by_exercise(load: Load, links: Links) -> Chart:
    counts = load.by_exercise
    ranked = sorted(counts, key=lambda pk: (-counts[pk].handed_in, _title(load, pk)))
    rows = [
        (_title(load, pk), of.handed_in, of.graded, of.graded - of.ok, of.regraded, load.failures_of(pk))
        for pk in ranked
        if (of := counts[pk]) != NOTHING
    ]
    first = rows[0] if rows else None
    return Chart(
        "exercises",
        f"Most was handed in for {first[0]}: {words_of(first[1])}" if first else "Nothing was handed in",
        "Exercise",
        [Column("Handed in"), Column("Graded", drawn=False), Column("Stopped or did not load", drawn=False),
         Column("Graded again", drawn=False), Column("Failed by our fault", drawn=False)],
        top(rows, MOST), kind="ranking", sentence="Submissions by exercise, the most first.",
        links=_links(rows, [links.to(LIST, exercise=load.exercises[pk].slug) for pk in ranked]), empty=NO_WORK,
    )  # fmt: skip


def exercise_times(load: Load, links: Links) -> Chart:
    rows = [
        (_title(load, pk), milliseconds(load.times_of(pk, TOOK), 0.5), milliseconds(load.times_of(pk, TOOK), 0.9),
         seconds(load.times_of(pk, WAIT), 0.5), pk)
        for pk in load.by_exercise if load.times_of(pk, TOOK)
    ]  # fmt: skip
    rows.sort(key=lambda row: (-(row[1] or 0), row[0]))
    shown = rows[:MOST]
    title = f"{rows[0][0]} takes longest to grade: {words_of(rows[0][1], MS)}" if rows else "Nothing was graded"
    return Chart(
        "exercise-times", title, "Exercise",
        [Column("Grading, median", MS), Column("Grading, 90 of 100 within", MS, drawn=False),
         Column("Wait, median", S, drawn=False)],
        [row[:-1] for row in shown], kind="ranking",
        sentence=f"First gradings by exercise{f', the {MOST} longest' if len(rows) > MOST else ''}. {PRECISION}",
        links=[links.to(LIST, what="graded", exercise=load.exercises[row[-1]].slug) for row in shown], empty=NO_WORK,
    )  # fmt: skip


def by_flavor(load: Load, links: Links) -> Chart:
    flavors = sorted({load.exercises[pk].flavor for pk in load.by_exercise})
    waits = {flavor: load.times_of_flavor(flavor, WAIT) for flavor in flavors}
    rows = [
        (of, *(seconds(waits[of], share) for _, share in QUANTILES), milliseconds(load.times_of_flavor(of, TOOK), 0.5))
        for of in flavors
    ]
    longest = max(flavors, key=lambda of: seconds(waits[of], 0.5) or 0, default="")
    title = "Nothing was graded"
    if waits.get(longest):
        title = f"Half of what is for {longest} waited {words_of_seconds(seconds(waits[longest], 0.5))} or less"
    return Chart(
        "flavors", title, "Flavor",
        [Column(f"Wait, {label.lower()}", S) for label, _ in QUANTILES] + [Column("Grading, median", MS, drawn=False)],
        rows, kind="ranking", sentence=f"Each flavor has workers of its own. {PRECISION}",
        links=[links.to(LIST, what="graded", flavor=flavor) for flavor in flavors], empty=NO_WORK,
    )  # fmt: skip


def queue_now(load: Load, links: Links) -> Chart:
    queue, flavors = load.queue, sorted(load.queues)
    unsettled = queue.waiting + queue.running + queue.regrades
    oldest = words_of_seconds(queue.oldest_seconds)
    return Chart(
        "queue",
        f"{unsettled:,} in the queue now, the oldest of which waits for {oldest}" if queue.waiting
        else f"{unsettled:,} in the queue now, none of which waits for its first grading" if unsettled
        else "The queue is empty now",
        "Flavor",
        [Column("Waiting"), Column("Being graded"), Column("Regrades waiting"), Column("Longest wait", S, drawn=False)],
        [(flavor, of.waiting, of.running, of.regrades, _rounded(of.oldest_seconds))
         for flavor in flavors for of in [load.queues[flavor]]],
        kind="ranking", sentence="At this moment, whatever the range.",
        links=[links.to(LIST, what="waiting", flavor=flavor) for flavor in flavors],
        empty="Everything that was handed in is graded.",
    )  # fmt: skip


def _title(load: Load, exercise: int) -> str:
    return str(load.exercises[exercise])


def _links(rows: Sequence[Any], links: Sequence[str]) -> list[str]:
    """Of the rows that `top` leaves, the sum of the others without one."""
    shown = len(top(rows, MOST))
    return list(links[: len(rows)]) if shown == len(rows) else [*links[: shown - 1], ""]


def span(part: Range) -> dict[str, object]:
    """A part of the range, as the address names it."""
    return {"from": part.first, "to": part.last}
