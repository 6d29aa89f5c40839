"""Every address with every role, on real objects: what a person may not see answers 404.

The tables were written by hand from who may do what. 200 and 201: done; 302: done, and led on; login: led to
sign in; 401: the same for programs; 404: not there for this person; 405: not this way.
"""

import datetime
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from courses.models import Course, Enrollment, Instructor, Lecture, Section, SectionLecture, Session, Ticket, User
from grader import health
from grader.exercises import load
from grader.models import Exercise, Submission

ROLES = ("visitor", "student", "other", "assistant", "instructor", "stranger", "admin")
EVERYONE = "200 200 200 200 200 200 200"
SIGNED_IN = "login 200 200 200 200 200 200"
NOT_THIS_WAY = "405 405 405 405 405 405 405"
# A student of this course, another one of another course, the session's assistant and instructor, another session's.
PAGES = {
    # No worker runs here, which everybody may know.
    ("health", "GET"): "503 503 503 503 503 503 503",
    ("health", "POST"): NOT_THIS_WAY,
    ("home", "GET"): EVERYONE,
    ("home", "POST"): NOT_THIS_WAY,
    ("profile", "GET"): SIGNED_IN,
    ("profile", "POST"): "login 400 400 400 400 400 400",
    ("course", "GET"): EVERYONE,
    ("course", "POST"): NOT_THIS_WAY,
    ("course unpublished", "GET"): "404 404 404 404 404 404 200",
    ("session", "GET"): EVERYONE,
    ("session", "POST"): NOT_THIS_WAY,
    ("session unpublished", "GET"): "404 404 404 404 200 404 200",
    ("enroll", "GET"): "login 405 405 405 405 405 405",
    ("enroll", "POST"): "login 302 302 302 302 302 302",
    ("enroll unpublished", "POST"): "login 404 404 404 302 404 302",
    ("withdraw", "GET"): "login 405 405 405 405 405 405",
    ("withdraw", "POST"): "login 302 404 404 404 404 404",
    ("lecture", "GET"): "404 200 404 200 200 200 200",
    ("lecture", "POST"): NOT_THIS_WAY,
    ("lecture sample", "GET"): EVERYONE,
    ("figure", "GET"): "404 200 404 200 200 200 200",
    ("figure sample", "GET"): EVERYONE,
    ("figure", "POST"): NOT_THIS_WAY,
    ("read", "GET"): "login 405 405 405 405 405 405",
    ("read", "POST"): "login 302 404 302 302 302 302",
    ("read sample", "POST"): "login 302 302 302 302 302 302",
    ("laboratories", "GET"): EVERYONE,
    ("laboratories", "POST"): NOT_THIS_WAY,
    ("laboratory", "GET"): "404 200 404 200 200 200 200",
    ("laboratory sample", "GET"): EVERYONE,
    ("laboratory", "POST"): NOT_THIS_WAY,
    ("tickets", "GET"): SIGNED_IN,
    ("tickets", "POST"): "login 405 405 405 405 405 405",
    ("ticket", "GET"): "login 200 404 200 200 404 200",
    ("ticket", "POST"): "login 302 404 302 302 404 302",
    ("ask_about_exercise", "GET"): "login 200 404 200 200 200 200",
    ("ask_about_exercise", "POST"): "login 302 404 302 302 302 302",
    ("ask_about_submission", "GET"): "login 200 404 404 404 404 404",
    ("ask_about_submission", "POST"): "login 302 404 404 404 404 404",
    ("exercise", "GET"): "login 200 404 200 200 200 200",
    ("exercise", "POST"): "login 302 404 302 302 302 302",
    ("exercise sample", "GET"): EVERYONE,
    # Whoever has no session that takes work is told so.
    ("exercise sample", "POST"): "login 302 400 302 302 302 302",
    ("run", "GET"): "login 404 404 404 404 404 404",
    ("run", "POST"): "login 200 404 200 200 200 200",
    ("run sample", "GET"): "404 404 404 404 404 404 404",
    ("run sample", "POST"): EVERYONE,
    ("my_submissions", "GET"): SIGNED_IN,
    ("my_submissions", "POST"): "login 405 405 405 405 405 405",
    ("submission", "GET"): "login 200 404 200 200 404 200",
    ("submission", "POST"): "login 405 405 405 405 405 405",
    ("cancel", "GET"): "login 405 405 405 405 405 405",
    ("cancel", "POST"): "login 302 404 404 404 404 404",
}
API = {
    ("api-course-list", "GET"): EVERYONE,
    ("api-course-list", "POST"): NOT_THIS_WAY,
    ("api-course-detail", "GET"): EVERYONE,
    ("api-course-detail", "DELETE"): NOT_THIS_WAY,
    ("api-course-detail unpublished", "GET"): "404 404 404 404 404 404 200",
    ("api-session-list", "GET"): EVERYONE,
    ("api-session-list", "POST"): NOT_THIS_WAY,
    ("api-session-detail", "GET"): EVERYONE,
    ("api-session-detail", "PATCH"): NOT_THIS_WAY,
    ("api-session-detail unpublished", "GET"): "404 404 404 404 200 404 200",
    ("api-lecture-list", "GET"): EVERYONE,
    ("api-lecture-list", "POST"): NOT_THIS_WAY,
    ("api-lecture-detail", "GET"): "404 200 404 200 200 200 200",
    ("api-lecture-detail", "PUT"): NOT_THIS_WAY,
    ("api-enrollment-list", "GET"): "401 200 200 200 200 200 200",
    ("api-enrollment-list", "POST"): "401 201 201 201 201 201 201",
    ("api-enrollment-list unpublished", "POST"): "401 400 400 400 409 400 409",
    ("api-enrollment-detail", "GET"): "401 200 404 404 404 404 404",
    ("api-enrollment-detail", "DELETE"): "401 204 404 404 404 404 404",
    ("api-exercise-list", "GET"): "401 200 200 200 200 200 200",
    ("api-exercise-list", "POST"): "401 405 405 405 405 405 405",
    ("api-exercise-detail", "GET"): "401 200 404 200 200 200 200",
    ("api-exercise-detail", "DELETE"): "401 405 405 405 405 405 405",
    ("api-submission-list", "GET"): "401 200 200 200 200 200 200",
    ("api-submission-list", "POST"): "401 201 400 201 201 201 201",
    ("api-submission-detail", "GET"): "401 200 404 200 200 404 200",
    ("api-submission-cancel", "GET"): "401 405 405 405 405 405 405",
    ("api-submission-cancel", "POST"): "401 200 404 404 404 404 404",
    ("api-submission-detail", "DELETE"): "401 405 405 405 405 405 405",
    ("api-token", "POST"): "400 200 200 200 200 200 200",
    ("api-token", "DELETE"): "204 204 204 204 204 204 204",
    ("api-schema", "GET"): EVERYONE,
    ("api-docs", "GET"): EVERYONE,
    ("api-unknown", "GET"): "404 404 404 404 404 404 404",
    ("api-unknown", "POST"): "404 404 404 404 404 404 404",
}
# Accounts belong to whoever signs in: (a visitor, anyone who has signed in).
ACCOUNTS = {
    "account_login": ("200", "302"),
    "account_logout": ("302", "200"),
    "account_inactive": ("200", "200"),
    "account_signup": ("200", "302"),
    "account_reauthenticate": ("login", "200"),
    "account_email": ("login", "200"),
    "account_email_verification_sent": ("200", "200"),
    "account_change_password": ("login", "200"),
    "account_set_password": ("login", "302"),
    "account_reset_password": ("200", "200"),
    "account_confirm_login_code": ("login", "302"),
    "account_confirm_email": ("200", "200"),
    "account_reset_password_from_key": ("200", "200"),
    "account_reset_password_from_key_done": ("200", "200"),
    "account_reset_password_done": ("200", "200"),
    "mfa_index": ("login", "200"),
    "mfa_authenticate": ("login", "302"),
    "mfa_reauthenticate": ("login", "302"),
    # To the password first, once more.
    "mfa_activate_totp": ("login", "302"),
    "mfa_deactivate_totp": ("login", "404"),
    "mfa_view_recovery_codes": ("login", "404"),
    "mfa_generate_recovery_codes": ("login", "302"),
    "mfa_download_recovery_codes": ("login", "404"),
}


