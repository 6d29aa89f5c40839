"""Each report that a submission holds becomes its first result."""

from django.db import migrations
from django.utils import timezone


def fill(apps, schema_editor):
    Submission, Result = apps.get_model("grader", "Submission"), apps.get_model("grader", "Result")
    for submission in Submission.objects.filter(data__isnull=False, result__isnull=True).iterator(chunk_size=200):
        submission.result = Result.objects.create(
            submission=submission,
            number=1,
            attempt=submission.attempt,
            graded_at=submission.finished_at or timezone.now(),
            exercise_version=submission.exercise_version,
            outcome=submission.outcome,
            score=submission.score,
            max_score=submission.max_score,
            # Older rows counted no open part; what is not known is not shown as more than there is.
            open_score=submission.score if submission.open_score is None else submission.open_score,
            open_max_score=submission.max_score if submission.open_max_score is None else submission.open_max_score,
            data=submission.data,
        )
        submission.save(update_fields=["result"])


class Migration(migrations.Migration):
    dependencies = [("grader", "0003_results")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
