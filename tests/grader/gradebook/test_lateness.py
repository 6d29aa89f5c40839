"""Late arithmetic: a table of cases, and what holds of every rule."""

import datetime
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.assignments.lateness import LateRule
from grader.assignments.wording import cost_in_words, rule_in_words

DAY, HOUR, MICROSECOND = (datetime.timedelta(**{unit: 1}) for unit in ("days", "hours", "microseconds"))
NEW_YORK = zoneinfo.ZoneInfo("America/New_York")
DUE = datetime.datetime(2027, 1, 11, 23, 59, tzinfo=datetime.UTC)
# A day of grace, then 10 percent a day, for a week.
RULE = LateRule(DUE, grace_days=1, percent=10, late_days=7)
STRICT = LateRule(DUE)


@pytest.mark.parametrize(
    ("rule", "late", "days", "penalty", "counts"),
    [
        (RULE, -30 * DAY, 0, 0, True),
        (RULE, -MICROSECOND, 0, 0, True),
        (RULE, 0 * DAY, 0, 0, True),
        (RULE, MICROSECOND, 1, 0, True),
        (RULE, DAY, 1, 0, True),
        (RULE, DAY + MICROSECOND, 2, 10, True),
        (RULE, 2 * DAY, 2, 10, True),
        (RULE, 7 * DAY, 7, 60, True),
        (RULE, 7 * DAY + MICROSECOND, 8, 100, False),
        (RULE, 400 * DAY, 400, 100, False),
        (STRICT, 0 * DAY, 0, 0, True),
        (STRICT, MICROSECOND, 1, 100, False),
        # More than all marks in total: nothing is left, and nothing is owed.
        (LateRule(DUE, percent=40, late_days=7), 3 * DAY, 3, 100, True),
        (LateRule(DUE, percent=100, late_days=7), MICROSECOND, 1, 100, True),
        (LateRule(DUE, percent=0, late_days=2), 2 * DAY, 2, 0, True),
        # Grace is part of the days on which work counts at all.
        (LateRule(DUE, grace_days=2, percent=50, late_days=2), 2 * DAY, 2, 0, True),
        (LateRule(DUE, grace_days=2, percent=50, late_days=2), 2 * DAY + MICROSECOND, 3, 100, False),
        (LateRule(None, percent=10), 400 * DAY, 0, 0, True),
    ],
)
def test_what_lateness_costs(rule, late, days, penalty, counts):
    at = DUE + late
    assert (rule.days_late(at), rule.penalty(at), rule.counts(at)) == (days, penalty, counts)
    assert rule.marks(10, at) == pytest.approx(10 * (100 - penalty) / 100)
    assert rule.counts(at) == (rule.closes is None or at <= rule.closes)


@pytest.mark.parametrize(
    ("due", "handed_in", "days"),
    [
        # Over the night of March 13 the clocks in New York are put forward, over that of November 6 put back.
        ((3, 13, 23, 59), (3, 14, 23, 59), 1),
        ((3, 13, 23, 59), (3, 15, 0, 59), 1),
        ((3, 13, 23, 59), (3, 15, 1, 0), 2),
        ((11, 6, 23, 59), (11, 7, 22, 59), 1),
        ((11, 6, 23, 59), (11, 7, 23, 0), 2),
        ((11, 6, 23, 59), (11, 7, 23, 59), 2),
    ],
)
def test_a_day_is_24_hours_over_a_change_of_the_clocks_too(due, handed_in, days):
    local, came = (datetime.datetime(2027, *parts, tzinfo=NEW_YORK) for parts in (due, handed_in))
    for at in (came, came.astimezone(datetime.UTC)):
        assert LateRule(local, late_days=7).days_late(at) == days


