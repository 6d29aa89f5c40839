"""Submissions, for admins: to look at, and to grade again what failed by our fault."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin

from grader.submissions.bell import ring
from grader.submissions.models import Submission


@admin.register(Submission)
class SubmissionAdmin(ModelAdmin):
    list_display = ["id", "student", "exercise", "status", "outcome", "score", "attempt", "queued_at", "finished_at"]
    list_filter = ["status", "outcome", "exercise"]
    list_select_related = ["student", "exercise"]
    search_fields = ["student__email", "exercise__slug"]
    date_hierarchy = "queued_at"
    exclude = ["data"]
    readonly_fields = [field.name for field in Submission._meta.fields if field.name != "data"]
    actions = ["grade_again"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        return super().get_queryset(request).defer("data")

    @admin.action(description="Grade again what failed")
    def grade_again(self, request: HttpRequest, submissions: QuerySet[Submission]) -> None:
        failed = submissions.filter(status=Submission.Status.FAILED)
        flavors = list(failed.values_list("exercise__flavor", flat=True))
        failed.update(status=Submission.Status.QUEUED, not_before=timezone.now())
        for flavor in flavors:
            ring(flavor)
        self.message_user(request, f"{len(flavors)} submissions wait to be graded again.")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Submission | None = None) -> bool:
        return False
