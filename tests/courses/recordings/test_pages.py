"""Watching and uploading in Chromium, on the real server."""

import re

import av
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from courses.classroom.recordings import ranges
from courses.classroom.recordings.uploads import Upload
from courses.classroom.tasks import check_uploads
from courses.models import Caption, Chapter, Recording, Viewing
from tests.courses.recordings.conftest import padded, with_file
from tests.courses.recordings.test_editing import CAPTIONS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sign_in(context, server):
    def sign_in(person):
        client = Client()
        client.force_login(person)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.address}])

    return sign_in


@pytest.fixture
def watched(new_recording, videos):
    """A published recording of two minutes with captions and chapters."""
    shown = with_file(new_recording(title="Week 1", published_at=None), videos["week-1.webm"], 120)
    shown.content_type, shown.published_at = "video/webm", timezone.now()
    shown.save()
    Caption.objects.create(recording=shown, language="en", text=CAPTIONS)
    Chapter.objects.create(recording=shown, seconds=0, title="Hello")
    Chapter.objects.create(recording=shown, seconds=80, title="δ")
    return shown


def state(page, of):
    return page.evaluate(f"document.querySelector('video').{of}")


def until(page, condition):
    page.wait_for_function(f"() => {{ const video = document.querySelector('video'); return {condition}; }}")


