"""People to look around with: a student, an assistant, an instructor, an admin. Never in production."""

import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from courses.catalog.models import Instructor
from courses.people.models import User
from courses.sessions.models import Session

DOMAIN = "example.org"
ROLES = ("student", "assistant", "instructor", "admin")
RESET = "GRADUS_ENV=development .venv/bin/python manage.py create_demo_people --reset"


class Command(BaseCommand):
    help = (
        "Creates a student, an assistant, an instructor and an admin with random passwords, and prints these once. "
        "Those that exist are left alone; --reset gives all four a new password. Refused in production."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", action="store_true", help="new passwords for all four")

    @transaction.atomic
    def handle(self, *args: Any, reset: bool, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Demo people are not for production. Create an admin: manage.py create_admin")
        passwords = {}
        for role in ROLES:
            user = User.objects.filter(email=address_of(role)).first()
            if user is None or reset:
                passwords[role] = secrets.token_urlsafe(9)
                give_role(user or create(role), role, passwords[role])
        if passwords:
            self.stdout.write("Sign in as one of these demo people; their passwords are shown this once:")
        for role, password in passwords.items():
            self.stdout.write(f"  {role:<10}  {address_of(role):<24}  {password}")
        if len(passwords) < len(ROLES):
            self.stdout.write(f"The demo people's passwords were shown when they were made. New ones: {RESET}")


def address_of(role: str) -> str:
    return f"{role}@{DOMAIN}"


def create(role: str) -> User:
    user = User.objects.create_user(address_of(role), name=f"Demo {role}", time_zone="America/New_York")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def give_role(user: User, role: str, password: str) -> None:
    """The password, and what makes this person more than a student; nobody's place is taken."""
    user.set_password(password)
    user.is_staff = user.is_superuser = role == "admin"
    user.save()
    if role == "instructor" and not Instructor.objects.filter(user=user).exists():
        free = Instructor.objects.filter(user=None).order_by("slug").first()
        if free is not None:
            free.user = user
            free.save(update_fields=["user"])
    if role == "assistant":
        session = Session.objects.published().upcoming().first()
        if session is not None:
            session.assistants.add(user)
