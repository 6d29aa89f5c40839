"""Small videos made here, for the demo and the tests: a title, a clock, and a bar that grows."""

from fractions import Fraction
from pathlib import Path
from typing import cast

import av
from av.video.stream import VideoStream
from PIL import Image, ImageDraw

SIZE = (640, 360)
# Longer videos have fewer pictures a second: what takes time is the number of pictures.
MOST_PICTURES = 120
# By the file's ending: codec and its options. Small and quick before beautiful.
CODECS = {
    ".mp4": ("libx264", {"preset": "ultrafast", "crf": "32"}),
    ".webm": ("libvpx-vp9", {"deadline": "realtime", "cpu-used": "8", "crf": "45", "b": "0"}),
}


def make_video(path: Path, seconds: int, title: str) -> None:
    """Write a silent video of so many seconds that every browser plays; about 1 kB a second, in well under a second.

    path : ends with .mp4 (H.264) or .webm (VP9).
    """
    codec, options = CODECS[path.suffix]
    # The index first, so that a player need not look for it at the end.
    container_options = {"movflags": "faststart"} if path.suffix == ".mp4" else {}
    step = max(1, -(-seconds // MOST_PICTURES))
    with av.open(str(path), "w", options=container_options) as container:
        stream = cast(VideoStream, container.add_stream(codec, rate=Fraction(1, step), options=options))
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        stream.codec_context.gop_size = 10
        for number, second in enumerate(range(0, seconds, step)):
            frame = av.VideoFrame.from_image(picture(title, second, seconds))
            frame.pts, frame.time_base = number, Fraction(step, 1)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def picture(title: str, second: int, seconds: int) -> Image.Image:
    """What is seen at this second."""
    image = Image.new("RGB", SIZE, (28, 34, 36))
    draw = ImageDraw.Draw(image)
    draw.text((32, 32), title, font_size=26, fill="white")
    draw.text((32, 296), f"{second // 60}:{second % 60:02d}", font_size=26, fill="white")
    draw.rectangle((0, SIZE[1] - 12, SIZE[0] * second // seconds, SIZE[1]), fill=(120, 200, 200))
    return image