def serious(page):
    found = Axe().run(page).response["violations"]
    return [v["id"] for v in found if v["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("file", ["week-1.mp4", "week-1.webm"])
def test_it_plays_and_goes_on_where_one_stopped(server, page, sign_in, watched, attendee, videos, file):
    with_file(watched, videos[file], 60 if file.endswith("mp4") else 120)
    Recording.objects.update(content_type=f"video/{file[-4:].lstrip('.')}")
    sign_in(attendee)
    # The pause alone tells, and not that ten seconds are over.
    page.add_init_script("setInterval = () => 0")
    page.goto(f"{server.address}/recordings/{watched.pk}/?t=30")
    until(page, "video.readyState >= 1 && video.currentTime === 30")
    with page.expect_response(re.compile("/position/")) as told:
        page.keyboard.press("k")
        until(page, "video.currentTime > 31")
        page.keyboard.press("k")
    assert told.value.status == 204
    stopped = int(state(page, "currentTime"))
    assert Viewing.objects.get().seconds == stopped >= 31
    page.goto(f"{server.address}/recordings/{watched.pk}/")
    page.get_by_role("link", name=f"Go on at 0:{stopped}").click()
    until(page, f"!video.paused && video.currentTime >= {stopped} && video.currentTime < {stopped + 9}")
    page.get_by_role("link", name="Start again").click()
    until(page, "!video.paused && video.currentTime < 5")


def test_keys_speed_captions_and_chapters_work(server, page, sign_in, watched, attendee):
    sign_in(attendee)
    page.goto(f"{server.address}/recordings/{watched.pk}/?t=20")
    until(page, "video.readyState >= 2 && video.currentTime === 20")
    for key, second in (("l", 30), ("j", 20), ("ArrowRight", 25), ("ArrowLeft", 20), ("5", 60), ("0", 0)):
        page.keyboard.press(key)
        assert state(page, "currentTime") == second
    page.keyboard.press(">")
    assert state(page, "playbackRate") == 1.25
    expect(page.get_by_label("Speed")).to_have_value("1.25")
    page.keyboard.press("c")
    assert state(page, "textTracks[0].mode") == "showing"
    page.keyboard.press("c")
    assert state(page, "textTracks[0].mode") == "disabled"
    # On the player itself a key is not done twice.
    page.locator("video").focus()
    page.keyboard.press("Space")
    until(page, "!video.paused")
    page.keyboard.press("Space")
    assert state(page, "paused")
    page.keyboard.press("ArrowDown")
    assert state(page, "volume") == pytest.approx(0.9)
    # Not while one chooses or writes, nor where somebody does not want it.
    page.get_by_label("Speed").focus()
    page.keyboard.press("k")
    assert state(page, "paused")
    page.locator(".keys summary").click()
    page.get_by_label("Use these keys").uncheck()
    page.locator("h1").click()
    page.keyboard.press("5")
    assert state(page, "currentTime") < 5
    page.get_by_role("link", name="δ", exact=False).first.click()
    until(page, "!video.paused && video.currentTime >= 80 && video.currentTime < 90")
    expect(page.locator("nav.chapters [aria-current]")).to_contain_text("δ")
    assert serious(page) == []
    # The speed that one likes is kept.
    page.goto(f"{server.address}/recordings/{watched.pk}/")
    until(page, "video.playbackRate === 1.25")


@pytest.fixture(scope="session")
def large_video(tmp_path_factory):
    """A minute of snow, larger than what is sent at a time."""
    file = tmp_path_factory.mktemp("large") / "snow.mp4"
    rng = np.random.default_rng(1)
    with av.open(str(file), "w", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("libx264", rate=1, options={"preset": "ultrafast", "crf": "4"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        stream.codec_context.gop_size = 5
        for _ in range(60):
            snow = rng.integers(0, 255, (180, 320, 3), np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(snow)))
        container.mux(stream.encode(None))
    assert file.stat().st_size > ranges.MOST * 1.5
    return file


def test_a_link_that_expires_is_renewed_at_the_same_second(server, page, sign_in, recording, attendee, large_video):
    Recording.objects.update(published_at=timezone.now(), state="ready", external_url="")
    shown = with_file(Recording.objects.get(), large_video)
    sign_in(attendee)
    held, expired, renewed = [], [], []

    def the_beginning_alone(route):
        """What comes later the browser may ask for before the seek, or with it: the link has expired once that began."""
        if renewed or route.request.headers["range"] == "bytes=0-":
            route.continue_()
        elif expired:
            route.fulfill(status=410, body="expired")
        else:
            held.append(route)

    def renew(route):
        renewed.append(route.request.url)
        route.continue_()

    page.route("**/media/**", the_beginning_alone)
    page.route("**/link/", renew)
    page.goto(f"{server.address}/recordings/{shown.pk}/")
    until(page, "video.readyState >= 1")
    page.evaluate("() => { document.querySelector('video').currentTime = 52; }")
    page.keyboard.press("k")
    expired.append(True)
    for route in held:
        route.fulfill(status=410, body="expired")
    until(page, "!video.paused && video.currentTime > 52.5")
    assert len(renewed) == 1
    assert "#t=52" in state(page, "src")
    expect(page.locator("[data-trouble]")).to_be_hidden()


def test_without_javascript_it_plays_from_the_address(server, browser, watched, attendee):
    client = Client()
    client.force_login(attendee)
    with browser.new_context(java_script_enabled=False) as context:
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.address}])
        page = context.new_page()
        page.goto(f"{server.address}/recordings/{watched.pk}/")
        page.get_by_role("link", name="1:20").click()
        expect(page.locator("video")).to_have_attribute("src", re.compile("#t=80$"))
        expect(page.get_by_label("Speed")).to_be_hidden()


def test_an_upload_breaks_off_and_goes_on_by_itself_and_in_another_tab(
    server, context, page, sign_in, recording, instructor, video, tmp_path
):
    file = tmp_path / "week-1.mp4"
    file.write_bytes(padded(video.read_bytes(), 20))
    sign_in(instructor)
    address = f"{server.address}/teaching/recordings/{recording.pk}/"
    pieces = []

    def second_breaks(route):
        if route.request.method != "PATCH":
            return route.fallback()
        pieces.append(int(route.request.headers["upload-offset"]))
        # The second piece breaks off once; the last one as often as it is sent.
        return route.abort() if len(pieces) == 2 or pieces[-1] >= 2**24 else route.fallback()

    page.route("**/uploads/*/", second_breaks)
    page.goto(address)
    assert serious(page) == []
    page.get_by_label("Video file").set_input_files(file)
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator("#going")).to_contain_text("The connection broke off", timeout=30_000)
    expect(page.locator("[data-share]")).to_contain_text("16 of 20 MB", timeout=30_000)
    assert pieces[:3] == [0, 2**23, 2**23]
    upload = Upload.objects.get()
    assert upload.offset == 2**24

    tab = context.new_page()
    tab.goto(address)
    expect(tab.get_by_text("week-1.mp4 is here up to 79 %")).to_be_visible()
    # Another file is not mixed into it.
    other = tmp_path / "other.mp4"
    other.write_bytes(b"x")
    tab.get_by_label("Video file").set_input_files(other)
    tab.get_by_role("button", name="Upload", exact=True).click()
    expect(tab.locator("#going")).to_contain_text("Another file is on its way here: week-1.mp4")
    tab.get_by_label("Video file").set_input_files(file)
    tab.get_by_role("button", name="Upload", exact=True).click()
    expect(tab.locator("#file ~ [role=status]")).to_contain_text("has arrived whole and is being checked")
    assert Upload.objects.get().pk == upload.pk
    assert upload.part.read_bytes() == file.read_bytes()
    check_uploads()
    expect(tab.get_by_role("button", name="Publish")).to_be_visible()
    tab.get_by_role("button", name="Publish").click()
    expect(tab.locator("#state")).to_contain_text("✓ Published")
    assert serious(tab) == []
