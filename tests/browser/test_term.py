"""A student's term: the waiting list, an offer, the payment, a class, the one that was missed, and the calendar."""

import re
import urllib.request

from ical.calendar_stream import IcsCalendarStream
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, sign_in, sign_up

# A session with one seat, which somebody has; a meeting of yesterday with its recording, and one that begins.
SCHOOL = """
import datetime, tempfile
from pathlib import Path
from allauth.account.models import EmailAddress
from django.core.files import File
from django.utils import timezone
from courses.classroom.recordings.specimen import make_video
from courses.models import Course, Enrollment, Lecture, Meeting, Recording, Session, User

now, day, hour = timezone.now(), datetime.timedelta(days=1), datetime.timedelta(hours=1)
session = Session.objects.create(
    course=Course.objects.get(slug="neural-networks-fundamentals"), slug="evening", modality="online",
    time_zone="America/New_York", seats=1, price=3999, published=True,
    starts_on=(now - 7 * day).date(), ends_on=(now + 30 * day).date(),
)
first = User.objects.create_user("first@example.org", password, name="First")
EmailAddress.objects.create(user=first, email=first.email, verified=True, primary=True)
Enrollment.objects.enroll(first, session)
staff = User.objects.get(email="instructor@example.org")
session.instructors.add(staff.instructor)
yesterday = Meeting.objects.create(session=session, title="The chain rule", starts_at=now - day, ends_at=now - day + hour)
yesterday.lectures.add(Lecture.objects.get(slug="back-propagation"))
Meeting.objects.create(session=session, title="Tonight", starts_at=now + hour / 6, ends_at=now + hour, join_url=join_url)
recording = Recording(meeting=yesterday, created_by=staff, state="ready", seconds=20, content_type="video/mp4")
with tempfile.TemporaryDirectory() as folder:
    make_video(Path(folder) / "class.mp4", 20, "The chain rule")
    with (Path(folder) / "class.mp4").open("rb") as file:
        recording.size = len(file.read())
        recording.file.save("class.mp4", File(file), save=False)
recording.save()
recording.chapters.create(seconds=12, title="From the output back", lecture=Lecture.objects.get(slug="back-propagation"))
recording.publish(staff)
answer = session.get_absolute_url()
"""
WHAT_IS_THERE = """
from courses.models import Attendance, Enrollment, Mail, Session, Transaction, User
student = User.objects.get(email="term@example.org")
session = Session.objects.get(slug="evening")
seat = Enrollment.objects.active().get(user=student, session=session)
answer = {
    "seats": [session.seats_taken, session.seats], "settled": seat.order.is_settled, "owed": str(seat.order.outstanding),
    "paid": [str(t.amount) for t in Transaction.objects.filter(order=seat.order, kind="payment")],
    "joined": Attendance.objects.filter(person=student, joined_at__isnull=False).count(),
    "stopped": student.viewings.get().seconds,
    "mail": sorted(Mail.objects.filter(person=student, sent_at__isnull=False).values_list("subject", flat=True)),
}
"""


def test_a_students_term(running, page, browser, tell):
    site = running.address
    address = site + tell(SCHOOL, password=PASSWORD, join_url=f"{site}/laboratories/?room=42")
    sign_up(page, site, "term@example.org")

    # The session is full: the waiting list, then the seat that somebody gives back.
    page.goto(address)
    expect(page.get_by_text("full", exact=True)).to_be_visible()
    expect(
        page.get_by_role("link", name="Join", exact=False).and_(page.locator("#timetable ~ * a.button"))
    ).to_have_count(0)
    page.get_by_role("button", name="Join the waiting list").click()
    expect(page.locator("#seat")).to_contain_text("place 1")
    context = browser.new_context()
    other = context.new_page()
    sign_in(other, site, "first@example.org")
    other.goto(address)
    other.get_by_text("Withdraw from this session").click()
    other.get_by_role("button", name="Withdraw").click()
    expect(other.get_by_text("You have withdrawn")).to_be_visible()
    context.close()
    running.await_line("To: term@example.org")

    # The offer, and its payment.
    page.goto(site)
    page.get_by_role("link", name="Accept or decline").click()
    page.get_by_role("button", name="Accept the seat").click()
    expect(page.locator(".facts").first).to_contain_text("Held until")
    page.goto(address)
    expect(page.locator("#seat")).to_contain_text("your seat is held until")
    expect(page.locator(".meeting a.button")).to_have_count(0)
    page.get_by_role("link", name="Pay", exact=True).click()
    page.get_by_role("button", name=re.compile("Pay .*3,999.*test")).click()
    page.get_by_role("button", name="Pay", exact=True).click()
    expect(page.get_by_text("✓ Settled")).to_be_visible()
    page.get_by_role("link", name=re.compile("Receipt R-")).click()
    expect(page.locator(".receipt")).to_contain_text("3,999.00")

    # The class of tonight.
    page.goto(site)
    expect(page.get_by_role("heading", name=re.compile("Your next class"))).to_be_visible()
    page.get_by_role("link", name="Join Tonight").click()
    expect(page).to_have_url(f"{site}/laboratories/?room=42")

    # The class that was missed: watched in part, and gone on with where it stopped.
    page.goto(site)
    page.locator("#watch ~ ul").get_by_role("link", name="The chain rule").click()
    watch(page, until=4)
    # Where it stopped is told on the pause; the next page may be quicker than that.
    shown = page.locator("#watch ~ ul")
    while page.goto(site) and "goes on at" not in shown.inner_text():
        assert "The chain rule" in shown.inner_text()
    expect(shown).to_contain_text(re.compile(r"goes on at 0:0[4-9]"))
    page.locator("#watch ~ ul").get_by_role("link", name="The chain rule").click()
    page.get_by_role("link", name=re.compile("Go on at 0:0")).click()
    expect(page.locator("video")).to_have_js_property("paused", False)
    assert 4 <= page.locator("video").evaluate("video => video.currentTime") < 12
    page.get_by_role("link", name="From the output back").first.click()
    reach(page, 12)

    # The calendar, as a program reads it.
    page.goto(f"{site}/profile/calendar/")
    with urllib.request.urlopen(page.get_by_label("The address").input_value()) as feed:
        events = IcsCalendarStream.calendar_from_ics(feed.read().decode()).events
    assert sorted(event.summary.partition(":")[0] for event in events) == ["The chain rule", "Tonight"]

    there = tell(WHAT_IS_THERE)
    assert there["seats"] == [1, 1]
    assert (there["settled"], there["owed"], there["paid"]) == (True, "0.00", ["3999.00"])
    assert there["joined"] == 1
    assert there["stopped"] >= 12
    assert len(there["mail"]) >= 3


def watch(page, until):
    """Play the recording to this second, then stop it."""
    video = page.locator("video")
    video.evaluate("video => video.play()")
    reach(page, until)
    video.evaluate("video => video.pause()")


def reach(page, second):
    """Wait until the recording has come so far."""
    page.locator("video").evaluate(
        """(video, second) => new Promise((reached) => {
            const look = () => video.currentTime >= second && reached();
            video.addEventListener("timeupdate", look);
            look();
        })""",
        second,
    )
