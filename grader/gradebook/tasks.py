"""What beat does for the gradebook."""

from celery import shared_task

from grader.gradebook.comments.models import LineComment


@shared_task(name="grader.gradebook.tasks.tell_of_comments")
def tell_of_comments() -> None:
    """Write to students about what was said of their code, once those who said it are done."""
    LineComment.objects.tell()
