"""Is this file a video that browsers play? Run as a program of its own: what it reads comes from outside.

`python -m courses.classroom.recordings.probe FILE` prints one JSON object: {"content_type", "seconds"} or
{"refusal": why, and what to do}. It knows no Django and no secrets; what it may take is limited.
"""

import json
import resource
import sys
from typing import Any

import av

# For reading one file: address space for its index and two pictures, processor seconds, files open at once.
LIMITS = {
    resource.RLIMIT_AS: 2 * 2**30,
    resource.RLIMIT_CPU: 60,
    resource.RLIMIT_NOFILE: 64,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
}
# Containers that are recognized. None of them is a playlist, which could have other files or addresses opened.
RECOGNIZED = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,asf,flv,ogg"
# What browsers play: container, its video and its audio codecs, and as what it is served.
PLAYABLE = [
    ("mp4", {"h264", "av1", "vp9"}, {"aac", "mp3", "opus", "flac"}, "video/mp4"),
    ("webm", {"vp8", "vp9", "av1"}, {"opus", "vorbis"}, "video/webm"),
]
PIXELS = {"yuv420p", "yuvj420p", "yuv420p10le"}
ADVICE = "Export it as MP4 with H.264 video and AAC audio, and upload that."
# By how much what is in a whole file may be shorter than what it says of itself, in seconds and as a share.
SLACK_SECONDS, SLACK_SHARE = 2.0, 0.05


class Refused(Exception):
    """Browsers cannot play this; the message says why and what to do."""


def examine(path: str) -> dict[str, Any]:
    """Type and length of a video, proved by decoding a picture at its beginning and its end. Raises Refused."""
    options = {"format_whitelist": RECOGNIZED, "protocol_whitelist": "file"}
    try:
        with av.open(path, options=options) as container:
            content_type = type_of(container)
            seconds = length_of(container)
            decode(container, seconds)
    except av.error.FFmpegError as error:
        raise Refused(
            f"The file is no video, or a part of it is missing ({error.strerror}). Check that it plays on your "
            "computer, and upload it again."
        ) from error
    return {"content_type": content_type, "seconds": max(1, round(seconds))}


def type_of(container: Any) -> str:
    """As what browsers play it. Raises Refused."""
    if not container.streams.video:
        raise Refused(f"There is no picture in the file, only sound. {ADVICE}")
    video = container.streams.video[0].codec_context
    audio = {stream.codec_context.name for stream in container.streams.audio}
    formats = container.format.name.split(",")
    for name, videos, audios, content_type in PLAYABLE:
        if name in formats and video.name in videos and audio <= audios and video.pix_fmt in PIXELS:
            return content_type
    if video.pix_fmt is None:
        raise Refused("A part of the file is missing. Check that it plays on your computer, and upload it again.")
    parts = ", ".join([formats[0], video.name, video.pix_fmt, *sorted(audio)])
    raise Refused(f"Browsers do not play this kind of video ({parts}). {ADVICE}")


def length_of(container: Any) -> float:
    """Seconds. Raises Refused where the file does not say."""
    if not container.duration or container.duration < 0:
        raise Refused(f"The file does not say how long it is, as when a recording was cut off. {ADVICE}")
    return float(container.duration / av.time_base)


def decode(container: Any, seconds: float) -> None:
    """Decode a first picture and what is near the end. Raises Refused where the end is not there."""
    video = container.streams.video[0]
    video.codec_context.thread_count = 1
    if next(container.decode(video), None) is None:
        raise Refused(f"No picture in the file can be read. {ADVICE}")
    container.seek(int(max(0.0, seconds - 5) * av.time_base))
    end = 0.0
    for packet in container.demux(video, *container.streams.audio):
        if packet.pts is not None:
            end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
        if packet.stream is video:
            packet.decode()
    if end < seconds * (1 - SLACK_SHARE) - SLACK_SECONDS:
        raise Refused(
            f"The file ends early: it says {round(seconds)} seconds and has {round(end)}. Upload the whole of it."
        )


def main(path: str) -> int:
    for limit, value in LIMITS.items():
        resource.setrlimit(limit, (value, value))
    try:
        found = examine(path)
    except Refused as refused:
        found = {"refusal": str(refused)}
    except MemoryError:
        found = {"refusal": f"Reading the file takes more memory than a video should. {ADVICE}"}
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
