"""What the school's worker does for the classroom: checking recordings that were uploaded."""

import contextlib
import logging

from celery import shared_task

from courses import bell
from courses.classroom.recordings.checking import settle
from courses.classroom.recordings.uploads import CHECK, Upload, UploadRefused

log = logging.getLogger(__name__)


@shared_task(name=CHECK)
def check_uploads() -> None:
    """Check what has arrived, one after another. A bell too many finds nothing, or somebody at work."""
    for upload in Upload.objects.due().select_related("recording"):
        try:
            settle(upload)
        except UploadRefused as busy:
            log.info("upload %s: %s", upload.pk, busy)
        except Exception as error:
            # A storage that cannot be reached, a full disk: ours, whatever it is, and tried again.
            log.exception("upload %s could not be taken, it is tried again", upload.pk)
            upload.postpone(f"{type(error).__name__}: {error}")


@shared_task(name="courses.classroom.tasks.ring_for_uploads")
def ring_for_uploads() -> None:
    """Ring for uploads that wait, whatever became of their first bell; forget those that have expired."""
    for upload in Upload.objects.arriving():
        with contextlib.suppress(UploadRefused):
            if upload.offset == upload.length:
                upload.arrive()
            elif upload.has_expired:
                upload.give_up()
    if any(waits(upload) for upload in Upload.objects.due()[:20]):
        bell.ring(CHECK, queue="school")


def waits(upload: Upload) -> bool:
    """Whether nobody is at work on it."""
    try:
        with upload.locked():
            return True
    except UploadRefused:
        return not upload.part.exists()
