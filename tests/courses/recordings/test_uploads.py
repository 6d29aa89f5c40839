"""Uploading: pieces that break off and go on, on the real server, by another's client and by hand."""

import base64
import datetime
import fcntl
import itertools
import shutil
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import av
import numpy as np
import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from tusclient import client as tus

from config.celery import app
from courses.classroom.recordings import checking, uploads
from courses.classroom.recordings.models import recording_storage
from courses.classroom.recordings.uploads import NoRoom, Upload
from courses.classroom.tasks import check_uploads, ring_for_uploads
from courses.models import Change, Recording
from tests.courses.recordings.conftest import token_of

RESUMABLE = {"Tus-Resumable": "1.0.0"}
PIECE = {**RESUMABLE, "Content-Type": "application/offset+octet-stream"}


def metadata(recording, name="week-1.mp4", kind="video/mp4"):
    values = {"recording": str(recording.pk), "filename": name, "filetype": kind}
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items() if value)


def begin(client, recording, length=100, **named):
    headers = {**RESUMABLE, "Upload-Length": str(length), "Upload-Metadata": metadata(recording, **named)}
    return client.post("/uploads/", headers=headers)


def patch(client, address, offset, data):
    return client.generic(
        "PATCH", address, data, "application/offset+octet-stream", headers={**RESUMABLE, "Upload-Offset": str(offset)}
    )


def head(client, address):
    return client.head(address, headers=RESUMABLE)


@pytest.fixture
def teaching(client, instructor):
    client.force_login(instructor)
    return client


# --- on the real server ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_another_programs_client_uploads_a_video_in_pieces_and_the_worker_checks_it(
    server, recording, instructor, video
):
    client = tus.TusClient(f"{server.address}/uploads/", headers=token_of(instructor))
    names = {"recording": str(recording.pk), "filename": video.name, "filetype": "video/mp4"}
    uploader = client.uploader(str(video), chunk_size=4000, metadata=names)
    uploader.upload_chunk()
    recording.refresh_from_db()
    assert (recording.state, uploader.offset) == ("uploading", 4000)

    # The program is started anew, with the address that it kept.
    again = client.uploader(str(video), chunk_size=4000, url=uploader.url, metadata=names)
    assert again.offset == 4000
    again.upload()
    recording.refresh_from_db()
    assert recording.state == "checking"
    assert not recording.file
    part = Upload.objects.get().part
    assert part.exists()

    check_uploads()
    done = Recording.objects.get()
    assert (done.state, done.content_type, done.seconds, done.size) == ("ready", "video/mp4", 60, video.stat().st_size)
    assert recording_storage().open(done.file.name).read() == video.read_bytes()
    assert not Upload.objects.exists()
    assert not part.exists()


def wait_for(condition, seconds=30):
    """Ask until it is so."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.05)):
        if condition():
            return
        pause.wait(0.05)
    raise AssertionError("it did not come to that")


@pytest.mark.django_db(transaction=True)
def test_what_came_before_the_connection_broke_is_kept_and_the_rest_follows(server, recording, instructor, video):
    token = token_of(instructor)
    data = video.read_bytes() * 40
    upload = Upload.objects.begin(instructor, recording, length=len(data), file_name="week-1.mp4")
    address = f"/uploads/{upload.pk}/"
    half = len(data) // 2
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        head = [f"PATCH {address} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(data)}", "Upload-Offset: 0"]
        head += [f"{name}: {value}" for name, value in {**PIECE, **token}.items()]
        line.sendall("\r\n".join([*head, "", ""]).encode() + data[:half])
        # Another request while this one holds the file.
        wait_for(lambda: upload.part.stat().st_size > 0)
        busy = server.ask("PATCH", address, {**PIECE, **token, "Upload-Offset": "0"}, b"x")
        assert busy.status == 423
        assert b"Another request" in busy.said
    # The line is cut here, in the middle.
    wait_for(lambda: not held(upload.part))
    offset = int(server.ask("HEAD", address, {**RESUMABLE, **token}).headers["Upload-Offset"])
    assert half - uploads.BLOCK <= offset <= half
    assert upload.part.read_bytes() == data[:offset]
    rest = server.ask("PATCH", address, {**PIECE, **token, "Upload-Offset": str(offset)}, data[offset:])
    assert (rest.status, rest.headers["Upload-Offset"]) == (204, str(len(data)))
    assert upload.part.read_bytes() == data
    recording.refresh_from_db()
    assert recording.state == "checking"


def held(part):
    with part.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def send_zeros(server, instructor, recording, mebibytes):
    """Upload so many MiB of zeros in one request; the growth of the server's peak memory in MiB."""
    upload = Upload.objects.begin(instructor, recording, length=mebibytes * 2**20, file_name="long.mp4")
    headers = {**PIECE, **token_of(instructor), "Upload-Offset": "0", "Content-Length": str(upload.length)}
    address = f"/uploads/{upload.pk}/"
    # The first request fills what stays.
    server.ask("HEAD", address, {**RESUMABLE, **token_of(instructor)})
    before = server.peak_mib
    block = bytes(2**20)
    answer = server.ask("PATCH", address, headers, (block for _ in range(mebibytes)))
    assert (answer.status, answer.headers["Upload-Offset"]) == (204, str(upload.length))
    assert upload.part.stat().st_size == upload.length
    return server.peak_mib - before


