"""Submissions hold their result by reference alone, and what is graded has one."""

from django.db import migrations, models

MOVED = ("data", "exercise_version", "max_score", "open_max_score", "open_score", "outcome", "score")


class Migration(migrations.Migration):
    dependencies = [("grader", "0004_fill_results")]

    operations = [
        migrations.RemoveConstraint(model_name="submission", name="graded_has_report"),
        migrations.RemoveConstraint(model_name="submission", name="score_within_bounds"),
        *(migrations.RemoveField(model_name="submission", name=name) for name in MOVED),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("status", "graded"), _negated=True), ("result__isnull", False), _connector="OR"), name="graded_has_result"),
        ),
    ]
