"""Enrollments, for admins. Enrolling and withdrawing count the seats: rows are neither added nor deleted here."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from courses.enrollment.models import Enrollment


@admin.register(Enrollment)
class EnrollmentAdmin(ModelAdmin):
    list_display = ["user", "session", "enrolled_at", "withdrawn_at"]
    list_filter = ["session__course"]
    list_select_related = ["user", "session__course"]
    search_fields = ["user__email", "user__name", "session__slug"]
    fields = readonly_fields = ["user", "session", "enrolled_at", "withdrawn_at"]
    actions = ["withdraw"]

    @admin.action(description="Withdraw, giving the seats back")
    def withdraw(self, request: HttpRequest, enrollments: QuerySet[Enrollment]) -> None:
        for enrollment in enrollments.active():  # type: ignore[attr-defined]
            enrollment.withdraw()
        self.message_user(request, "They are withdrawn; their seats are free.")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Enrollment | None = None) -> bool:
        return False