@pytest.fixture
def school(db, monkeypatch) -> dict[str, Any]:
    """Two courses with a session each, one of both unpublished, and somebody in every role."""
    today = timezone.now().date()
    # /health/ gives no answer that another test has asked for.
    monkeypatch.setattr(health, "ANSWER_KEPT_SECONDS", -1.0)

    def session(course: Course, slug: str, published: bool = True) -> Session:
        return Session.objects.create(
            course=course, slug=slug, modality="online", time_zone="UTC", seats=50, price=1, published=published,
            starts_on=today, ends_on=today + datetime.timedelta(days=9),
        )  # fmt: skip

    # The slugs of ours, whose figures lie beside them.
    lecture = Lecture.objects.create(slug="back-propagation", title="B", body="::: laboratory neuron-chain\n:::\n")
    sample = Lecture.objects.create(
        slug="two-steps-make-a-bump", title="S", body="::: laboratory bump\n:::\n", sample=True
    )
    course, elsewhere = (Course.objects.create(slug=slug, title=slug) for slug in ("course", "elsewhere"))
    section = Section.objects.create(course=course, slug="s", title="S", position=1)
    for position, placed in enumerate((lecture, sample), 1):
        SectionLecture.objects.create(course=course, section=section, lecture=placed, position=position)
    people = {role: User.objects.create_user(f"{role}@example.org", "x") for role in ROLES[1:-1]}
    people["admin"] = User.objects.create_superuser("admin@example.org", "x")
    here, there, draft = session(course, "here"), session(elsewhere, "there"), session(course, "draft", published=False)
    teacher = Instructor.objects.create(slug="teacher", name="T", user=people["instructor"])
    here.instructors.add(teacher)
    draft.instructors.add(teacher)
    there.instructors.add(Instructor.objects.create(slug="stranger", name="S", user=people["stranger"]))
    here.assistants.add(people["assistant"])
    enrollment = Enrollment.objects.enroll(people["student"], here)
    Enrollment.objects.enroll(people["other"], there)
    folder = load("backpropagation")
    exercise = Exercise.objects.create(
        slug=folder.slug, version=folder.version, title=folder.title, lecture=lecture, points=10, flavor="numpy",
        wall_seconds=10, statement=folder.statement, starter=folder.starter,
    )  # fmt: skip
    Exercise.objects.create(
        slug="sample",
        version="1",
        title="Sample",
        lecture=sample,
        points=10,
        flavor="numpy",
        wall_seconds=10,
        sample=True,
    )
    submission = Submission.objects.create(student=people["student"], exercise=exercise, source="x")
    unpublished = Course.objects.create(slug="unpublished", title="U", published=False)
    return {
        "people": people, "here": here, "draft": draft, "enrollment": enrollment, "exercise": exercise,
        "submission": submission, "unpublished": unpublished,
        "ticket": Ticket.objects.ask(people["student"], "Why?", subject="About it"),
    }  # fmt: skip


