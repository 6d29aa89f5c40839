"""Takes what waits in the school's mailbox; for cron, where beat does not do it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.support.inbound.mailboxes import MailboxUnusable, open_mailbox
from courses.support.inbound.taking import take_all


class Command(BaseCommand):
    help = (
        "Takes what waits in the mailbox INBOUND_MAIL_URL: answers go into their questions, other mail opens new ones. "
        "May be run at any time, also twice at once: no mail is taken twice, and what cannot be taken is put aside."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.INBOUND_MAIL_URL:
            raise CommandError("There is no mailbox. Set INBOUND_MAIL_URL: imaps://user:password@host/folder")
        try:
            with open_mailbox(settings.INBOUND_MAIL_URL) as waiting:
                ends = take_all(waiting)
        except MailboxUnusable as error:
            raise CommandError(str(error)) from error
        for end, number in sorted(ends.items()):
            self.stdout.write(f"{end}: {number}")
        if not ends:
            self.stdout.write("No new mail.")
