"""One's own orders, with what is owed for them."""

from django.db.models import QuerySet
from rest_framework import serializers, viewsets

from courses.enrollment.orders import ledger
from courses.enrollment.orders.ledger import Posting
from courses.enrollment.orders.models import Order
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


class OrderDetailSerializer(OrderSerializer):
    entries = serializers.SerializerMethodField()

    class Meta(OrderSerializer.Meta):
        fields = [*OrderSerializer.Meta.fields, "billing_address", "entries"]

    def get_entries(self, order: Order) -> list[dict[str, str]]:
        """Charges, credits, payments, refunds and transfers, the oldest first."""
        entries = order.postings.filter(account=ledger.RECEIVABLE).select_related("transaction")
        return EntrySerializer(entries, many=True).data  # type: ignore[return-value]


class Orders(viewsets.ReadOnlyModelViewSet[Order]):
    """One's own orders; one of them with what was booked."""

    queryset = Order.objects.none()

    def get_queryset(self) -> QuerySet[Order]:
        if not isinstance(self.request.user, User):
            return Order.objects.none()
        return Order.objects.with_owed().filter(buyer=self.request.user)

    def get_serializer_class(self) -> type[OrderSerializer]:
        return OrderSerializer if self.action == "list" else OrderDetailSerializer
