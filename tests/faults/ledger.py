"""What became of a submission, asked of the database in one place: all that the faults' tests know of the tables."""

from collections.abc import Iterable, Mapping

from grader.models import Submission
from grader.submissions.phases import phase_of


def unsettled(submissions: Iterable[int]) -> list[int]:
    """Those that wait or run still."""
    return sorted(
        Submission.objects.filter(pk__in=submissions, status__in=["queued", "running"]).values_list("pk", flat=True)
    )


def wrongs(expected: Mapping[int, float], outcomes: Mapping[int, str] | None = None) -> list[str]:
    """What is not as it must be: graded, once, with this score and outcome.

    expected : id → score; outcomes : id → outcome, where it is not "ok".
    """
    found = []
    for row in Submission.objects.filter(pk__in=expected).select_related("result"):
        became = (row.status, row.result and row.result.outcome, row.result and row.result.score, row.results.count())
        due = ("graded", (outcomes or {}).get(row.pk, "ok"), expected[row.pk], 1)
        if became != due:
            found.append(f"{row.pk}: {became}, not {due}; attempt {row.attempt}; {row.failure}")
    missing = set(expected) - set(Submission.objects.filter(pk__in=expected).values_list("pk", flat=True))
    return found + [f"{pk}: is gone" for pk in missing]


def phase(submission: int) -> str:
    """Where it is: queued, starting, a check, diagnosing, recording, settled; "running" where no phase was told."""
    status = Submission.objects.values_list("status", flat=True).get(pk=submission)
    if status == "queued":
        return "queued"
    return str(phase_of(submission) or "running") if status == "running" else "settled"