def address_of(name: str, school: dict[str, Any]) -> str:
    """The address of a table's row; a word after the name means another object than the usual one."""
    name, _, other = name.partition(" ")
    course = "unpublished" if other and "course" in name else "course"
    session = school["draft"] if other else school["here"]
    lecture = "two-steps-make-a-bump" if other else "back-propagation"
    exercise = "sample" if other else "backpropagation"
    arguments = {
        "course": [course], "session": ["course", session.slug], "enroll": ["course", session.slug],
        "withdraw": ["course", session.slug], "lecture": ["course", lecture], "read": ["course", lecture],
        "figure": ["course", lecture, "sums" if other else "descent"],
        "laboratory": ["bump" if other else "neuron-chain"], "ticket": [school["ticket"].pk],
        "ask_about_exercise": ["backpropagation"], "ask_about_submission": [school["submission"].pk],
        "exercise": [exercise], "run": [exercise], "submission": [school["submission"].pk],
        "cancel": [school["submission"].pk], "api-submission-cancel": [school["submission"].pk],
        "api-course-detail": [course], "api-session-detail": [session.pk], "api-lecture-detail": ["back-propagation"],
        "api-enrollment-detail": [school["enrollment"].pk], "api-exercise-detail": ["backpropagation"],
        "api-submission-detail": [school["submission"].pk], "account_confirm_email": ["key"],
        "account_reset_password_from_key": ["1", "key"],
    }  # fmt: skip
    return "/api/v1/nowhere/" if name == "api-unknown" else reverse(name, args=arguments.get(name, []))


