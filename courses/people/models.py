"""People: everyone signs in with an e-mail address and reads dates in a time zone of their own."""

import zoneinfo
from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models

from courses.people.kinds import ON_REQUEST, OPTIONAL


def validate_time_zone(name: str) -> None:
    """Refuse what is no IANA time zone, such as "EST5" or "Berlin"."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(f"“{name}” is no IANA time zone. Write one such as America/New_York.")


class UserManager(BaseUserManager["User"]):
    """Creates people by e-mail address; there are no user names."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person. Admins are staff and superusers; the other roles come from sessions and enrollments."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=150, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    muted = models.JSONField(default=list, blank=True, help_text="kinds of mail that the person does not want")
    asked_for = models.JSONField(
        default=list, blank=True, help_text="kinds of mail that the person asked for, which others do not get"
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def is_admin(self) -> bool:
        """Runs the school: sees and edits everything."""
        return self.is_active and self.is_superuser

    @property
    def teaches(self) -> bool:
        """Runs sessions, or assists in some."""
        return self.is_admin or hasattr(self, "instructor") or self.assisted_sessions.exists()

    def want(self, kinds: Iterable[str], *, of: Iterable[str]) -> None:
        """Of these kinds of mail, get those that are named and no others."""
        of, kinds = set(of), set(kinds)
        self.muted = sorted(set(self.muted) - of | (of - kinds) & set(OPTIONAL))
        self.asked_for = sorted(set(self.asked_for) - of | of & kinds & set(ON_REQUEST))
        self.save(update_fields=["muted", "asked_for"])

    def mute(self, kind: str) -> None:
        """Get no more mail of this kind, where it can be done without."""
        self.want([], of=[kind])


def people_in_words(number: int) -> str:
    """“1 person”, “20 people”."""
    return "1 person" if number == 1 else f"{number} people"
