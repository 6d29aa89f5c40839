"""One's own orders, with what is owed for them; a company's seats and who gets them."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from courses.enrollment.access import sessions_for
from courses.enrollment.api import Code, KeyAmong, asked, conflicts
from courses.enrollment.orders import company, ledger
from courses.enrollment.orders.ledger import Posting
from courses.enrollment.orders.models import Order, SeatInvitation
from courses.people.models import User


class EntrySerializer(serializers.ModelSerializer[Posting]):
    """What was booked: above zero it is owed, below zero it was paid or is no longer owed."""

    kind = serializers.CharField(source="transaction.kind", read_only=True)
    at = serializers.DateTimeField(source="transaction.at", read_only=True)
    memo = serializers.CharField(source="transaction.memo", read_only=True)

    class Meta:
        model = Posting
        fields = ["kind", "at", "memo", "amount"]


class OrderSerializer(serializers.ModelSerializer[Order]):
    number = serializers.CharField(read_only=True)
    owed = serializers.DecimalField(12, 2, read_only=True, help_text="below zero: owed to the buyer")

    class Meta:
        model = Order
        fields = ["id", "number", "session", "seats", "seats_released", "unit_price", "unit_discount", "currency",
                  "company", "placed_at", "held_until", "owed"]  # fmt: skip


class SeatInvitationSerializer(serializers.ModelSerializer[SeatInvitation]):
    """To whom a company's seat was sent; the link itself is in the mail alone."""

    class Meta:
        model = SeatInvitation
        fields = ["id", "email", "invited_at", "taken_at", "withdrawn_at"]


class OrderDetailSerializer(OrderSerializer):
    entries = serializers.SerializerMethodField()
    invitations = SeatInvitationSerializer(many=True, read_only=True)

    class Meta(OrderSerializer.Meta):
        fields = [*OrderSerializer.Meta.fields, "billing_address", "entries", "invitations"]

    def get_entries(self, order: Order) -> list[dict[str, str]]:
        """Charges, credits, payments, refunds and transfers, the oldest first."""
        entries = order.postings.filter(account=ledger.RECEIVABLE).select_related("transaction")
        return EntrySerializer(entries, many=True).data  # type: ignore[return-value]


class CompanyOrderSerializer(serializers.ModelSerializer[Order]):
    """Several seats on one order. The billing address stands on receipts."""

    session = KeyAmong(sessions_for)
    seats = serializers.IntegerField(min_value=1, max_value=500)
    voucher = Code()

    class Meta:
        model = Order
        fields = ["session", "seats", "company", "billing_address", "voucher"]
        extra_kwargs = {name: {"required": True, "allow_blank": False} for name in ("company", "billing_address")}


class EmailsSerializer(serializers.Serializer[Any]):
    emails = serializers.ListField(
        child=serializers.EmailField(max_length=254), allow_empty=False, max_length=500, help_text="one seat each"
    )

    def validate_emails(self, emails: list[str]) -> list[str]:
        return list(dict.fromkeys(email.lower() for email in emails))


class SeatsSerializer(serializers.Serializer[Any]):
    seats = serializers.IntegerField(min_value=1, max_value=500)


class InvitationOfOrder(serializers.PrimaryKeyRelatedField[SeatInvitation]):
    """One of the `order` in the context."""

    def get_queryset(self) -> QuerySet[SeatInvitation]:
        invitations: QuerySet[SeatInvitation] = self.context["order"].invitations.all()
        return invitations


class TakeBackSerializer(serializers.Serializer[Any]):
    invitation = InvitationOfOrder(queryset=SeatInvitation.objects.none())


class Orders(viewsets.ReadOnlyModelViewSet[Order]):
    """One's own orders; one of them with what was booked. POST orders several seats for a company."""

    queryset = Order.objects.none()

    def get_queryset(self) -> QuerySet[Order]:
        if not isinstance(self.request.user, User):
            return Order.objects.none()
        return Order.objects.with_owed().filter(buyer=self.request.user)

    def get_serializer_class(self) -> type[OrderSerializer]:
        return OrderSerializer if self.action == "list" else OrderDetailSerializer

    @extend_schema(request=CompanyOrderSerializer, responses={201: OrderDetailSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Order several seats of a session for a company, all or none."""
        assert isinstance(request.user, User)
        said = asked(CompanyOrderSerializer, request)
        code = said.pop("voucher", "")
        with conflicts():
            placed = company.order_for_company(request.user, **said, code=code)
        return Response(self.told(placed), status=status.HTTP_201_CREATED)

    @extend_schema(request=EmailsSerializer, responses=OrderDetailSerializer)
    @action(detail=True, methods=["post"])
    def invite(self, request: Request, pk: str) -> Response:
        """Send seats of a company's order to people by e-mail, to all of them or to none."""
        order = self.of_company()
        emails = asked(EmailsSerializer, request)["emails"]
        with conflicts():
            company.invite(order, emails)
        return Response(self.told(order))

    @extend_schema(request=TakeBackSerializer, responses=OrderDetailSerializer)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, pk: str) -> Response:
        """Take back a seat that was sent and that nobody has taken."""
        order = self.of_company()
        invitation = asked(TakeBackSerializer, request, order=order)["invitation"]
        with conflicts():
            company.take_back(invitation)
        return Response(self.told(order))

    @extend_schema(request=SeatsSerializer, responses=OrderDetailSerializer)
    @action(detail=True, methods=["post"], url_path="give-back")
    def give_back(self, request: Request, pk: str) -> Response:
        """Return seats of a company's order that nobody has; what comes back follows the session's rule."""
        order = self.of_company()
        seats = asked(SeatsSerializer, request)["seats"]
        with conflicts():
            company.give_back(order, seats)
        return Response(self.told(order))

    def of_company(self) -> Order:
        """The order that is asked for. Raises NotFound where it is no company's."""
        order = self.get_object()
        if not order.company:
            raise NotFound
        return order

    def told(self, order: Order) -> dict[str, Any]:
        """The order as it stands now, in detail."""
        return self.get_serializer(self.get_queryset().get(pk=order.pk)).data
