"""Files that go with messages: kept under names that nobody guesses, given to who may read the message."""

import datetime
import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import models
from django.http import FileResponse
from django.urls import reverse
from django.utils import timezone

from courses.enrollment.access import Person
from courses.support.files import Checked

if TYPE_CHECKING:
    from courses.support.messages import Message

FOLDER = "questions"
# A file is there before the row that names it.
SPARED = datetime.timedelta(days=1)


def random_name(attachment: "Attachment", name: str) -> str:
    """Where the file lies; nothing of its own name is in it."""
    return f"{FOLDER}/{secrets.token_hex(20)}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, person: Person) -> "AttachmentQuerySet":
        """Those of messages that the person may read."""
        messages: type[Message] = self.model._meta.get_field("message").related_model  # type: ignore[assignment]
        return self.filter(message__in=messages.objects.visible_to(person))

    def keep(self, message: "Message", files: Iterable[Checked]) -> None:
        """Keep these files with the message."""
        for file in files:
            self.create(
                message=message,
                file=ContentFile(file.data, name=file.name),
                name=file.name,
                size=len(file.data),
                content_type=file.content_type,
            )

    def sweep_files(self) -> int:
        """Delete the files that none of these rows names, but for those of the last day; how many they were.

        A row goes with its message, its question or whoever wrote it, wherever these are deleted.
        """
        storage = Attachment._meta.get_field("file").storage
        try:
            lying = storage.listdir(FOLDER)[1]
        except FileNotFoundError:
            return 0
        unnamed = {f"{FOLDER}/{name}" for name in lying}.difference(self.values_list("file", flat=True))
        old = [name for name in unnamed if storage.get_modified_time(name) < timezone.now() - SPARED]
        for name in old:
            storage.delete(name)
        return len(old)


class Attachment(models.Model):
    """A file, under the name that it came with."""

    message = models.ForeignKey("courses.Message", models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to=random_name, editable=False)
    name = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(editable=False, help_text="bytes")
    content_type = models.CharField(max_length=50, editable=False, help_text="as its bytes say")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("question_file", args=[self.pk])

    def response(self) -> FileResponse:
        """The file to keep, never to be shown as a page of ours: no browser guesses at it or runs what is in it."""
        response = FileResponse(
            self.file.open(), as_attachment=True, filename=self.name, content_type=self.content_type
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["Cache-Control"] = "private, no-store"
        return response
