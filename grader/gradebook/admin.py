"""What staff decide about scores, for admins: to look at. It is changed where scores follow."""

from django.contrib import admin

from courses.people.admin import ReadOnlyAdmin
from grader.gradebook.models import (
    CheckRevision,
    Correction,
    Criterion,
    LineComment,
    Mark,
    Override,
    RegradeRequest,
    Scheme,
)


@admin.register(LineComment)
class LineCommentAdmin(ReadOnlyAdmin):
    list_display = ["submission", "line", "author", "session", "at", "told_at"]
    list_select_related = ["submission__exercise", "submission__student", "author", "session__course"]
    search_fields = ["submission__student__email", "author__email", "text"]
    date_hierarchy = "at"


@admin.register(Criterion)
class CriterionAdmin(ReadOnlyAdmin):
    list_display = ["title", "assignment", "position", "points"]
    list_select_related = ["assignment__exercise"]
    search_fields = ["title"]


@admin.register(Mark)
class MarkAdmin(ReadOnlyAdmin):
    list_display = ["student", "criterion", "points", "by", "at"]
    list_select_related = ["student", "criterion", "by"]
    search_fields = ["student__email", "criterion__title"]
    date_hierarchy = "at"


@admin.register(RegradeRequest)
class RegradeRequestAdmin(ReadOnlyAdmin):
    list_display = ["student", "assignment", "state", "asked_at", "answered_by", "answered_at"]
    list_filter = ["state"]
    list_select_related = ["student", "assignment__exercise", "answered_by"]
    search_fields = ["student__email", "text"]
    date_hierarchy = "asked_at"


@admin.register(CheckRevision)
class CheckRevisionAdmin(ReadOnlyAdmin):
    list_display = ["check_name", "assignment", "points", "reason", "by", "at"]
    list_select_related = ["assignment__exercise", "by"]
    search_fields = ["check_name"]


@admin.register(Override)
class OverrideAdmin(ReadOnlyAdmin):
    list_display = ["student", "assignment", "points", "of", "by", "at"]
    list_select_related = ["student", "assignment__exercise", "by"]
    search_fields = ["student__email", "reason"]
    date_hierarchy = "at"


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ["student", "assignment", "before", "after", "by", "at"]
    list_select_related = ["student", "assignment__exercise", "by"]
    search_fields = ["student__email", "why"]
    date_hierarchy = "at"


@admin.register(Scheme)
class SchemeAdmin(ReadOnlyAdmin):
    list_display = ["session", "drop_lowest"]
    list_select_related = ["session__course"]
