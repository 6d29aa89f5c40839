"""The dashboard for programs, for admins: tiles and charts as the page shows them, and the rows behind them."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.forms import Form
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.dashboard import rows
from courses.dashboard.charts import Chart, Tile
from courses.dashboard.facts import Facts
from courses.dashboard.forms import EnrollmentRowsForm, PaymentRowsForm, SchoolForm
from courses.dashboard.questions import charts_of
from courses.dashboard.ranges import RangeForm
from courses.dashboard.tiles import Links, tiles_of
from courses.enrollment.access import is_admin
from courses.enrollment.models import Enrollment
from courses.enrollment.orders.ledger import Transaction
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


class DaysQuerySerializer(serializers.Serializer[Any]):
    """A range, as the address says it."""

    to = serializers.DateField(required=False, help_text="the last day, today where nothing is said")

    def get_fields(self) -> dict[str, Any]:
        """With `from`, which is a word of the language."""
        first = serializers.DateField(required=False, help_text="the first day; 30 days where nothing is said")
        return {"from": first} | super().get_fields()


class RangeSerializer(DaysQuerySerializer):
    """What the address may say."""

    compare = serializers.ChoiceField(["year"], required=False, help_text="the same days a year before")


class WhereQuerySerializer(DaysQuerySerializer):
    """Of which sessions."""

    course = serializers.IntegerField(required=False)
    modality = serializers.ChoiceField(Session.Modality.choices, required=False)
    place = serializers.CharField(required=False)


class SchoolQuerySerializer(WhereQuerySerializer, RangeSerializer):
    """What the address may say of the school's figures."""


def asked_by(request: Request, form: type[Form]) -> Any:
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


# --- the rows behind the numbers ----------------------------------------------------------------------------


class RowsView(generics.GenericAPIView[Any]):
    """Rows behind a number, the latest first. Pages end after 10,000 rows; `count` tells of how many there are."""

    filter_backends: list[Any] = []

    def listed(
        self, request: Request, form: type[RangeForm], rows_of: Callable[[Any], tuple[QuerySet[Any], int]]
    ) -> Response:
        """A page of the rows that the address asks for. Raises NotFound for who is no admin, and ValidationError."""
        if not is_admin(request.user):
            raise NotFound
        found, number = rows_of(asked_by(request, form))
        page = self.paginate_queryset(rows.Counted(found, number))
        answer = self.get_paginated_response(self.get_serializer(page, many=True).data)
        answer.data["count"] = number
        return answer


class EnrolledSerializer(serializers.ModelSerializer[Enrollment]):
    """Who enrolled, and when they went, if they did."""

    name = serializers.CharField(source="user.name")
    email = serializers.EmailField(source="user.email")
    course = serializers.CharField(source="session.course.slug")

    class Meta:
        model = Enrollment
        fields = ["id", "user", "name", "email", "course", "session", "order", "enrolled_at", "withdrawn_at", "ending"]


class EnrollmentRowsQuerySerializer(WhereQuerySerializer):
    session = serializers.IntegerField(required=False)
    what = serializers.ChoiceField(["withdrawn"], required=False, help_text="who no longer is, by when they went")


class EnrollmentsView(RowsView):
    """The enrollments, or withdrawals, behind a number."""

    serializer_class = EnrolledSerializer

    @extend_schema(parameters=[EnrollmentRowsQuerySerializer], responses=EnrolledSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Who enrolled, or no longer is, in these days; for admins. Pages end after 10,000 rows."""
        return self.listed(request, EnrollmentRowsForm, rows.enrollments)


class PaymentSerializer(serializers.ModelSerializer[Transaction]):
    """What was paid or paid back for an order. `order` is its key, `number` what its buyer reads."""

    kind = serializers.ChoiceField(["payment", "refund"])
    number = serializers.CharField(source="order.number")
    buyer = serializers.CharField(source="order.buyer.name")
    email = serializers.EmailField(source="order.buyer.email")
    company = serializers.CharField(source="order.company")
    course = serializers.CharField(source="order.session.course.slug")
    session = serializers.IntegerField(source="order.session_id")
    amount = serializers.SerializerMethodField(help_text="to the cent; below zero where it went back")
    currency = serializers.CharField(source="order.currency")

    class Meta:
        model = Transaction
        fields = ["id", "kind", "at", "order", "number", "buyer", "email", "company", "course", "session", "provider",
                  "amount", "currency"]  # fmt: skip

    def get_amount(self, moved: Transaction) -> str:
        return str(rows.signed(moved))


class PaymentRowsQuerySerializer(WhereQuerySerializer):
    session = serializers.IntegerField(required=False)
    kind = serializers.ChoiceField(["payment", "refund"], required=False)
    currency = serializers.CharField(required=False, max_length=3)


class PaymentsView(RowsView):
    """The payments and refunds behind a number."""

    serializer_class = PaymentSerializer

    @extend_schema(parameters=[PaymentRowsQuerySerializer], responses=PaymentSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What was paid, and paid back, in these days; for admins. Pages end after 10,000 rows."""
        return self.listed(request, PaymentRowsForm, lambda asked: rows.payments(asked)[:2])
