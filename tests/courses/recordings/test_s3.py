"""Recordings in an S3-compatible storage: sent in parts, watched by signed addresses, deleted."""

import os
import subprocess
import sys
import urllib.request
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from django.conf import settings
from moto.server import ThreadedMotoServer

from courses.classroom.recordings.media import link_to
from courses.classroom.recordings.models import recording_storage
from courses.classroom.recordings.uploads import Upload
from courses.classroom.tasks import check_uploads
from courses.models import Recording
from tests.conftest import ROOT
from tests.courses.recordings.conftest import padded

KEYS = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}


@pytest.fixture(scope="module")
def storage_server():
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host if host != '0.0.0.0' else '127.0.0.1'}:{port}"
    server.stop()


@pytest.fixture
def bucket(storage_server, settings):
    """The bucket in which recordings lie."""
    s3 = boto3.resource("s3", endpoint_url=storage_server, **KEYS)
    bucket = s3.create_bucket(Bucket="recordings")
    options = {
        **settings.RECORDING_BUCKET["OPTIONS"], "bucket_name": "recordings", "endpoint_url": storage_server,
        "access_key": "key", "secret_key": "secret", "addressing_style": "path",
    }  # fmt: skip
    settings.STORAGES = {**settings.STORAGES, "recordings": {**settings.RECORDING_BUCKET, "OPTIONS": options}}
    yield bucket
    bucket.objects.all().delete()
    bucket.delete()


@pytest.fixture
def sent(bucket, recording, instructor, video):
    """A published recording that the worker has checked and sent to the bucket, its bytes, and where these had come in."""
    data = padded(video.read_bytes(), 9)
    upload = Upload.objects.begin(instructor, recording, length=len(data), file_name="week-1.mp4")
    upload.part.write_bytes(data)
    upload.arrive()
    check_uploads()
    recording.refresh_from_db()
    recording.publish(instructor)
    return recording, data, upload.part


def test_a_file_is_checked_sent_in_parts_and_leaves_the_disk(sent, bucket):
    recording, data, part = sent
    assert (recording.state, recording.seconds) == ("ready", 60)
    kept = bucket.Object(recording.file.name)
    assert (kept.content_length, kept.content_type) == (len(data), "video/mp4")
    assert kept.e_tag.strip('"').endswith("-2")  # It came in two parts.
    assert not part.exists()


def test_it_is_watched_by_a_signed_address_in_ranges(client, sent, attendee, other):
    recording, data, _ = sent
    client.force_login(attendee)
    led = client.get(link_to(recording, attendee))
    assert (led.status_code, led["Cache-Control"]) == (302, "no-store")
    query = parse_qs(urlsplit(led["Location"]).query)
    assert query["X-Amz-Expires"] == [str(settings.MEDIA_LINK_SECONDS)]
    assert "X-Amz-Signature" in query
    request = urllib.request.Request(led["Location"], headers={"Range": "bytes=100-299"})
    with urllib.request.urlopen(request) as answer:
        assert (answer.status, answer.read()) == (206, data[100:300])
        assert answer.headers["Content-Type"] == "video/mp4"
        assert answer.headers["Content-Range"] == f"bytes 100-299/{len(data)}"
    client.force_login(other)
    assert client.get(link_to(recording, attendee)).status_code == 404


def test_deleting_a_recording_deletes_it_there(sent, bucket, instructor, django_capture_on_commit_callbacks):
    recording, _, _ = sent
    recording.take_back(instructor)
    with django_capture_on_commit_callbacks(execute=True):
        recording.remove(instructor)
    assert list(bucket.objects.all()) == []
    assert not Recording.objects.exists()


def test_a_storage_that_cannot_be_reached_loses_nothing(sent, new_recording, bucket, instructor, video):
    second = new_recording()
    upload = Upload.objects.begin(instructor, second, length=video.stat().st_size, file_name="b.mp4")
    upload.part.write_bytes(video.read_bytes())
    upload.arrive()
    recording_storage().bucket_name = "elsewhere"
    recording_storage()._bucket = None
    check_uploads()
    upload.refresh_from_db()
    assert (upload.attempts, upload.part.exists()) == (1, True)
    assert "NoSuchBucket" in upload.error
    second.refresh_from_db()
    assert second.state == "checking"


@pytest.mark.parametrize(
    ("given", "origins"),
    [
        ({"MEDIA_S3_ENDPOINT": "https://s3.example.org"}, ["https://s3.example.org"]),
        ({"MEDIA_S3_REGION": "eu-central-1"},
         ["https://school.s3.amazonaws.com", "https://school.s3.eu-central-1.amazonaws.com"]),
    ],
)  # fmt: skip
def test_pages_may_play_what_lies_there(given, origins):
    code = "from config import settings; print(*settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['media-src'])"
    environment = {**os.environ, "MEDIA_S3_BUCKET": "school", **given}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["'self'", *origins]
