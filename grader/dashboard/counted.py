"""What grading counts by day: submissions, gradings and how they ended, and how long they waited and took."""

from django.db.models import Count, Q, Value

from courses.dashboard.rollups import Rollup, Source
from grader.dashboard.models import GradingDay, GradingMonth, TimesDay, TimesMonth
from grader.dashboard.times import bucket_of
from grader.results import Outcome
from grader.submissions.models import Result, Submission

WAIT, TOOK = "wait", "took"
FIRST_GRADING = Q(number=1)
OF_EXERCISE = {"exercise": "submission__exercise"}

GRADING = Rollup(
    what="grading",
    days=GradingDay,
    months=GradingMonth,
    keys=("exercise",),
    sums=("handed_in", "graded", *Outcome, "regraded"),
    sources=(
        # What its student took back before it was graded is as if it had not been handed in.
        Source(
            lambda: Submission.objects.exclude(status=Submission.Status.CANCELED),
            "queued_at",
            {"handed_in": Count("pk")},
            {},
        ),
        Source(
            Result.objects.all,
            "graded_at",
            {
                "graded": Count("pk", filter=FIRST_GRADING),
                **{outcome: Count("pk", filter=FIRST_GRADING & Q(outcome=outcome)) for outcome in Outcome},
                "regraded": Count("pk", filter=~FIRST_GRADING),
            },
            OF_EXERCISE,
        ),
    ),
)
TIMES = Rollup(
    what="grading times",
    days=TimesDay,
    months=TimesMonth,
    keys=("measure", "exercise", "bucket"),
    sums=("number",),
    sources=tuple(
        Source(
            lambda measure=measure, field=field: Result.objects.filter(  # type: ignore[misc]
                FIRST_GRADING, **{f"{field}__isnull": False}
            ).annotate(measure=Value(measure), bucket=bucket_of(field)),
            "graded_at",
            {"number": Count("pk")},
            OF_EXERCISE,
        )
        for measure, field in ((WAIT, "waited_seconds"), (TOOK, "took_seconds"))
    ),
)
