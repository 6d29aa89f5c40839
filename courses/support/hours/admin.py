"""Office hours, for admins to look at; they are opened, moved and canceled on the pages of their session."""

from django.contrib import admin
from unfold.admin import TabularInline

from courses.people.admin import ReadOnly, ReadOnlyAdmin
from courses.support.hours.bookings import Booking
from courses.support.hours.models import OfficeHour


class BookingInline(ReadOnly, TabularInline):
    model = Booking
    fields = readonly_fields = ["student", "about", "booked_at", "canceled_at"]
    extra = 0


@admin.register(OfficeHour)
class OfficeHourAdmin(ReadOnlyAdmin):
    list_display = ["host", "session", "starts_at", "ends_at", "booked", "capacity", "canceled_at"]
    list_filter = ["session__course", ("canceled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["host", "session__course"]
    search_fields = ["host__email", "host__name", "session__slug", "session__course__title"]
    date_hierarchy = "starts_at"
    ordering = ["-starts_at", "-pk"]
    fields = ["session", "host", "starts_at", "ends_at", "room", "join_url", "capacity", "booked", "canceled_at"]
    inlines = [BookingInline]
