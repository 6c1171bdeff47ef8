"""Short clips made with FFmpeg's encoders, for servers that send files."""

import io
from fractions import Fraction
from pathlib import Path

import av
import numpy as np


def make_clip(path: Path, *, seconds: float, width: int = 320, height: int = 180, codec: str = "libx264") -> Path:
    """Write a clip of a bar that moves over noise, 25 pictures a second, a key frame each second."""
    noise = np.random.default_rng(7).integers(0, 60, (height, width, 3), dtype=np.uint8)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.time_base = Fraction(1, 25)
        stream.gop_size = 25
        if codec == "libx264":
            stream.options = {"preset": "ultrafast", "tune": "zerolatency"}
        for number in range(int(seconds * 25)):
            picture = noise.copy()
            left = number * 4 % (width - 16)
            picture[:, left : left + 16] = (220, 40, 40)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def make_sound(*, seconds: float) -> bytes:
    """A transport stream with a tone and no pictures."""
    kept = io.BytesIO()
    with av.open(kept, "w", format="mpegts") as container:
        stream = container.add_stream("aac", rate=48000, layout="mono")
        for number in range(int(seconds * 48000 / 1024)):
            angles = np.arange(number * 1024, (number + 1) * 1024) * (2 * np.pi * 440 / 48000)
            frame = av.AudioFrame.from_ndarray(np.sin(angles)[None].astype(np.float32), format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 48000, number * 1024
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return kept.getvalue()
