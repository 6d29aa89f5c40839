"""The audit trail: what staff changed, who did it and when. Entries are only ever added."""

from collections.abc import Container, Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from courses.people.models import User


class Change(models.Model):
    """One thing that a member of staff changed, as a sentence, with the fields' values before and after."""

    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="changes", editable=False)
    what = models.CharField(max_length=300, editable=False)
    session = models.ForeignKey(
        "courses.Session", models.SET_NULL, null=True, blank=True, related_name="changes", editable=False
    )
    values = models.JSONField(default=dict, editable=False, help_text="field: [before, after]")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.actor} {self.what}"


def record(actor: User, what: str, session: Any = None, values: Mapping[str, tuple[Any, Any]] | None = None) -> Change:
    """Note that `actor` did this. Call it in the transaction that does it.

    what : what was done, to be read after the actor's name: "moved Ann Lee to Online, January 11, 2027".
    values : what the fields held before and after, as JSON can hold it or as text.
    """
    kept = {name: [_plain(before), _plain(after)] for name, (before, after) in (values or {}).items()}
    return Change.objects.create(actor=actor, what=what[:300], session=session, values=kept)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def differences(before: models.Model, after: models.Model, besides: Container[str] = ()) -> dict[str, tuple[Any, Any]]:
    """The columns in which two states of a row differ, with both values, as `record` takes them."""
    columns = [field.attname for field in before._meta.concrete_fields if field.attname not in besides]
    pairs = {column: (getattr(before, column), getattr(after, column)) for column in columns}
    return {column: pair for column, pair in pairs.items() if pair[0] != pair[1]}
