"""An instructor's week: a session duplicated and published, a recording that breaks off and goes on, and who was there."""

import datetime
import re
import struct

from playwright.sync_api import expect

from courses.classroom.recordings.specimen import make_video
from tests.browser.conftest import PASSWORD, sign_in

MIB = 2**20
SCHOOL = """
import datetime
from allauth.account.models import EmailAddress
from django.utils import timezone
from courses.models import Course, Enrollment, Lecture, Meeting, Session, User

now, day, hour = timezone.now(), datetime.timedelta(days=1), datetime.timedelta(hours=1)
staff = User.objects.get(email="instructor@example.org")
staff.set_password(password)
staff.save()
sessions = [
    Session.objects.create(
        course=Course.objects.get(slug="neural-networks-fundamentals"), slug=slug, modality="in_class", place=place,
        time_zone="America/New_York", seats=20, price=0, published=True,
        starts_on=(now - 7 * day).date(), ends_on=(now + 30 * day).date(),
    )
    for slug, place in (("boston", "Boston"), ("chicago", "Chicago"))
]
for session in sessions:
    session.instructors.add(staff.instructor)
for name in ("Ann", "Ben"):
    person = User.objects.create_user(f"{name.lower()}@example.org", password, name=name)
    Enrollment.objects.enroll(person, sessions[0])
meeting = Meeting.objects.create(session=sessions[0], title="Perceptrons", starts_at=now - day, ends_at=now - day + hour)
meeting.lectures.add(Lecture.objects.get(slug="back-propagation"))
answer = [session.pk for session in sessions]
"""
WHAT_IS_THERE = """
from courses.models import Attendance, Change, Enrollment, Mail, Recording, Session
boston = Session.objects.get(pk=pk)
copy = Session.objects.filter(place="Boston").exclude(pk=pk).get()
recording = Recording.objects.get()
answer = {
    "copy": [copy.published, copy.meetings.count(), copy.instructors.count(), copy.enrollments.count()],
    "recording": [recording.state, recording.size, recording.seconds, recording.is_published],
    "captions": recording.captions.get().text,
    "attendance": sorted(Attendance.objects.values_list("person__name", "status")),
    "mailed": sorted(Mail.objects.filter(kind="announcement").values_list("address", "subject")),
    "where": sorted(Enrollment.objects.active().filter(session__place__in=["Boston", "Chicago"]).values_list(
        "user__name", "session__place")),
    "changes": Change.objects.count(),
}
"""


def test_an_instructors_week(running, page, complaints, tell, tmp_path):
    site = running.address
    boston, chicago = tell(SCHOOL, password=PASSWORD)
    sign_in(page, site, "instructor@example.org")

    # The same session again, next term.
    page.get_by_role("link", name="Teaching").click()
    page.get_by_role("link", name=re.compile("Boston")).click()
    page.get_by_role("link", name="Duplicate").click()
    first_day = datetime.date.today() + datetime.timedelta(days=70)
    page.get_by_label("First day").fill(first_day.isoformat())
    page.get_by_role("button", name="Duplicate").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".facts")).to_contain_text("Published")

    # Yesterday's recording: the upload breaks off, and goes on where it stopped.
    page.goto(f"{site}/teaching/{boston}/recordings/")
    page.get_by_role("link", name="Add a recording of Perceptrons").click()
    page.get_by_role("button", name="Add recording").click()
    video = large_video(tmp_path / "perceptrons.mp4")
    offsets = []
    page.on(
        "request", lambda sent: offsets.append(int(sent.headers["upload-offset"])) if sent.method == "PATCH" else None
    )
    page.route("**/uploads/*/", lambda route: break_off(route, after=8 * MIB))
    page.get_by_label("Video file").set_input_files(video)
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_text("The connection broke off")).to_be_visible()
    address = page.url
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{site}/teaching/")
    # As often as it was tried again.
    assert set(complaints) == {"Failed to load resource: net::ERR_CONNECTION_RESET"}
    complaints.clear()
    page.unroute("**/uploads/*/")
    page.goto(address)
    expect(page.locator("main")).to_contain_text(re.compile(r"is here up to 40 %"))
    before = len(offsets)
    page.get_by_label("Video file").set_input_files(video)
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_text("Watch it")).to_be_visible(timeout=30_000)
    assert offsets[before:] == [8 * MIB, 16 * MIB]

    page.get_by_text("Add captions, or replace some").click()
    page.locator("#captions ~ details textarea").fill("WEBVTT\n\n00:00.000 --> 00:02.000\nA perceptron has weights.\n")
    page.get_by_role("button", name="Save captions").click()
    expect(page.locator("main")).to_contain_text("English")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("✓ Published")).to_be_visible()

    # Who was there; what everybody is told; and Ben moves to Chicago.
    page.get_by_role("navigation", name="This session").get_by_role("link", name="Attendance").click()
    page.locator("table.attendance thead a").click()
    page.get_by_role("group", name="Ann").get_by_label("Present").check()
    page.get_by_role("group", name="Ben").get_by_label("Absent").check()
    page.get_by_role("button", name="Save", exact=True).click()

    page.get_by_role("link", name="Announcements").click()
    page.get_by_label("Title").fill("Bring paper")
    page.get_by_label("Text").fill("We **draw** networks tomorrow.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("article strong")).to_have_text("draw")
    page.get_by_role("button", name="Post").click()
    running.await_line("Bring paper")

    page.get_by_role("link", name="Roster").click()
    page.get_by_label("Ben", exact=True).check()
    page.get_by_role("button", name="Move to another session").click()
    page.get_by_label("To", exact=True).select_option(str(chicago))
    page.get_by_role("button", name="Show what follows").click()
    page.get_by_role("button", name=re.compile("Move to Chicago")).click()
    page.goto(f"{site}/teaching/{chicago}/roster/")
    expect(page.locator("table.roster")).to_contain_text("Ben")

    there = tell(WHAT_IS_THERE, pk=boston)
    assert there["copy"] == [True, 1, 1, 0]
    assert there["recording"] == ["ready", video.stat().st_size, 3, True]
    assert "A perceptron has weights." in there["captions"]
    assert there["attendance"] == [["Ann", "present"], ["Ben", "absent"]]
    assert [address for address, subject in there["mailed"]] == ["ann@example.org", "ben@example.org"]
    assert there["where"] == [["Ann", "Boston"], ["Ben", "Chicago"]]
    assert there["changes"] >= 5


def large_video(path):
    """A video of three seconds in a file of 20 MiB: a box that players skip fills it."""
    make_video(path, 3, "Perceptrons")
    size = 20 * MIB - path.stat().st_size
    with path.open("ab") as file:
        file.write(struct.pack(">I4s", size, b"free") + bytes(size - 8))
    return path


def break_off(route, after):
    """Let pieces through up to this offset; those behind it do not arrive."""
    request = route.request
    if request.method == "PATCH" and int(request.headers["upload-offset"]) >= after:
        route.abort("connectionreset")
    else:
        route.continue_()
