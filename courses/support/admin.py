"""Questions and received mail, for admins to look at.

What is said is told to people, which the pages of questions do: the rows are read only.
"""

from django.contrib import admin
from unfold.admin import TabularInline

from courses.people.admin import ReadOnly, ReadOnlyAdmin
from courses.support.inbound.models import Received
from courses.support.messages import Message
from courses.support.models import Ticket


class MessageInline(ReadOnly, TabularInline):
    model = Message
    fields = ["author", "text", "internal", "sent_at"]
    readonly_fields = fields
    extra = 0


@admin.register(Ticket)
class TicketAdmin(ReadOnlyAdmin):
    list_display = ["subject", "who", "session", "status", "assignee", "asked_at"]
    list_filter = ["status", ("asker", admin.EmptyFieldListFilter), "session__course"]
    list_select_related = ["asker", "assignee", "session__course"]
    search_fields = ["subject", "asker__email", "asker__name", "address", "name"]
    date_hierarchy = "asked_at"
    fields = ["subject", "asker", "name", "address", "session", "course", "status", "waiting_since", "assignee",
              "about_url", "attachment", "asked_at"]  # fmt: skip
    inlines = [MessageInline]

    @admin.display(description="from")
    def who(self, ticket: Ticket) -> str:
        return ticket.who


@admin.register(Received)
class ReceivedAdmin(ReadOnlyAdmin):
    """Mail that came in: what became of it, and why."""

    list_display = ["subject", "sender", "fate", "at", "reason"]
    list_filter = ["fate"]
    search_fields = ["subject", "sender", "key"]
    date_hierarchy = "at"
    fields = ["subject", "sender", "fate", "reason", "message", "key", "at"]
