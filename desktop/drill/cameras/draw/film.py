"""Turns a scene into clips: frames by Skia, H.264 by libx264 through PyAV."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import skia

from desktop.drill.cameras.clip import FRAME_RATE
from desktop.drill.cameras.draw.brush import Brush
from desktop.drill.cameras.draw.lens import HEIGHT, WIDTH
from desktop.drill.cameras.draw.scene import CLIP_S, LOOP_S, Scene
from desktop.drill.cameras.scenes import Profile

FRAMES = round(CLIP_S * FRAME_RATE)
KEY_INTERVAL = 2 * FRAME_RATE
Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Format:
    """Size and quality of one profile."""

    width: int
    height: int
    crf: int
    level: str


FORMATS: dict[Profile, Format] = {"sub": Format(640, 360, 33, "3.0"), "main": Format(1280, 720, 35, "3.1")}

# One set of options for every clip: all clips of a profile must have the same parameter sets (see `Mount`). Pictures
# refer to earlier ones alone (no B-frames, no weights), flat areas are kept clean without spending much on edges (weak
# aq, no psychovisual noise), key frames are not favoured so much that walkers smear (qcomp), and one thread makes each
# run give the same bytes.
_OPTIONS = {
    "preset": "veryslow",
    "tune": "animation",
    "profile": "high",
    "threads": "1",
    "x264-params": ":".join(
        (
            f"keyint={KEY_INTERVAL}",
            f"min-keyint={KEY_INTERVAL}",
            "scenecut=0",
            "bframes=0",
            "ref=4",
            "weightp=0",
            "aq-mode=1",
            "aq-strength=0.4",
            "qcomp=0.8",
            "psy-rd=0,0",
            "deblock=1,1",
            "rc-lookahead=50",
            "force-cfr=1",
            "colorprim=bt709",
            "transfer=bt709",
            "colormatrix=bt709",
        )
    ),
}


class Easel:
    """Draws the frames of one scene: what never moves is drawn once."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._surface = skia.Surface(WIDTH, HEIGHT)
        self._brush = Brush(self._surface.getCanvas(), scene.lens, scene.mood)
        self._back = self._layer(clear=0xFF000000, front=False)
        self._front = self._layer(clear=0, front=True)

    def frame(self, t: float) -> skia.Image:
        """Return the picture at ``t`` seconds."""
        canvas = self._surface.getCanvas()
        canvas.drawImage(self._back, 0, 0)
        self._scene.moving(self._brush, t)
        canvas.drawImage(self._front, 0, 0)
        return self._surface.makeImageSnapshot()

    def _layer(self, *, clear: int, front: bool) -> skia.Image:
        surface = skia.Surface(WIDTH, HEIGHT)
        surface.getCanvas().clear(clear)
        brush = Brush(surface.getCanvas(), self._scene.lens, self._scene.mood)
        if front:
            self._scene.front(brush)
        else:
            self._scene.backdrop(brush)
        return surface.makeImageSnapshot()


def film(scene: Scene, folder: Path, names: dict[Profile, str]) -> None:
    """Draw the whole loop once and write one clip per profile into ``folder``."""
    easel = Easel(scene)
    writers = {profile: ClipWriter(folder / name, FORMATS[profile]) for profile, name in names.items()}
    for number in range(FRAMES):
        image = easel.frame(number / FRAMES * LOOP_S)
        for profile, writer in writers.items():
            writer.add(pixels(image, FORMATS[profile]))
    for writer in writers.values():
        writer.close()


def film_still(path: Path, profile: Profile) -> None:
    """Write the black clip: one key frame and pictures that change nothing."""
    form = FORMATS[profile]
    writer = ClipWriter(path, form)
    for black in _repeat(np.zeros((form.height, form.width, 3), np.uint8), KEY_INTERVAL):
        writer.add(black)
    writer.close()


def pixels(image: skia.Image, form: Format) -> Pixels:
    """Return a picture as (height, width, RGB)."""
    if (form.width, form.height) != (image.width(), image.height()):
        image = image.resize(
            form.width, form.height, skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kNearest)
        )
    rgba: Pixels = image.toarray(colorType=skia.kRGBA_8888_ColorType)
    return np.ascontiguousarray(rgba[:, :, :3])


def _repeat(picture: Pixels, times: int) -> Iterator[Pixels]:
    for _ in range(times):
        yield picture


class ClipWriter:
    """One MP4 file being written; it takes its name when it is complete."""

    def __init__(self, path: Path, form: Format) -> None:
        self._path = path
        self._draft = path.with_suffix(".part")
        self._container = av.open(str(self._draft), "w", format="mp4")
        self._stream = self._container.add_stream("libx264", rate=FRAME_RATE)
        self._stream.width, self._stream.height = form.width, form.height
        self._stream.pix_fmt = "yuv420p"
        self._stream.options = {**_OPTIONS, "crf": str(form.crf), "level": form.level}
        self._stream.codec_context.time_base = Fraction(1, FRAME_RATE)
        self._count = 0

    def add(self, picture: Pixels) -> None:
        """Append a picture."""
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(
            format="yuv420p", src_colorspace="ITU709", dst_colorspace="ITU709"
        )
        frame.pts = self._count
        frame.time_base = Fraction(1, FRAME_RATE)
        self._count += 1
        for packet in self._stream.encode(frame):
            self._container.mux(packet)

    def close(self) -> None:
        """Write what waits, and end the file."""
        for packet in self._stream.encode(None):
            self._container.mux(packet)
        self._container.close()
        self._draft.replace(self._path)