@pytest.mark.django_db(transaction=True)
def test_300_megabytes_do_not_fill_the_servers_memory(server, recording, instructor):
    assert send_zeros(server, instructor, recording, 300) < 40


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_four_gigabytes_do_not_fill_the_servers_memory(server, recording, instructor):
    assert send_zeros(server, instructor, recording, 4096) < 40


@pytest.mark.django_db(transaction=True)
def test_an_ordinary_forms_file_goes_to_the_disk_and_not_into_memory(server, recording, instructor, client):
    client.force_login(instructor)
    cookies = {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}
    form = server.ask("GET", f"/teaching/recordings/{recording.pk}/", cookies)
    token = form.said.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    cookies["Cookie"] += "; " + form.headers["Set-Cookie"].split(";")[0]
    address = f"/teaching/recordings/{recording.pk}/upload/"
    boundary = "b"
    start = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n--{boundary}\r\n'
        'Content-Disposition: form-data; name="file"; filename="week.mp4"\r\nContent-Type: video/mp4\r\n\r\n'
    ).encode()
    end = f"\r\n--{boundary}--\r\n".encode()
    mebibytes = 120
    length = len(start) + mebibytes * 2**20 + len(end)
    headers = {**cookies, "Content-Type": f"multipart/form-data; boundary={boundary}", "Content-Length": str(length)}
    before = server.peak_mib
    blocks = itertools.chain([start], itertools.repeat(bytes(2**20), mebibytes), [end])
    assert server.ask("POST", address, headers, blocks).status == 302
    upload = Upload.objects.get()
    assert (upload.length, upload.part.stat().st_size) == (mebibytes * 2**20,) * 2
    assert upload.due_at is not None
    assert server.peak_mib - before < 40
    # Without the page's token nothing is taken.
    Upload.objects.all().delete()
    Recording.objects.update(state="empty")
    without = start.replace(token.encode(), b"x" * len(token)) + b"video" + end
    assert server.ask("POST", address, {**headers, "Content-Length": str(len(without))}, without).status == 403
    assert not Upload.objects.exists()


# --- the protocol ------------------------------------------------------------------------------------


def test_what_the_server_can_do_is_told_to_anyone(client, db):
    answer = client.options("/uploads/")
    assert answer.status_code == 204
    assert answer["Tus-Version"] == answer["Tus-Resumable"] == "1.0.0"
    assert answer["Tus-Extension"] == "creation,expiration,termination"


def test_an_upload_is_begun_asked_about_added_to_and_given_up(teaching, recording):
    begun = begin(teaching, recording, 10)
    assert begun.status_code == 201
    address = begun["Location"]
    assert "Upload-Expires" in begun
    asked = head(teaching, address)
    assert (asked["Upload-Offset"], asked["Upload-Length"], asked["Cache-Control"]) == ("0", "10", "no-store")
    assert asked["Upload-Metadata"] == metadata(recording)
    added = patch(teaching, address, 0, b"12345")
    assert (added.status_code, added["Upload-Offset"]) == (204, "5")
    # Somewhere else than what is there ends.
    for offset in (0, 4, 6, 10, 11, 10**17):
        assert patch(teaching, address, offset, b"x").status_code == 409
    assert head(teaching, address)["Upload-Offset"] == "5"
    # Beyond the announced length.
    assert patch(teaching, address, 5, b"678901").status_code == 413
    upload = Upload.objects.get()
    assert teaching.delete(address, headers=RESUMABLE).status_code == 204
    assert head(teaching, address).status_code == 404
    assert not upload.part.exists()
    recording.refresh_from_db()
    assert recording.state == "empty"


def test_what_is_said_wrongly_is_refused_with_what_to_say(teaching, recording):
    address = begin(teaching, recording, 10)["Location"]
    assert teaching.head(address).status_code == 412
    old = teaching.head(address, headers={"Tus-Resumable": "0.2.2"})
    assert (old.status_code, old["Tus-Version"]) == (412, "1.0.0")
    wrong = teaching.generic("PATCH", address, b"x", "text/plain", headers={**RESUMABLE, "Upload-Offset": "0"})
    assert wrong.status_code == 415
    assert patch(teaching, address, "much", b"x").status_code == 400
    for headers in ({"Upload-Length": "0"}, {"Upload-Length": "-1"}, {}, {"Upload-Length": "9" * 19}):
        headers |= {**RESUMABLE, "Upload-Metadata": metadata(recording)}
        assert teaching.post("/uploads/", headers=headers).status_code == 400
    garbled = {**RESUMABLE, "Upload-Length": "5", "Upload-Metadata": "recording %%%"}
    assert "Base64" in teaching.post("/uploads/", headers=garbled).json()["detail"]
    assert "zero byte" in begin(teaching, recording, name="a\0.mp4").json()["detail"]
    assert Upload.objects.count() == 1


