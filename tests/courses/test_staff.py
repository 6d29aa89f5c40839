"""Who teaches and assists: invitations by e-mail, a session's staff, and the trail of what staff changed."""

import datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from courses.enrollment.invitations.models import NotAccepted
from courses.models import Change, Instructor, Invitation, Mail, User
from courses.people.audit import record


def invite(admin: User, role: str = "instructor", email: str = "new@example.org", **more: Any) -> Invitation:
    return Invitation.objects.invite(email, role, admin, **more)


def test_an_admin_invites_by_mail_and_the_link_leads_by_way_of_signing_up_to_a_profile(client, admin, session):
    client.force_login(admin)
    answer = client.post("/people/", {"email": "New@example.org", "role": "instructor", "sessions": [session.pk]})
    assert answer.status_code == 302
    invitation = Invitation.objects.get()
    letter = Mail.objects.get()
    assert (letter.address, letter.kind) == ("new@example.org", "seat")
    assert invitation.get_absolute_url() in letter.text
    assert "Admin invites you to teach" in letter.text
    assert len(invitation.token) >= 43
    client.logout()
    address = invitation.get_absolute_url()
    page = client.get(address).content.decode()
    assert "Admin invites new@example.org to teach" in page
    assert f'href="/accounts/signup/?next={address}"' in page
    assert client.post(address)["Location"] == f"/accounts/login/?next={address}"
    answer = client.post(f"/accounts/signup/?next={address}", {
        "email": "nia@example.org", "password1": "correct horse battery", "password2": "correct horse battery",
    })  # fmt: skip
    assert answer["Location"] == address
    assert "Accept as nia@example.org" in client.get(address).content.decode()
    assert client.post(address)["Location"] == "/teaching/"
    person = User.objects.get(email="nia@example.org")
    assert list(person.instructor.sessions.all()) == [session]
    assert Change.objects.filter(session=session, actor=person).get().what == "accepted the invitation as instructor"
    assert client.get(reverse("roster", args=[session.pk])).status_code == 200


def test_an_invitation_gives_the_profile_that_waits_for_its_person(admin, student):
    profile = Instructor.objects.create(slug="john", name="John Doe")
    invite(admin, instructor=profile).accept(student)
    profile.refresh_from_db()
    assert profile.user == student


def test_a_new_profile_gets_a_name_of_its_own_in_addresses(admin, student):
    Instructor.objects.create(slug="student", name="Another Student")
    invite(admin).accept(student)
    assert (student.instructor.slug, student.instructor.name) == ("student-2", "Student")


def test_who_has_a_profile_keeps_it_and_is_refused_another(client, admin, instructor, new_session):
    session = new_session()
    invite(admin, sessions=[session]).accept(instructor)
    assert list(instructor.instructor.sessions.all()) == [session]
    another = invite(admin, instructor=Instructor.objects.create(slug="john", name="John Doe"))
    client.force_login(instructor)
    answer = client.post(another.get_absolute_url())
    assert answer.status_code == 400
    assert (
        "You have a profile as Ida Instructor already, and this invitation is for John Doe" in answer.content.decode()
    )
    another.refresh_from_db()
    assert another.state == "open"


def test_a_profile_that_was_taken_meanwhile_is_not_given_twice(admin, student, other):
    profile = Instructor.objects.create(slug="john", name="John Doe")
    first, second = invite(admin, instructor=profile), invite(admin, instructor=profile, email="b@example.org")
    first.accept(student)
    with pytest.raises(NotAccepted, match="belongs to somebody else"):
        second.accept(other)
    assert not Instructor.objects.filter(user=other).exists()


def test_an_invitation_is_good_once_even_for_two_who_come_together(admin, student, other, session):
    invitation = invite(admin, "assistant", sessions=[session])
    same = Invitation.objects.get()
    invitation.accept(student)
    with pytest.raises(NotAccepted):
        same.accept(other)
    assert not session.assistants.filter(pk=other.pk).exists()


def test_what_is_over_is_gone_and_says_what_to_do(client, admin, student, other, session):
    invitation = invite(admin, "assistant", sessions=[session])
    address = invitation.get_absolute_url()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=15)):
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 410
            assert "Ask Admin to send it again" in answer.content.decode()
        invitation.resend(admin)
        assert client.get(address).status_code == 200
    assert Mail.objects.filter(address="new@example.org").count() == 2
    invitation.accept(student)
    answer = client.get(address)
    assert (answer.status_code, "used already" in answer.content.decode()) == (410, True)
    client.force_login(student)
    assert "You have accepted this invitation" in client.get(address).content.decode()
    withdrawn = invite(admin, "assistant", "b@example.org", sessions=[session])
    assert withdrawn.withdraw(admin)
    answer = client.post(withdrawn.get_absolute_url())
    assert (answer.status_code, "was withdrawn" in answer.content.decode()) == (410, True)
    assert client.get("/invitations/guessed/").status_code == 404


