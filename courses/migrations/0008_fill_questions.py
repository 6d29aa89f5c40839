"""Questions that were asked before they had a status: whoever spoke last says whose turn it is."""

from django.db import migrations


def fill(apps, schema_editor):
    for ticket in apps.get_model("courses", "Ticket").objects.iterator():
        last = ticket.messages.order_by("sent_at", "pk").last()
        if last is None:
            continue
        ticket.last_at = last.sent_at
        if last.author_id == ticket.asker_id:
            ticket.waiting_since = last.sent_at
        else:
            ticket.status, ticket.waiting_since = "answered", None
        ticket.save(update_fields=["status", "waiting_since", "last_at"])


class Migration(migrations.Migration):
    dependencies = [("courses", "0007_forget_rolled_days")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
