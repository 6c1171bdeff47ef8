"""Short clips made with FFmpeg's encoders, for servers that send files."""

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