def test_an_invitation_that_was_accepted_is_not_withdrawn(client, admin, student, session):
    invitation = invite(admin, "assistant", sessions=[session])
    invitation.accept(student)
    assert not invitation.withdraw(admin)
    client.force_login(admin)
    assert client.delete(f"/api/v1/invitations/{invitation.pk}/").status_code == 409


def test_inviting_an_address_again_sends_the_same_invitation_for_more_sessions(admin, session, new_session):
    first = invite(admin, "assistant", sessions=[session])
    second = invite(admin, "assistant", sessions=[new_session("second")])
    assert first == second
    assert first.sessions.count() == 2


def test_the_page_of_people_shows_profiles_assistants_and_open_invitations(client, admin, session, stranger):
    Instructor.objects.create(slug="john", name="John Doe")
    invitation = invite(admin, "assistant", sessions=[session])
    client.force_login(admin)
    page = client.get("/people/").content.decode()
    for said in ("Ida Instructor", "instructor@example.org", "nobody yet", "assistant@example.org", "new@example.org"):
        assert said in page
    assert "Sam Stranger" not in client.get("/people/?q=ida").content.decode()
    answer = client.post("/people/", {"email": "x@example.org", "role": "assistant"})
    assert answer.status_code == 400
    assert "Choose the sessions in which they assist" in answer.content.decode()
    assert client.post(reverse("invitation_resend", args=[invitation.pk])).status_code == 302
    assert client.post(reverse("invitation_withdraw", args=[invitation.pk])).status_code == 302
    assert not Invitation.objects.unanswered().exists()
    assert client.post(reverse("invitation_withdraw", args=[invitation.pk])).status_code == 404


# --- a session's staff -----------------------------------------------------------------------------------------------


def test_an_instructor_adds_an_assistant_who_has_an_account_at_once(client, session, instructor, student):
    client.force_login(instructor)
    address = reverse("session_staff", args=[session.pk])
    assert client.post(address, {"email": "Student@example.org"}).status_code == 302
    assert session.assistants.filter(pk=student.pk).exists()
    assert Mail.objects.get().subject.startswith("[Gradus] You assist in Neural networks")
    assert Change.objects.get().what == "made Student an assistant"
    for email, why in (
        ("student@example.org", "assists in this session already"),
        ("instructor@example.org", "teaches"),
    ):
        answer = client.post(address, {"email": email})
        assert answer.status_code == 400
        assert why in answer.content.decode()
    assert client.post(reverse("staff_remove", args=[session.pk, student.pk])).status_code == 302
    assert not session.assistants.filter(pk=student.pk).exists()
    assert client.post(reverse("staff_remove", args=[session.pk, student.pk])).status_code == 404


def test_an_unknown_address_is_invited_to_assist(client, session, instructor, stranger):
    client.force_login(instructor)
    address = reverse("session_staff", args=[session.pk])
    client.post(address, {"email": "new@example.org"})
    invitation = Invitation.objects.get()
    assert (invitation.role, list(invitation.sessions.all())) == ("assistant", [session])
    assert "new@example.org" in client.get(address).content.decode()
    client.force_login(stranger)
    assert client.post(reverse("invitation_withdraw", args=[invitation.pk])).status_code == 404
    client.force_login(instructor)
    answer = client.post(reverse("invitation_withdraw", args=[invitation.pk]))
    assert answer["Location"] == address
    assert (
        "new@example.org"
        not in client.get(address).content.decode().partition('class="message')[2].partition("</p>")[2]
    )


def test_only_admins_assign_instructors(client, session, instructor, stranger, admin):
    assign = reverse("staff_assign", args=[session.pk])
    client.force_login(instructor)
    assert client.post(assign, {"instructor": stranger.instructor.pk}).status_code == 404
    client.force_login(admin)
    assert client.post(assign, {"instructor": stranger.instructor.pk}).status_code == 302
    assert session.instructors.count() == 2
    assert Mail.objects.get().person == stranger
    remove = reverse("staff_unassign", args=[session.pk, stranger.instructor.pk])
    client.post(remove)
    assert [change.what for change in Change.objects.all()] == [
        "took Sam Stranger off teaching", "assigned Sam Stranger to teach",
    ]  # fmt: skip


# --- the trail -------------------------------------------------------------------------------------------------------


def test_the_trail_is_found_by_person_day_words_and_session(client, admin, instructor, session, new_session):
    record(instructor, "changed the room", session, {"room": ("A", "B")})
    record(admin, "changed the price", new_session("second", place="Oslo"))
    client.force_login(instructor)
    page = client.get(reverse("session_history", args=[session.pk])).content.decode()
    assert "changed the room" in page
    assert "A → B" in page
    assert "changed the price" not in page
    assert client.get("/history/").status_code == 404
    client.force_login(admin)
    for asked, found in [("", 2), ("who=instructor", 1), ("what=PRICE", 1), ("session=oslo", 1), ("since=2999-01-01", 0),
                         (f"until={timezone.now():%Y-%m-%d}", 2)]:  # fmt: skip
        page = client.get(f"/history/?{asked}").content.decode()
        assert page.count("<tr id=") == found, asked
    assert "Nothing of this kind" in client.get("/history/?since=2999-01-01").content.decode()
    assert client.get("/history/?since=someday").status_code == 400


