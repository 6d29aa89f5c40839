"""The passing phases of a grading ("check 2 of 5"), in the cache: nice to see, and no loss when lost."""

from dataclasses import asdict

from django.core.cache import cache

from grader.results import Phase

KEPT_SECONDS = 600


def tell(submission_id: int, phase: Phase) -> None:
    cache.set(f"phase:{submission_id}", asdict(phase), KEPT_SECONDS)


def phase_of(submission_id: int) -> Phase | None:
    """The phase last told; None where none is known."""
    told = cache.get(f"phase:{submission_id}")
    return Phase(**told) if told else None
