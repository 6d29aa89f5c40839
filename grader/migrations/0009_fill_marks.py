"""Each result's marks by check, its findings and its times, out of the report that it holds."""

from django.db import migrations


def fill(apps, schema_editor):
    Result, Finding = apps.get_model("grader", "Result"), apps.get_model("grader", "Finding")
    results = Result.objects.filter(marks_by_check=[]).select_related("submission")
    for result in results.iterator(chunk_size=200):
        report, submission = result.data, result.submission
        result.marks_by_check = [[c["name"], c["points"], c["max_points"], c["visibility"]] for c in report["checks"]]
        result.took_seconds = report.get("timings", {}).get("total_ms", 0) / 1000
        # When a regrade began is not when the first grading did.
        if result.number == 1 and submission.results.count() == 1 and submission.started_at:
            result.waited_seconds = max(0, (submission.started_at - submission.queued_at).total_seconds())
        result.save(update_fields=["marks_by_check", "took_seconds", "waited_seconds"])
        Finding.objects.bulk_create(
            Finding(result=result, code=f["code"], check_name=f["check"]) for f in report["findings"]
        )


class Migration(migrations.Migration):
    dependencies = [("grader", "0008_gradebook")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
