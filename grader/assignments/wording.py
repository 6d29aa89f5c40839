"""Late rules in sentences, for instructors and for students."""

import datetime

from grader.assignments.lateness import LateRule


def rule_in_words(rule: LateRule) -> str:
    """What lateness costs by this rule: “Each day late takes 10 percent; after 7 days work does not count.”"""
    if rule.due is None:
        return "Nothing is late."
    if not rule.late_days:
        return "Late work does not count."
    costs_nothing = not rule.percent or rule.grace_days >= rule.late_days
    if costs_nothing:
        return f"Late work counts in full for {_days(rule.late_days)}."
    grace = f"{_days(rule.grace_days)} late {'costs' if rule.grace_days == 1 else 'cost'} nothing. "
    further = "further day" if rule.grace_days else "day late"
    each = f"Each {further} takes {rule.percent} percent; after {_days(rule.late_days)} work does not count."
    return grace + each if rule.grace_days else each


def cost_in_words(rule: LateRule, at: datetime.datetime) -> str:
    """What it costs a student to hand in at this moment."""
    late, penalty = rule.days_late(at), rule.penalty(at)
    if not late:
        return "Handed in now it counts in full."
    if not rule.counts(at):
        return "Handed in now it will not count."
    begun = f"Handed in now it is {_days(late)} late and"
    if not penalty:
        return f"{begun} counts in full."
    return f"{begun} loses {penalty} percent of its marks."


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"
