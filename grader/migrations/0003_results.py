"""Results get a table of their own, beside what submissions held of them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("grader", "0002_open_scores"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Result",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(help_text="1 for the first grading")),
                ("attempt", models.PositiveIntegerField()),
                ("graded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.CharField(blank=True, help_text="why it was graded again", max_length=200)),
                ("exercise_version", models.CharField(max_length=64)),
                ("outcome", models.CharField(max_length=20)),
                ("score", models.FloatField()),
                ("max_score", models.FloatField()),
                ("open_score", models.FloatField(help_text="of the public checks alone")),
                ("open_max_score", models.FloatField()),
                ("data", models.JSONField(verbose_name="report")),
                ("asked_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("submission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="results", to="grader.submission")),
            ],
            options={"ordering": ["submission", "number"]},
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.UniqueConstraint(fields=("submission", "number"), name="results_are_numbered"),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(condition=models.Q(("score__gte", 0), ("score__lte", models.F("max_score"))), name="result_score_within_bounds"),
        ),
        migrations.AddField(
            model_name="submission",
            name="result",
            field=models.ForeignKey(blank=True, help_text="the latest", null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="grader.result"),
        ),
        migrations.AddField(
            model_name="submission",
            name="priority",
            field=models.PositiveSmallIntegerField(choices=[(1, "First"), (2, "Repeat"), (3, "Regrade")], default=1),
        ),
        migrations.AddField(
            model_name="submission",
            name="regrade_asked_by",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="submission",
            name="regrade_reason",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="submission",
            name="replaced_by",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="grader.submission"),
        ),
        migrations.AddField(
            model_name="submission",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0, help_text="claims since it was last queued"),
        ),
        migrations.AddField(
            model_name="submission",
            name="worker",
            field=models.CharField(blank=True, help_text="the machine that took it last", max_length=255),
        ),
        migrations.AlterField(
            model_name="submission",
            name="attempt",
            field=models.PositiveIntegerField(default=0, help_text="counts every claim; a report of an older one is late"),
        ),
        migrations.AlterField(
            model_name="submission",
            name="queued_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="handed in at"),
        ),
        migrations.AlterField(
            model_name="submission",
            name="status",
            field=models.CharField(choices=[("queued", "Waiting"), ("running", "Being graded"), ("graded", "Graded"), ("failed", "Could not be graded, by our fault"), ("canceled", "Canceled")], default="queued", max_length=10),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["student", "queued_at"], name="submission_recent"),
        ),
    ]
