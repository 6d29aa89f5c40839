"""What two reports of the same file differ in, check by check."""

from dataclasses import dataclass

from grader.results import CheckResult, Report


@dataclass(frozen=True)
class Change:
    """A check whose marks differ; a check that only one report has counts as None in the other."""

    check: str
    before: float | None
    after: float | None


def difference(before: Report, after: Report) -> list[Change]:
    """The checks whose marks differ, in the newer report's order, then those that are gone."""
    old, new = _by_name(before.checks), _by_name(after.checks)
    changes = [Change(name, old.get(name), new.get(name)) for name in [*new, *(old.keys() - new.keys())]]
    return [change for change in changes if change.before != change.after]


def _by_name(checks: tuple[CheckResult, ...]) -> dict[str, float]:
    return {check.name: check.points for check in checks}
