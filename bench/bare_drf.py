"""The least that lists 50 rows by Django REST framework, which our list is held against: no accounts, pages, limits.

python -m bench.bare_drf makes the table and its rows; gunicorn serves `application`. DATABASE_URL names the database.
"""

import datetime
import os

import environ
from django.conf import settings

ROWS = 50

settings.configure(
    SECRET_KEY="of a bench",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"],
    # Connections stay open, and are asked before each request whether they still do, as ours.
    DATABASES={"default": {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True} | environ.Env().db_url("DATABASE_URL")},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    },
)

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()

from django.db import connection, models  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework import generics, serializers  # noqa: E402


class Row(models.Model):
    """The columns that our list of submissions shows."""

    exercise = models.CharField(max_length=80)
    student = models.IntegerField()
    status = models.CharField(max_length=10)
    outcome = models.CharField(max_length=20)
    score = models.FloatField()
    max_score = models.FloatField()
    queued_at = models.DateTimeField()
    finished_at = models.DateTimeField()

    class Meta:
        app_label = "bench"
        ordering = ["-queued_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.exercise} by {self.student}"


class RowSerializer(serializers.ModelSerializer):
    class Meta:
        model = Row
        fields = "__all__"


class Rows(generics.ListAPIView):
    queryset = Row.objects.all()[:ROWS]
    serializer_class = RowSerializer


urlpatterns = [path("rows/", Rows.as_view())]

if __name__ == "__main__":
    now = datetime.datetime.now(datetime.UTC)
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    Row.objects.bulk_create(
        Row(exercise="backpropagation", student=n, status="graded", outcome="ok", score=10, max_score=10,
            queued_at=now - datetime.timedelta(seconds=n), finished_at=now)
        for n in range(ROWS)
    )  # fmt: skip
    print(os.environ["DATABASE_URL"].partition(":")[0], Row.objects.count())
