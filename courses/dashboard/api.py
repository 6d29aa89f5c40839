"""The dashboard's figures for programs: tiles and charts as the page shows them, for admins."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.dashboard.charts import Chart, Tile
from courses.dashboard.facts import Facts
from courses.dashboard.forms import SchoolForm
from courses.dashboard.questions import charts_of
from courses.dashboard.ranges import RangeForm
from courses.dashboard.tiles import Links, tiles_of
from courses.enrollment.access import is_admin
from courses.sessions.models import Session


class DaysSerializer(serializers.Serializer[Any]):
    """Days of the school's clock, both among them."""

    first = serializers.DateField()
    last = serializers.DateField()


class TileSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.JSONField(help_text="a number; money as text, to the cent; null where there is none")
    before = serializers.JSONField(help_text="the same in the days that these are compared with")
    unit = serializers.CharField(help_text="%, a currency's letters, or nothing for a count")
    text = serializers.CharField(help_text="the value as people read it")


class ColumnSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    unit = serializers.CharField()


class ChartSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    title = serializers.CharField(help_text="the answer")
    sentence = serializers.CharField(help_text="what is counted, and how")
    head = serializers.CharField(help_text="what the rows are")
    columns = ColumnSerializer(many=True)
    rows = serializers.ListField(
        child=serializers.ListField(child=serializers.JSONField()), help_text="each a name, then its figures"
    )


class DashboardSerializer(serializers.Serializer[Any]):
    range = DaysSerializer()
    compared = DaysSerializer()
    time_zone = serializers.CharField(help_text="whose days these are: the school's")
    tiles = TileSerializer(many=True)
    charts = ChartSerializer(many=True)


class RangeSerializer(serializers.Serializer[Any]):
    """What the address may say."""

    to = serializers.DateField(required=False, help_text="the last day, today where nothing is said")
    compare = serializers.ChoiceField(["year"], required=False, help_text="the same days a year before")

    def get_fields(self) -> dict[str, Any]:
        """With `from`, which is a word of the language."""
        first = serializers.DateField(required=False, help_text="the first day; 30 days where nothing is said")
        return {"from": first} | super().get_fields()


class SchoolQuerySerializer(RangeSerializer):
    course = serializers.IntegerField(required=False)
    modality = serializers.ChoiceField(Session.Modality.choices, required=False)
    place = serializers.CharField(required=False)


def asked_by(request: Request, form: type[RangeForm]) -> Any:
    """What the address asks for, as a form of this type. Raises ValidationError."""
    asked = form(request.query_params)
    if not asked.is_valid():
        everywhere = {"__all__": "non_field_errors"}
        raise ValidationError(
            {everywhere.get(name, name): [str(error) for error in errors] for name, errors in asked.errors.items()}
        )
    return asked


def told(asked: RangeForm, tiles: list[Tile], charts: list[Chart]) -> dict[str, Any]:
    """A dashboard as programs read it."""
    return {
        "range": {"first": asked.chosen.first, "last": asked.chosen.last},
        "compared": {"first": asked.compared.first, "last": asked.compared.last},
        "time_zone": settings.SCHOOL_TIME_ZONE,
        "tiles": [tile.to_dict() for tile in tiles],
        "charts": [chart.to_dict() for chart in charts],
    }


class DashboardView(APIView):
    """What happens at the school, in enrollment and money."""

    @extend_schema(parameters=[SchoolQuerySerializer], responses=DashboardSerializer)
    def get(self, request: Request) -> Response:
        """Tiles and charts of a range of days, compared with another; for admins."""
        if not is_admin(request.user):
            raise NotFound
        asked = asked_by(request, SchoolForm)
        facts, links = Facts(asked.chosen, asked.compared, asked.where), Links(None)
        return Response(told(asked, tiles_of(facts, links), charts_of(facts, links, asked.compared_words)))
