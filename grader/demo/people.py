"""The school's people: students from everywhere, a few who teach, a few who assist. Nobody can sign in as them."""

import datetime
import random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from courses.enrollment.invitations.models import VALID_FOR
from courses.models import Instructor, Invitation, Session, User
from grader.demo.names import Somebody, invent
from grader.demo.school import Cast, School

PROFILES = (
    (
        "Lecturer, numerical methods",
        "Wrote solvers for bridges before networks, and still asks of each result how it was checked.",
    ),
    (
        "Engineer, machine learning",
        "Brings models into production for a living, and brings back what went wrong with them.",
    ),
    (
        "Lecturer, statistics",
        "Teaches people to doubt a number first and to compute it again afterwards.",
    ),
    (
        "Research engineer, vision",
        "Has taught cameras to tell ships from waves, and knows how many pictures that took.",
    ),
)
ASSISTANTS = 4


def cast() -> Cast | None:
    """The demo people; None unless all four are there."""
    roles = ("student", "assistant", "instructor", "admin")
    found = {user.email: user for user in User.objects.filter(email__in=[f"{role}@example.org" for role in roles])}
    if len(found) < len(roles):
        return None
    return Cast(*(found[f"{role}@example.org"] for role in roles))


def make_people(school: School, number: int) -> None:
    """So many people altogether, with the four who sign in; instructors and assistants are among them."""
    everybody = invent(school.rng, number - 4)
    users = User.objects.bulk_create([user_of(school, somebody) for somebody in everybody])
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users]
    )
    teachers, others = users[: len(PROFILES)], users[len(PROFILES) :]
    school.instructors = [profile_of(school.cast.instructor)]
    for user, (title, biography) in zip(teachers, PROFILES, strict=True):
        slug = user.email.partition("@")[0].replace(".", "-")
        profile = Instructor.objects.create(slug=slug, name=user.name, title=title, biography=biography, user=user)
        school.instructors.append(profile)
    school.assistants, school.students = [school.cast.assistant, *others[:ASSISTANTS]], others[ASSISTANTS:]


def profile_of(user: User) -> Instructor:
    """The public profile of the demo instructor, made where the school had none to give."""
    profile, _ = Instructor.objects.get_or_create(user=user, defaults={"slug": "demo-instructor", "name": user.name})
    return profile


def user_of(school: School, somebody: Somebody) -> User:
    """A person who joined some time in the year; of those who enroll, their seat says later when exactly."""
    return User(
        email=somebody.email,
        name=somebody.name,
        time_zone=somebody.time_zone,
        password=make_password(None),
        date_joined=school.moment(school.now - datetime.timedelta(days=360), school.now),
    )


def invite_staff(school: School, draft: Session | None) -> None:
    """One who came to assist, and one who has been asked to teach what is not published yet."""
    hired, asked_at = school.assistants[-1], school.now - datetime.timedelta(days=200)
    Invitation.objects.create(
        email=hired.email, role=Invitation.Role.ASSISTANT, invited_by=school.cast.admin, invited_at=asked_at,
        expires_at=asked_at + VALID_FOR, accepted_by=hired, accepted_at=asked_at + datetime.timedelta(days=1),
    )  # fmt: skip
    if draft is not None:
        asked_at = school.now - datetime.timedelta(days=2)
        invitation = Invitation.objects.create(
            email="robin.okafor-lind@example.net", role=Invitation.Role.INSTRUCTOR, invited_by=school.cast.admin,
            invited_at=asked_at, expires_at=asked_at + VALID_FOR,
        )  # fmt: skip
        invitation.sessions.add(draft)


def settle_in(rng: random.Random, since: dict[User, datetime.datetime]) -> None:
    """Date everybody's account some days before what they did first."""
    for user, first in since.items():
        user.date_joined = first - datetime.timedelta(minutes=rng.randint(4, 60 * 24 * 9))
    User.objects.bulk_update(since, ["date_joined"], batch_size=500)