def test_the_method_may_be_named_in_a_header(teaching, recording):
    address = begin(teaching, recording, 10)["Location"]
    answer = teaching.post(
        address, b"12345", "application/offset+octet-stream",
        headers={**RESUMABLE, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"},
    )  # fmt: skip
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "5")


def test_a_page_must_send_its_token_along(recording, instructor):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(instructor)
    assert begin(strict, recording).status_code == 403
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("who", "created", "seen"),
    [
        ("student", 404, 404),
        ("assistant", 404, 404),
        ("stranger", 404, 404),
        ("instructor", 409, 200),
        ("admin", 409, 200),
    ],
)
def test_only_those_who_run_the_session_upload(request, client, recording, instructor, who, created, seen):
    upload = Upload.objects.begin(instructor, recording, length=10, file_name="a.mp4")
    client.force_login(request.getfixturevalue(who))
    assert begin(client, recording).status_code == created
    address = f"/uploads/{upload.pk}/"
    assert head(client, address).status_code == seen
    assert patch(client, address, 0, b"12345").status_code == (204 if seen == 200 else 404)
    assert upload.part.read_bytes() == (b"12345" if seen == 200 else b"")
    assert client.delete(address, headers=RESUMABLE).status_code == (204 if seen == 200 else 404)
    assert Upload.objects.exists() is (seen == 404)
    client.logout()
    assert head(client, f"/uploads/{upload.pk}/").status_code == 401


def test_a_second_upload_is_led_to_the_first(teaching, recording):
    first = begin(teaching, recording, 10)["Location"]
    second = begin(teaching, recording, 10)
    assert (second.status_code, second["Location"]) == (409, first)
    assert "being uploaded here already" in second.json()["detail"]


def test_what_is_no_video_by_its_name_or_type_is_not_begun(teaching, recording):
    for name, kind in (("notes.pdf", "application/pdf"), ("a.mp4", "text/html"), ("a.exe", "video/mp4"), ("", "")):
        refused = begin(teaching, recording, name=name, kind=kind)
        assert refused.status_code == 415
        assert "does not look like a video" in refused.json()["detail"]
    assert not Upload.objects.exists()


# --- quota and disk ----------------------------------------------------------------------------------


def test_over_the_quota_is_refused_with_what_is_left(teaching, recording, new_recording, settings):
    settings.RECORDING_QUOTA = 1000
    new_recording(state="ready", file="x", size=300)
    Upload.objects.begin(recording.created_by, new_recording(), length=300, file_name="a.mp4")
    refused = begin(teaching, recording, 401)
    assert refused.status_code == 413
    assert "400\xa0bytes are left" in refused.json()["detail"]
    page = teaching.post(
        f"/teaching/recordings/{recording.pk}/upload/",
        {"file": SimpleUploadedFile("a.mp4", b"x" * (70 * 1024), "video/mp4")},
    )
    assert page.status_code == 413
    assert "are left of the" in page.content.decode()
    assert begin(teaching, recording, 400).status_code == 201


def test_more_than_the_disk_holds_is_refused(teaching, recording, settings):
    settings.UPLOADS.mkdir(parents=True, exist_ok=True)
    settings.RECORDING_QUOTA = 10**18
    refused = begin(teaching, recording, shutil.disk_usage(settings.UPLOADS).free)
    assert refused.status_code == 413
    assert "The disk has too little room" in refused.json()["detail"]


@pytest.mark.django_db(transaction=True)
def test_two_uploads_at_once_do_not_both_take_the_last_room(recording, new_recording, instructor, settings):
    settings.RECORDING_QUOTA = 1000
    drafts = [recording, new_recording(), new_recording(), new_recording()]

    def try_it(draft):
        try:
            return Upload.objects.begin(instructor, draft, length=600, file_name="a.mp4")
        except NoRoom:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        begun = list(threads.map(try_it, drafts))
    assert sum(upload is not None for upload in begun) == 1


# --- checking ----------------------------------------------------------------------------------------


