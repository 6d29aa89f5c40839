"""Scores and totals as arithmetic: a table of cases, and what holds for all of them."""

import datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from grader.assignments.lateness import LateRule
from grader.gradebook.scores import NO_RUBRIC, Attempt, Decided, Rubric, Score, State, revised, score, total

NOON = datetime.datetime(2027, 3, 1, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
RULE = LateRule(NOON, grace_days=1, percent=10, late_days=3)
LONG_AFTER = NOON + 30 * DAY
# A machine that is busy makes examples slowly.
property_of_all = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def attempts(*pairs):
    """Of (days after the due date, marks of 10 or None), in this order."""
    return [
        Attempt(n, NOON + days * DAY, marks, None if marks is None else 10) for n, (days, marks) in enumerate(pairs)
    ]


@pytest.mark.parametrize(
    ("handed_in", "how", "state", "percent"),
    [
        ([], {}, "missing", 0),
        ([], {"now": NOON}, "open", None),
        # Late work counts as long as it may: only then is it missing.
        ([], {"now": NOON + 3 * DAY}, "open", None),
        ([(-1, 8)], {}, "scored", 80),
        ([(0, 8)], {}, "scored", 80),
        ([(0.5, 8)], {}, "scored", 80),
        ([(1.5, 8)], {}, "scored", 72),
        ([(3, 8)], {}, "scored", 64),
        ([(3.01, 8)], {}, "missing", 0),
        ([(-2, 4), (-1, 9), (-0.5, 6)], {}, "scored", 90),
        ([(-2, 4), (-1, 9), (-0.5, 6)], {"last": True}, "scored", 60),
        ([(-2, 4), (-1, 9), (-0.5, 10)], {"limit": 1}, "scored", 40),
        ([(-2, 4), (-1, 9), (-0.5, 6)], {"limit": 2, "last": True}, "scored", 90),
        # Of the best the penalty is part: nine marks late are less than eight and a half in time.
        ([(-1, 8.5), (2, 9)], {}, "scored", 85),
        ([(-1, 3), (2, 9)], {}, "scored", 81),
        # What came too late takes the place of nothing.
        ([(-1, 8), (4, 10)], {"last": True}, "scored", 80),
        ([(-1, None)], {}, "waiting", None),
        ([(-2, 5), (-1, None)], {}, "scored", 50),
        ([(-2, 5), (-1, None)], {"last": True}, "waiting", None),
        ([(-1, 0)], {}, "scored", 0),
        ([(-1, 8)], {"rubric": Rubric(5, 10)}, "scored", 65),
        ([(-1, 8)], {"rubric": Rubric(5, 10, complete=False)}, "unmarked", None),
        ([], {"rubric": Rubric(5, 10)}, "scored", 25),
        ([], {"rubric": Rubric(0, 10)}, "scored", 0),
        ([], {"rubric": Rubric(5, 10, complete=False)}, "unmarked", None),
        ([(-1, None)], {"rubric": Rubric(5, 10)}, "waiting", None),
        ([(4, 8)], {"rubric": Rubric(5, 10)}, "missing", 0),
        ([(-1, 8)], {"decided": Decided(1, 3, 10)}, "scored", 30),
        ([], {"decided": Decided(1, 3, 12)}, "missing", 25),
        ([(-1, None)], {"decided": Decided(1, 0, 10)}, "waiting", 0),
        # All its checks are void: there is nothing to score.
        ([], {"full": 0}, "missing", None),
    ],
)
def test_a_score_comes_of_what_counts(handed_in, how, state, percent):
    found = score(attempts(*handed_in), RULE, **{"now": LONG_AFTER, "full": 10, **how})
    assert (found.state.value, found.percent) == (state, pytest.approx(percent) if percent is not None else None)


def test_a_score_says_how_late_and_what_it_cost():
    found = score(attempts((2.5, 10)), RULE, now=LONG_AFTER, full=10)
    assert (found.days_late, found.penalty, found.marks) == (3, 20, 8)
    extended = score(attempts((2.5, 10)), RULE.extended(NOON + 2 * DAY), now=LONG_AFTER, full=10)
    assert (extended.days_late, extended.penalty, extended.marks) == (1, 0, 10)


marks = st.floats(0, 10)
moments = st.floats(-5, 10)
rules = st.builds(
    lambda grace, more, percent: LateRule(NOON, grace, percent, grace + more),
    st.integers(0, 4), st.integers(0, 5), st.integers(0, 100),
)  # fmt: skip
tried = st.lists(st.tuples(moments, st.none() | marks), max_size=5).map(
    lambda found: sorted(found, key=lambda one: one[0])
)
rubrics = st.just(NO_RUBRIC) | st.floats(0, 5).map(lambda earned: Rubric(earned, 5))


@property_of_all
@given(tried, rules, rubrics, st.none() | st.integers(1, 3), st.booleans())
@example([(-1.0, 10.0)], LateRule(NOON), Rubric(5, 5), None, False)
def test_no_score_is_above_full_marks_or_below_none(handed_in, rule, rubric, limit, last):
    found = score(attempts(*handed_in), rule, now=LONG_AFTER, limit=limit, last=last, full=10, rubric=rubric)
    assert found.marks is None or 0 <= found.marks <= found.full
    assert found.percent is None or 0 <= found.percent <= 100
    assert found.percent is None or found.state in (State.SCORED, State.MISSING)


@property_of_all
@given(st.lists(st.tuples(moments, marks), min_size=1, max_size=5), rules, rubrics, st.floats(0, 5))
# Too late for any marks, those of people among them; a day earlier at the cost of all.
@example([(2.5, 8.0)], LateRule(NOON, 0, 100, 2), Rubric(5, 5), 1.0)
def test_handing_in_earlier_never_brings_less(handed_in, rule, rubric, days):
    handed_in = sorted(handed_in, key=lambda one: one[0])
    earlier = [(at - days, earned) for at, earned in handed_in]
    late, early = (
        score(attempts(*each), rule, now=LONG_AFTER, full=10, rubric=rubric) for each in (handed_in, earlier)
    )
    assert (early.percent or 0) >= (late.percent or 0) - 1e-9


@property_of_all
@given(moments, marks, rules, st.floats(0, 5))
def test_the_last_one_handed_in_earlier_never_brings_less_either(at, earned, rule, days):
    late, early = (
        score(attempts((each, earned)), rule, now=LONG_AFTER, full=10, last=True) for each in (at, at - days)
    )
    assert early.percent >= late.percent - 1e-9


# --- totals -------------------------------------------------------------------------------------------


def scored(percent):
    return Score(State.SCORED, 100, percent)


def totaled(rows, drop=0):
    return total([(n, one, weight) for n, (one, weight) in enumerate(rows)], drop)


@pytest.mark.parametrize(
    ("rows", "drop", "percent", "dropped"),
    [
        ([], 0, None, []),
        ([(scored(80), 1), (scored(60), 1)], 0, 70, []),
        ([(scored(80), 3), (scored(60), 1)], 0, 75, []),
        # Practice never counts, and is never the lowest.
        ([(scored(80), 1), (scored(10), 0)], 1, 80, []),
        ([(scored(80), 0), (scored(10), 0)], 1, None, []),
        ([(scored(80), 1), (Score(State.WAITING, 10), 1)], 0, 80, []),
        ([(scored(80), 1), (Score(State.UNPOSTED, 10), 1)], 1, 80, []),
        ([(scored(80), 1), (Score(State.MISSING, 10), 1)], 0, 40, []),
        ([(scored(80), 1), (Score(State.MISSING, 10), 1)], 1, 80, [1]),
        ([(scored(80), 1), (scored(60), 5), (scored(70), 1)], 1, 75, [1]),
        # One always stays.
        ([(scored(80), 1), (scored(60), 1)], 5, 80, [1]),
        ([(scored(80), 1)], 1, 80, []),
        ([(Score(State.OPEN, 10), 1)], 1, None, []),
    ],
)
def test_a_total_is_of_what_counts_so_far(rows, drop, percent, dropped):
    found = totaled(rows, drop)
    assert found.percent == (None if percent is None else pytest.approx(percent))
    assert [part.assignment for part in found.parts if part.dropped] == dropped
    assert sum(part.contributed for part in found.parts) == pytest.approx(found.percent or 0)


lines = st.lists(
    st.tuples(st.floats(0, 100).map(scored) | st.just(Score(State.MISSING, 10)), st.floats(0, 10)), max_size=8
)


@property_of_all
@given(lines, st.integers(0, 9))
def test_a_total_lies_within_its_bounds_and_dropping_never_lowers_it(rows, drop):
    found, more = totaled(rows, drop).percent, totaled(rows, drop + 1).percent
    assert found is None or 0 <= found <= 100
    assert (found is None) == (more is None)
    assert found is None or more >= found - 1e-9
    assert found is None or sum(part.share for part in totaled(rows, drop).parts) == pytest.approx(1)


def test_other_full_marks_of_a_check_scale_what_was_earned_of_it():
    checks = [["One", 2, 4, "public"], ["Two", 3, 6, "hidden"], ["None", 0, 0, "public"]]
    assert revised(checks, {}, open_only=False) == (5, 10)
    assert revised(checks, {"One": 0}, open_only=False) == (3, 6)
    assert revised(checks, {"One": 8, "Two": 3}, open_only=False) == (5.5, 11)
    assert revised(checks, {"One": 8}, open_only=True) == (4, 8)
