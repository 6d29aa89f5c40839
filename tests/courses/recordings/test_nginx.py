"""Recordings behind a real nginx, set up as docs/operators.md shows."""

import re
import socket
import subprocess

import pytest
from django.conf import settings
from django.test import Client

from courses.classroom.recordings.media import link_to
from courses.classroom.recordings.uploads import Upload
from tests.conftest import NGINX, ROOT, until_answer
from tests.courses.recordings.conftest import Server, padded, serving, token_of
from tests.courses.recordings.test_uploads import PIECE
from tests.setup.conftest import free_port

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def nginx(tmp_path_factory, django_db_setup):
    """nginx in front of the site, by the document's block without TLS; as a server that one asks."""
    tmp_path = tmp_path_factory.mktemp("nginx")
    block = re.search(r"^```nginx\n(.*?)^```$", (ROOT / "docs" / "operators.md").read_text(), re.M | re.S).group(1)
    with serving(MEDIA_ACCEL="/protected/") as site:
        port = free_port()
        block = re.sub(r"^ +ssl_.*\n", "", block, flags=re.M)
        for shown, ours in (
            ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
            ("http://127.0.0.1:8000;", f"{site.address};"),
            ("/srv/gradus/recordings/", f"{settings.RECORDINGS}/"),
        ):
            assert block.count(shown) == 1
            block = block.replace(shown, ours)
        temporary = "".join(
            f"{name}_temp_path {tmp_path}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (tmp_path / "nginx.conf").write_text(
            f"daemon off; master_process off; pid {tmp_path}/pid; error_log stderr;\nevents {{}}\n"
            f"http {{ access_log off;\n{temporary}{block}}}\n"
        )
        command = [NGINX, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"), "-e", "stderr"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            until_answer(lambda: socket.create_connection(("127.0.0.1", port)).close(), process)
            yield Server(f"http://127.0.0.1:{port}", port, process)
        finally:
            process.terminate()
            process.wait(20)
            process.stdout.close()


def cookie_of(person):
    client = Client()
    client.force_login(person)
    return {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}


def test_nginx_sends_what_gradus_allows_and_nothing_else(nginx, published, attendee, other, video):
    link, cookie = link_to(published, attendee), cookie_of(attendee)
    data = video.read_bytes()
    whole = nginx.ask("GET", link, cookie)
    assert (whole.status, whole.said) == (200, data)
    part = nginx.ask("GET", link, {**cookie, "Range": "bytes=100-299"})
    assert (part.status, part.said) == (206, data[100:300])
    assert part.headers["Content-Range"] == f"bytes 100-299/{len(data)}"
    assert part.headers["Content-Type"] == "video/mp4"
    assert part.headers["Content-Disposition"] == "inline"
    assert part.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in part.headers["Cache-Control"]
    assert nginx.ask("GET", link, {**cookie, "Range": f"bytes={len(data)}-"}).status == 416
    # The file itself, and the link in another's hands.
    assert nginx.ask("GET", f"/protected/{published.file.name}", cookie).status == 404
    assert nginx.ask("GET", link, cookie_of(other)).status == 404
    assert nginx.ask("GET", link, {}).status == 404


def test_pieces_go_through_nginx(nginx, recording, instructor, video):
    data = padded(video.read_bytes(), 3)
    upload = Upload.objects.begin(instructor, recording, length=len(data), file_name="week-1.mp4")
    headers = {**PIECE, **token_of(instructor)}
    for offset in range(0, len(data), 2**21):
        piece = data[offset : offset + 2**21]
        sent = nginx.ask("PATCH", f"/uploads/{upload.pk}/", {**headers, "Upload-Offset": str(offset)}, piece)
        assert sent.status == 204
    assert upload.part.read_bytes() == data
    recording.refresh_from_db()
    assert recording.state == "checking"
