"""Courses and what belongs to them, for admins."""

from django.contrib import admin
from unfold.admin import TabularInline

from courses.catalog.models import Course, Faq, Instructor, Lecture, Section, SectionLecture
from courses.people.admin import AuditedAdmin


class SectionInline(TabularInline):
    model = Section
    fields = ["position", "title", "slug", "chapter"]
    extra = 0
    show_change_link = True


class FaqInline(TabularInline):
    model = Faq
    fields = ["position", "question", "slug", "answer"]
    extra = 0


class PlaceInline(TabularInline):
    model = SectionLecture
    fields = ["position", "lecture", "course"]
    autocomplete_fields = ["lecture", "course"]
    extra = 0


@admin.register(Course)
class CourseAdmin(AuditedAdmin):
    list_display = ["title", "skill_level", "language", "published"]
    list_filter = ["published", "skill_level"]
    search_fields = ["title", "slug"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["instructors", "related"]
    inlines = [SectionInline, FaqInline]


@admin.register(Section)
class SectionAdmin(AuditedAdmin):
    list_display = ["title", "course", "position", "chapter"]
    list_filter = ["course"]
    list_select_related = ["course"]
    search_fields = ["title"]
    inlines = [PlaceInline]


@admin.register(Lecture)
class LectureAdmin(AuditedAdmin):
    list_display = ["title", "slug", "written", "sample"]
    list_filter = ["sample"]
    search_fields = ["title", "slug"]
    prepopulated_fields = {"slug": ["title"]}

    @admin.display(boolean=True)
    def written(self, lecture: Lecture) -> bool:
        return lecture.written


@admin.register(Instructor)
class InstructorAdmin(AuditedAdmin):
    list_display = ["name", "title", "user"]
    list_select_related = ["user"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["user"]


@admin.register(Faq)
class FaqAdmin(AuditedAdmin):
    list_display = ["question", "course", "position"]
    list_filter = ["course"]
    list_select_related = ["course"]
    search_fields = ["question"]