def test_both_readings_of_a_repeated_hour_are_an_hour_apart():
    first = datetime.datetime(2027, 11, 7, 1, 30, tzinfo=NEW_YORK)
    assert LateRule(first, late_days=7).days_late(first.replace(fold=1)) == 1
    assert LateRule(first.replace(fold=1)).days_late(first) == 0
    assert LateRule(first, late_days=1).extended(first.replace(fold=1)).due - LateRule(first).due == HOUR


@pytest.mark.parametrize(
    ("extended", "due"), [(None, DUE), (DUE - DAY, DUE), (DUE, DUE), (DUE + MICROSECOND, DUE + MICROSECOND)]
)
def test_an_extension_that_is_not_later_changes_nothing(extended, due):
    assert RULE.extended(extended) == LateRule(due, 1, 10, 7)
    assert LateRule(None).extended(extended).due is None


moments = st.datetimes(datetime.datetime(2000, 1, 1), datetime.datetime(2199, 1, 1)).map(
    lambda at: at.replace(tzinfo=datetime.UTC)
) | st.datetimes(datetime.datetime(2000, 1, 1), datetime.datetime(2199, 1, 1), timezones=st.just(NEW_YORK))
days = st.integers(0, 2) | st.integers(0, 365)
rules = st.builds(LateRule, st.none() | moments, days, st.integers(0, 100), days)
marks = st.floats(0, 1e6)
# Around the due date, where something happens; up to its end, what any rule does.
near = st.timedeltas(-9 * DAY, 9 * DAY) | st.timedeltas(-9 * DAY, 400 * DAY)


@given(rules, marks, st.data())
def test_never_more_than_the_marks_earned_and_never_less_for_handing_in_earlier(rule, earned, data):
    start = rule.due or DUE
    earlier, later = sorted(start + data.draw(near) for _ in range(2))
    assert 0 <= rule.marks(earned, later) <= rule.marks(earned, earlier) <= earned
    assert rule.counts(earlier) or not rule.counts(later)


@given(rules, marks, moments, st.data())
def test_an_extension_never_costs(rule, earned, extended, data):
    at = (rule.due or DUE) + data.draw(near)
    assert rule.extended(extended).marks(earned, at) >= rule.marks(earned, at)
    assert rule.extended(extended).counts(at) or not rule.counts(at)


@given(rules, marks, st.integers(0, 30), st.data())
def test_more_grace_more_days_and_a_lower_percent_never_cost(rule, earned, more, data):
    at = (rule.due or DUE) + data.draw(near)
    before = rule.marks(earned, at)
    due, grace, percent, days = rule.due, rule.grace_days, rule.percent, rule.late_days
    for kinder in (
        LateRule(due, grace + more, percent, days),
        LateRule(due, grace, max(0, percent - more), days),
        LateRule(due, grace, percent, days + more),
    ):
        assert kinder.marks(earned, at) >= before


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (LateRule(None), "Nothing is late."),
        (STRICT, "Late work does not count."),
        (LateRule(DUE, 0, 0, 1), "Late work counts in full for 1 day."),
        (LateRule(DUE, 3, 50, 3), "Late work counts in full for 3 days."),
        (LateRule(DUE, 0, 10, 7), "Each day late takes 10 percent; after 7 days work does not count."),
        (RULE, "1 day late costs nothing. Each further day takes 10 percent; after 7 days work does not count."),
        (LateRule(DUE, 2, 5, 7),
         "2 days late cost nothing. Each further day takes 5 percent; after 7 days work does not count."),
    ],
)  # fmt: skip
def test_a_rule_is_a_sentence(rule, said):
    assert rule_in_words(rule) == said


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (0 * DAY, "Handed in now it counts in full."),
        (HOUR, "Handed in now it is 1 day late and counts in full."),
        (3 * DAY, "Handed in now it is 3 days late and loses 20 percent of its marks."),
        (8 * DAY, "Handed in now it will not count."),
    ],
)
def test_what_it_costs_to_hand_in_now_is_a_sentence(late, said):
    assert cost_in_words(RULE, DUE + late) == said
