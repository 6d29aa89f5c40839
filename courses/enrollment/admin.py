"""Enrollments, waiting lists and money, for admins. Seats and books are moved by what counts them, never by hand."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from courses.enrollment.models import Enrollment
from courses.enrollment.orders.ledger import Posting, Transaction
from courses.enrollment.orders.models import Order, SeatInvitation, Voucher
from courses.enrollment.orders.payouts import Payout
from courses.enrollment.waiting.models import WaitingEntry
from courses.people import audit
from courses.people.admin import AuditedAdmin


class ReadOnly:
    """Rows are seen here, and neither added, changed nor deleted."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Enrollment)
class EnrollmentAdmin(ReadOnly, ModelAdmin):
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
            audit.record(request.user, f"withdrew {enrollment.user}", enrollment.session)  # type: ignore[arg-type]
        self.message_user(request, "They are withdrawn; their seats are free, or offered to the next who wait.")


class TransactionInline(ReadOnly, TabularInline):
    model = Transaction
    fields = readonly_fields = ["kind", "amount", "provider", "reference", "memo", "at", "booked_by"]
    extra = 0


class SeatInvitationInline(ReadOnly, TabularInline):
    model = SeatInvitation
    fields = readonly_fields = ["email", "invited_at", "taken_by", "withdrawn_at"]
    extra = 0


@admin.register(Order)
class OrderAdmin(ReadOnly, ModelAdmin):
    """Money is booked on the order's page of the books, at /money/."""

    list_display = ["number", "buyer", "company", "session", "seats", "seats_released", "held_until", "placed_at"]
    list_filter = ["session__course"]
    list_select_related = ["buyer", "session__course"]
    search_fields = ["buyer__email", "buyer__name", "company", "pk"]
    inlines = [TransactionInline, SeatInvitationInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        return super().get_queryset(request).prefetch_related("transactions__postings")


@admin.register(Payout)
class PayoutAdmin(ReadOnly, ModelAdmin):
    """Refunds whose provider is told by a worker."""

    list_display = ["refund", "attempts", "due_at", "sent_at", "error"]
    list_select_related = ["refund__order"]
    actions = ["try_again"]

    @admin.action(description="Ask the provider again")
    def try_again(self, request: HttpRequest, payouts: QuerySet[Payout]) -> None:
        number = payouts.try_again()  # type: ignore[attr-defined]
        self.message_user(request, f"{number} providers are asked again in a moment.")


class PostingInline(ReadOnly, TabularInline):
    model = Posting
    extra = 0


@admin.register(Transaction)
class TransactionAdmin(ReadOnly, ModelAdmin):
    list_display = ["at", "kind", "order", "amount", "provider", "reference", "memo"]
    list_filter = ["kind", "provider"]
    search_fields = ["reference", "memo", "order__buyer__email"]
    inlines = [PostingInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Transaction]:
        return super().get_queryset(request).select_related("order").prefetch_related("postings")


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
class WaitingEntryAdmin(ReadOnly, ModelAdmin):
    list_display = ["user", "session", "joined_at", "rank", "offered_at", "offer_until", "outcome"]
    list_filter = ["outcome", "session__course"]
    list_select_related = ["user", "session__course"]
    search_fields = ["user__email", "user__name"]
    actions = ["take_off"]

    @admin.action(description="Take off the waiting list")
    def take_off(self, request: HttpRequest, entries: QuerySet[WaitingEntry]) -> None:
        for entry in entries.filter(ended_at__isnull=True).select_related("session__course", "user"):
            if entry.leave():
                audit.record(request.user, f"took {entry.user} off the waiting list", entry.session)  # type: ignore[arg-type]
        self.message_user(request, "They no longer wait.", messages.SUCCESS)


@admin.register(SeatInvitation)
class SeatInvitationAdmin(ReadOnly, ModelAdmin):
    list_display = ["email", "order", "invited_at", "taken_by", "withdrawn_at"]
    list_select_related = ["order", "taken_by"]
    search_fields = ["email", "order__company"]
    fields = ["order", "email", "invited_at", "taken_by", "taken_at", "withdrawn_at"]
