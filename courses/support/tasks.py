"""What is done for questions: the school's worker fetches mail, and beat deletes files that belong to none."""

import logging

from celery import shared_task
from django.conf import settings

from courses import bell
from courses.support.attachments import Attachment
from courses.support.inbound.mailboxes import open_mailbox
from courses.support.inbound.taking import take_all

log = logging.getLogger(__name__)
FETCH = "courses.support.tasks.fetch"


@shared_task(name=FETCH)
def fetch() -> None:
    """Take what waits in the mailbox. Raises MailboxUnusable; beat rings again."""
    with open_mailbox(settings.INBOUND_MAIL_URL) as waiting:
        take_all(waiting)


@shared_task(name="courses.support.tasks.ring_for_inbound")
def ring_for_inbound() -> None:
    """Have the worker look into the mailbox."""
    bell.ring(FETCH, queue="school")


@shared_task(name="courses.support.tasks.sweep_files")
def sweep_files() -> None:
    """Delete the files of messages that are deleted."""
    if swept := Attachment.objects.sweep_files():
        log.info("%s files of deleted messages are deleted", swept)
