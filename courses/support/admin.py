"""Questions, for admins."""

from django.contrib import admin
from unfold.admin import TabularInline

from courses.people.admin import AuditedAdmin
from courses.support.models import Message, Ticket


class MessageInline(TabularInline):
    model = Message
    fields = ["author", "text", "sent_at"]
    autocomplete_fields = ["author"]
    extra = 0


@admin.register(Ticket)
class TicketAdmin(AuditedAdmin):
    list_display = ["subject", "asker", "asked_at"]
    list_select_related = ["asker"]
    search_fields = ["subject", "asker__email"]
    autocomplete_fields = ["asker"]
    inlines = [MessageInline]