def body_of(name: str, school: dict[str, Any]) -> dict[str, Any]:
    bodies = {
        "profile": {"time_zone": "Mars"},
        **{name: {"source": "a = 1"} for name in ("exercise", "exercise sample", "run", "run sample")},
        "read": {"confidence": "followed"},
        "read sample": {"confidence": "sure"},
        "ticket": {"text": "Because of σ′."},
        "ask_about_exercise": {"text": "Why?"},
        "ask_about_submission": {"text": "Why?"},
        "api-enrollment-list": {"session": school["here"].pk},
        "api-enrollment-list unpublished": {"session": school["draft"].pk},
        "api-submission-list": {"exercise": "backpropagation", "source": "a = 1"},
    }
    return bodies.get(name, {})


def client_of(role: str, school: dict[str, Any]) -> Client:
    client = Client(raise_request_exception=False)
    if role != "visitor":
        client.force_login(school["people"][role])
    return client


def answer(client: Client, method: str, address: str, body: dict[str, Any] | None = None) -> str:
    """The status, or "login" where the way leads to signing in."""
    pairs = {"data": body} if method in ("GET", "POST") else {}
    response = getattr(client, method.lower())(address, **pairs)
    leads_to_login = response.status_code == 302 and response["Location"].startswith("/accounts/login/")
    return "login" if leads_to_login else str(response.status_code)


@pytest.mark.parametrize(
    ("row", "expected"), [*PAGES.items(), *API.items()], ids=lambda v: " ".join(v) if isinstance(v, tuple) else ""
)
def test_each_role_gets_what_it_may(row, expected, school):
    name, method = row
    address, body = address_of(name, school), body_of(name, school)
    got = " ".join(answer(client_of(role, school), method, address, body) for role in ROLES)
    assert got == expected


@pytest.mark.parametrize("name", ACCOUNTS)
def test_accounts_belong_to_whoever_signs_in(name, school):
    address = address_of(name, school)
    got = [answer(client_of(role, school), "GET", address) for role in ROLES]
    visitor, person = ACCOUNTS[name]
    assert got == [visitor] + [person] * (len(ROLES) - 1)


def test_the_admin_is_there_for_admins_only(school):
    addresses = {reverse("admin:index"): "200", reverse("admin:login"): "302"}
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses[reverse(f"{name}_changelist")] = "200"
        if (some := model.objects.first()) is not None:
            addresses[reverse(f"{name}_change", args=[some.pk])] = "200"
    assert len(addresses) > 15
    for role in ROLES:
        client = client_of(role, school)
        expected = addresses if role == "admin" else dict.fromkeys(addresses, "404")
        assert {address: answer(client, "GET", address) for address in addresses} == expected
        if role != "admin":
            assert {answer(client, "POST", address, {}) for address in addresses} == {"404"}


def test_no_address_is_left_out_of_the_tables():
    walked = {name.partition(" ")[0] for name, _ in [*PAGES, *API]} | set(ACCOUNTS)
    assert {name for name in names(get_resolver()) if not name.startswith("admin:")} == walked


def names(resolver: URLResolver, namespace: str = "") -> set[str]:
    found = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            found.add(f"{namespace}{pattern.name}")
    return found
