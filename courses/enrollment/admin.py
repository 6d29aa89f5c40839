"""Enrollments, waiting lists and money, for admins. Seats and books are moved by what counts them, never by hand."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import TabularInline

from courses.enrollment.models import Enrollment
from courses.enrollment.orders.ledger import Posting, Transaction
from courses.enrollment.orders.models import Order, SeatInvitation, Voucher
from courses.enrollment.orders.payouts import Payout
from courses.enrollment.waiting.models import WaitingEntry
from courses.people.admin import AuditedAdmin, ReadOnly, ReadOnlyAdmin
from courses.templatetags.money import money


@admin.display(description="amount")
def amount(booked: Transaction) -> str:
    """What moved, with its currency."""
    return money(booked.amount, booked.order.currency)


@admin.register(Enrollment)
class EnrollmentAdmin(ReadOnlyAdmin):
    list_display = ["user", "session", "enrolled_at", "withdrawn_at", "ending", "order"]
    list_filter = ["ending", "session__course"]
    list_select_related = ["user", "session__course", "order"]
    search_fields = ["user__email", "user__name", "session__slug"]
    fields = ["user", "session", "order", "enrolled_at", "withdrawn_at", "ending"]
    actions = ["withdraw"]

    @admin.action(description="Withdraw, with what the session's refund rule gives back")
    def withdraw(self, request: HttpRequest, enrollments: QuerySet[Enrollment]) -> None:
        for enrollment in enrollments.active().select_related("session__course", "user"):  # type: ignore[attr-defined]
            enrollment.withdraw(by=request.user)
        self.message_user(request, "They are withdrawn; their seats are free, or offered to the next who wait.")


class TransactionInline(ReadOnly, TabularInline):
    model = Transaction
    fields = readonly_fields = ["kind", amount, "provider", "reference", "memo", "at", "booked_by"]
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Transaction]:
        return super().get_queryset(request).select_related("order", "booked_by").prefetch_related("postings")


class SeatInvitationInline(ReadOnly, TabularInline):
    model = SeatInvitation
    fields = readonly_fields = ["email", "invited_at", "taken_by", "withdrawn_at"]
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[SeatInvitation]:
        return super().get_queryset(request).select_related("order", "taken_by")


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    """Money is booked on the order's page of the books, at /money/."""

    list_display = ["number", "buyer", "company", "session", "seats", "price", "held_until", "placed_at"]
    list_filter = ["session__course"]
    list_select_related = ["buyer", "session__course"]
    search_fields = ["buyer__email", "buyer__name", "company", "pk"]
    fields = [
        "buyer", "company", "address", "session", "seats", "seats_released", "seats_lapsed", "price", "unit_price",
        "unit_discount", "currency", "voucher", "owed", "placed_at", "held_until",
    ]  # fmt: skip
    inlines = [TransactionInline, SeatInvitationInline]

    @admin.display(description="total")
    def price(self, order: Order) -> str:
        return money(order.total, order.currency)

    @admin.display(description="unpaid")
    def owed(self, order: Order) -> str:
        return money(order.outstanding, order.currency)

    @admin.display(description="billing address")
    def address(self, order: Order) -> str:
        return order.billing_address


@admin.register(Payout)
class PayoutAdmin(ReadOnlyAdmin):
    """Refunds whose provider is told by a worker."""

    list_display = fields = ["refund", "attempts", "due_at", "sent_at", "error"]
    list_select_related = ["refund__order"]
    actions = ["try_again"]

    @admin.action(description="Ask the provider again")
    def try_again(self, request: HttpRequest, payouts: QuerySet[Payout]) -> None:
        number = payouts.try_again()  # type: ignore[attr-defined]
        self.message_user(request, f"Asked again in a moment: {number}.")


class PostingInline(ReadOnly, TabularInline):
    model = Posting
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Posting]:
        return super().get_queryset(request).select_related("order")


@admin.register(Transaction)
class TransactionAdmin(ReadOnlyAdmin):
    list_display = ["at", "kind", "order", amount, "provider", "reference", "memo"]
    list_filter = ["kind", "provider"]
    search_fields = ["reference", "memo", "order__buyer__email"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]
    list_select_related = ["order"]
    inlines = [PostingInline]
    prefetched = ["postings"]


@admin.register(Voucher)
class VoucherAdmin(AuditedAdmin):
    list_display = [
        "code",
        "percent",
        "amount",
        "currency",
        "course",
        "session",
        "valid_until",
        "uses",
        "most_uses",
        "active",
    ]
    list_filter = ["active"]
    list_select_related = ["course", "session__course"]
    search_fields = ["code"]
    autocomplete_fields = ["course", "session"]
    readonly_fields = ["uses"]

    def save_model(self, request: HttpRequest, obj: Voucher, form: Any, change: bool) -> None:
        """Its uses are counted by the orders, at the same time perhaps."""
        if change:
            obj.save(update_fields=[*form.changed_data, "code"])
        else:
            super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Voucher | None = None) -> bool:
        return obj is None or not obj.orders.exists()


@admin.register(WaitingEntry)
class WaitingEntryAdmin(ReadOnlyAdmin):
    list_display = ["user", "session", "joined_at", "rank", "offered_at", "offer_until", "outcome"]
    fields = [*list_display, "ended_at"]
    ordering = ["-joined_at", "-pk"]
    list_filter = ["outcome", "session__course"]
    list_select_related = ["user", "session__course"]
    search_fields = ["user__email", "user__name"]
    actions = ["take_off"]

    @admin.action(description="Take off the waiting list")
    def take_off(self, request: HttpRequest, entries: QuerySet[WaitingEntry]) -> None:
        for entry in entries.filter(ended_at__isnull=True).select_related("session__course", "user"):
            entry.take_off(request.user)  # type: ignore[arg-type]
        self.message_user(request, "They no longer wait.", messages.SUCCESS)


@admin.register(SeatInvitation)
class SeatInvitationAdmin(ReadOnlyAdmin):
    list_display = ["email", "order", "invited_at", "taken_by", "withdrawn_at"]
    list_select_related = ["order", "taken_by"]
    search_fields = ["email", "order__company"]
    fields = ["order", "email", "invited_at", "taken_by", "taken_at", "withdrawn_at"]
