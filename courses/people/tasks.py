"""What the school's worker does for people: sending mail."""

import logging
import smtplib

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from courses import bell
from courses.people.mail import DELIVER, ON_REQUEST, OPTIONAL, Mail, mute_address

log = logging.getLogger(__name__)


@shared_task(name=DELIVER)
def deliver() -> None:
    """Send what is due, one mail after another over one connection. A bell too many finds nothing.

    A server that cannot be reached ends the round: beat rings again.
    """
    connection = get_connection()
    while (mail := Mail.objects.select_related("person").claim_next()) is not None:
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            put_off(mail, error)
            return
        try:
            message_of(mail, connection).send()
        except (OSError, smtplib.SMTPException, ValueError) as error:
            put_off(mail, error)
            connection.close()
        else:
            mail.note_sent()
    connection.close()


@shared_task(name="courses.people.tasks.ring_for_mail")
def ring_for_mail() -> None:
    """Ring for mail that waits, whatever became of its first bell."""
    if Mail.objects.due().exists():
        bell.ring(DELIVER, queue="school")


def put_off(mail: Mail, error: Exception) -> None:
    """Try again later, or not at all where the addressee's own server says that nobody is there."""
    refused = error.recipients.values() if isinstance(error, smtplib.SMTPRecipientsRefused) else []
    for_good = bool(refused) and all(code >= 500 for code, _ in refused)
    mail.put_off(f"{type(error).__name__}: {error}", for_good=for_good)
    log.error("mail %s was not sent%s: %s", mail.pk, ", and is given up" if for_good else "", error)


def message_of(mail: Mail, connection: object) -> EmailMultiAlternatives:
    """The mail as text and HTML."""
    message = EmailMultiAlternatives(
        mail.subject, mail.text, None, [mail.address], connection=connection, headers=headers_of(mail)
    )
    message.attach_alternative(mail.html, "text/html")
    return message


def headers_of(mail: Mail) -> dict[str, str]:
    """A Message-ID that stays when the same mail is sent again, and how to do without such mail (RFC 8058)."""
    host = settings.SITE_URL.partition("//")[2].partition(":")[0]
    headers = {"Message-ID": f"<mail-{mail.pk}@{host}>", "Auto-Submitted": "auto-generated", **mail.headers}
    if mail.person is not None and mail.kind in OPTIONAL + ON_REQUEST:
        headers["List-Unsubscribe"] = f"<{settings.SITE_URL}{mute_address(mail.person, mail.kind)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
