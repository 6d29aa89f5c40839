"""Submissions, for admins: to look at, and to grade again what failed by our fault."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin

from courses.people.models import User
from grader.submissions.bell import ring
from grader.submissions.models import Result, Submission


@admin.register(Submission)
class SubmissionAdmin(ModelAdmin):
    list_display = ["id", "student", "exercise", "status", "result", "attempt", "queued_at", "finished_at"]
    list_filter = ["status", "result__outcome", "exercise"]
    list_select_related = ["student", "exercise", "result"]
    search_fields = ["student__email", "exercise__slug"]
    date_hierarchy = "queued_at"
    readonly_fields = [field.name for field in Submission._meta.fields]
    actions = ["grade_again", "regrade"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        return super().get_queryset(request).defer("result__data")

    @admin.action(description="Grade again what failed")
    def grade_again(self, request: HttpRequest, submissions: QuerySet[Submission]) -> None:
        failed = submissions.filter(status=Submission.Status.FAILED)
        flavors = list(failed.values_list("exercise__flavor", flat=True))
        failed.update(status=Submission.Status.QUEUED, not_before=timezone.now(), tries=0)
        for flavor in flavors:
            ring(flavor)
        self.message_user(request, f"{len(flavors)} submissions wait to be graded again.")

    @admin.action(description="Regrade what was graded, with the exercise as it is now")
    def regrade(self, request: HttpRequest, submissions: QuerySet[Submission]) -> None:
        assert isinstance(request.user, User)
        chosen = submissions.select_related("exercise")
        asked = [each for each in chosen if each.ask_regrade("asked for by an admin", request.user)]
        for submission in asked:
            ring(submission.exercise.flavor)
        self.message_user(request, f"{len(asked)} submissions wait to be graded again, behind all others.")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Submission | None = None) -> bool:
        return False


@admin.register(Result)
class ResultAdmin(ModelAdmin):
    """To look at only: results are added, never changed."""

    list_display = ["submission", "number", "outcome", "score", "max_score", "reason", "asked_by", "graded_at"]
    list_filter = ["outcome", "submission__exercise"]
    list_select_related = ["submission__student", "submission__exercise", "asked_by"]
    search_fields = ["submission__student__email", "submission__exercise__slug", "reason"]
    date_hierarchy = "graded_at"
    readonly_fields = [field.name for field in Result._meta.fields]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Result]:
        return super().get_queryset(request).defer("data", "submission__source")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Result | None = None) -> bool:
        return False