def arrive(recording, instructor, data, name="week-1.mp4"):
    upload = Upload.objects.begin(instructor, recording, length=len(data), file_name=name)
    upload.part.write_bytes(data)
    upload.arrive()
    return upload


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda video: b"not a video at all\n" * 99, "is no video"),
        (lambda video: b"<!doctype html><script>alert(1)</script>", "is no video"),
        (lambda video: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "is no video"),
        (lambda video: video[: len(video) // 2], "ends early"),
        (lambda video: video[:900], "is missing"),
        (
            lambda video: b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
            "is no video",
        ),
    ],
    ids=["a text", "a page", "a drawing", "cut off", "cut off early", "a playlist"],
)
def test_what_is_no_whole_video_is_refused_and_another_can_be_uploaded(recording, instructor, video, spoil, why):
    upload = arrive(recording, instructor, spoil(video.read_bytes()))
    check_uploads()
    recording.refresh_from_db()
    assert recording.state == "refused"
    assert why in recording.refusal
    assert not upload.part.exists()
    assert (recording.file.name, recording.size, recording.title) == ("", 0, "Week 1, first half")
    arrive(recording, instructor, video.read_bytes())
    check_uploads()
    recording.refresh_from_db()
    assert (recording.state, recording.refusal) == ("ready", "")


def test_what_browsers_do_not_play_is_refused_with_advice(recording, instructor, tmp_path):
    with av.open(str(tmp_path / "old.mp4"), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(20):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8))))
        container.mux(stream.encode(None))
    arrive(recording, instructor, (tmp_path / "old.mp4").read_bytes())
    check_uploads()
    recording.refresh_from_db()
    assert (recording.state, "mpeg4" in recording.refusal) == ("refused", True)
    assert "Export it as MP4 with H.264" in recording.refusal


def test_a_webm_video_is_taken_as_such(recording, instructor, videos):
    arrive(recording, instructor, videos["week-1.webm"].read_bytes(), "week-1.webm")
    check_uploads()
    recording.refresh_from_db()
    assert (recording.state, recording.content_type, recording.seconds) == ("ready", "video/webm", 120)


def test_a_worker_that_ended_in_the_middle_leaves_nothing_undone(recording, instructor, video):
    upload = arrive(recording, instructor, video.read_bytes())
    # As far as the file's new place, and no further.
    checking.note(upload.recording, upload, checking.examine(upload.part))
    checking.put_in_place(upload.part, upload.recording.file.name)
    ring_for_uploads()
    check_uploads()
    recording.refresh_from_db()
    assert recording.state == "ready"
    assert recording_storage().open(recording.file.name).read() == video.read_bytes()


def test_a_storage_that_fails_is_tried_again_later(recording, instructor, video):
    upload = arrive(recording, instructor, video.read_bytes())
    settings.RECORDINGS.parent.mkdir(exist_ok=True)
    settings.RECORDINGS.write_text("a file where the folder should be")
    try:
        check_uploads()
    finally:
        settings.RECORDINGS.unlink()
    upload.refresh_from_db()
    recording.refresh_from_db()
    assert (recording.state, upload.attempts, "Error" in upload.error) == ("checking", 1, True)
    assert not Upload.objects.due().exists()
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=2)):
        check_uploads()
    recording.refresh_from_db()
    assert recording.state == "ready"


def test_the_sweep_and_the_worker_know_these_tasks():
    app.loader.import_default_modules()
    swept = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert "courses.classroom.tasks.ring_for_uploads" in swept & set(app.tasks)
    assert uploads.CHECK in app.tasks


def test_a_lost_bell_is_rung_again_and_expired_uploads_go(recording, new_recording, instructor, video):
    waits = Upload.objects.begin(instructor, recording, length=3, file_name="a.mp4")
    waits.part.write_bytes(b"123")  # The server ended before it could say that all was there.
    ring_for_uploads()
    recording.refresh_from_db()
    assert recording.state == "checking"
    old, fresh = (Upload.objects.begin(instructor, new_recording(), length=9, file_name="a.mp4") for _ in range(2))
    old.expires_at = timezone.now() - datetime.timedelta(seconds=1)
    old.save()
    ring_for_uploads()
    assert set(Upload.objects.all()) == {waits, fresh}
    assert not old.part.exists()
    old.recording.refresh_from_db()
    assert old.recording.state == "empty"


def test_an_expired_upload_says_so(teaching, recording):
    address = begin(teaching, recording)["Location"]
    with time_machine.travel(timezone.now() + datetime.timedelta(days=4)):
        teaching.force_login(recording.created_by)
        gone = patch(teaching, address, 0, b"x")
    assert gone.status_code == 410


def test_beginning_and_giving_up_are_noted(teaching, recording):
    teaching.delete(begin(teaching, recording)["Location"], headers=RESUMABLE)
    assert [change.what for change in Change.objects.order_by("pk")] == [
        "began to upload “week-1.mp4” for the recording “Week 1, first half”",
        "gave up uploading “week-1.mp4”",
    ]