def test_what_admins_edit_on_their_pages_stands_in_the_trail(client, admin, session):
    client.force_login(admin)
    profile = Instructor.objects.get(slug="instructor")
    address = reverse("admin:courses_instructor_change", args=[profile.pk])
    fields = {"slug": "instructor", "name": "Ida I", "title": "Dr.", "biography": "", "user": profile.user_id}
    assert client.post(address, fields).status_code == 302
    change = Change.objects.get()
    assert (change.actor, change.what) == (admin, "changed the instructor Ida I")
    assert change.values == {"name": ["Ida Instructor", "Ida I"], "title": ["", "Dr."]}
    client.post(address, fields)
    assert Change.objects.count() == 1
    client.post(address, {**fields, "user": ""})
    assert Change.objects.first().values == {"user": ["Instructor", None]}
    client.post(reverse("admin:courses_instructor_add"), {"slug": "new", "name": "New", "title": "", "biography": ""})
    assert Change.objects.first().what == "added the instructor New"
    client.post(
        reverse("admin:courses_instructor_delete", args=[Instructor.objects.get(slug="new").pk]), {"post": "yes"}
    )
    assert Change.objects.first().what == "deleted the instructor New"


def test_lists_and_inlines_that_admins_edit_stand_in_the_trail(client, admin, course, stranger):
    client.force_login(admin)
    address = reverse("admin:courses_course_change", args=[course.pk])
    form = client.get(address).context["adminform"].form
    fields = {name: "" if value is None else value for name, value in form.initial.items()}
    inlines = {"sections": [], "faqs": [{"question": "Why?", "slug": "why", "answer": "So.", "position": 1}]}
    for prefix, rows in inlines.items():
        fields |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        fields |= {f"{prefix}-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
    fields |= {"path": "[]", "instructors": [stranger.instructor.pk], "related": []}
    assert client.post(address, fields).status_code == 302
    assert Change.objects.get().values == {"instructors": ["", "Sam Stranger"], "FAQ Why?": ["", "added"]}


def test_a_new_password_is_noted_without_it(client, admin, student):
    client.force_login(admin)
    new = {"password1": "another long password", "password2": "another long password", "usable_password": "true"}
    client.post(reverse("admin:auth_user_password_change", args=[student.pk]), new)
    change = Change.objects.get()
    assert (change.what, change.values) == ("gave a new password to the user Student", {})


def test_nobody_edits_the_trail(client, admin, session):
    change = record(admin, "did something", session)
    client.force_login(admin)
    address = reverse("admin:courses_change_change", args=[change.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"what": "nothing"}).status_code == 403
    assert client.post(reverse("admin:courses_change_delete", args=[change.pk]), {"post": "yes"}).status_code == 403
    assert client.get(reverse("admin:courses_change_add")).status_code == 403
    assert Change.objects.get().what == "did something"


# --- the API ---------------------------------------------------------------------------------------------------------


def test_programs_of_admins_invite_and_those_of_others_find_nothing(client, admin, instructor, session):
    client.force_login(instructor)
    assert client.get("/api/v1/invitations/").status_code == 404
    assert client.post("/api/v1/invitations/", {"email": "x@example.org", "role": "instructor"}).status_code == 404
    client.force_login(admin)
    answer = client.post("/api/v1/invitations/", {"email": "x@example.org", "role": "assistant"})
    assert answer.status_code == 400
    given = {"email": "x@example.org", "role": "assistant", "sessions": [session.pk]}
    made = client.post("/api/v1/invitations/", given, "application/json")
    assert (made.status_code, made.json()["answer"]) == (201, "open")
    assert "token" not in made.json()
    address = f"/api/v1/invitations/{made.json()['id']}/"
    assert client.post(f"{address}resend/").status_code == 200
    assert client.delete(address).status_code == 204
    assert client.post(f"{address}resend/").status_code == 409
    assert Invitation.objects.get().state == "withdrawn"


def test_a_person_chooses_their_mail_by_the_api(client, student):
    client.force_login(student)
    every = {"announcement": True, "recording": True, "question": True, "grades": True}
    assert client.get("/api/v1/me/mail/").json() == every
    chosen = every | {"recording": False}
    assert client.put("/api/v1/me/mail/", chosen, "application/json").json() == chosen
    student.refresh_from_db()
    assert student.muted == ["recording"]
    fewer = chosen | {"grades": False}
    assert client.put("/api/v1/me/mail/", {"grades": False}, "application/json").json() == fewer
    assert client.put("/api/v1/me/mail/", {"recording": "maybe"}, "application/json").status_code == 400
